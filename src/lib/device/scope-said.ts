/** What the relay last said of this person and of itself: kept so that it need not be said again while it stands. */
import { z } from 'zod';
import { ScopeAbout } from '#domain/wire.ts';
import type { DeviceDb } from './device-db.ts';

const KEY = 'scope-said';

/** [E5] As this version of the app understood it: a newer one may know a duty that it left out. */
const ScopeSaid = ScopeAbout.extend({ version: z.string() });
type ScopeSaid = z.infer<typeof ScopeSaid>;

export async function readScopeSaid(db: DeviceDb): Promise<ScopeSaid | null> {
	const held = await db.state.get(KEY);
	return ScopeSaid.safeParse(held?.value).data ?? null;
}

export async function writeScopeSaid(db: DeviceDb, answer: ScopeSaid): Promise<void> {
	const said = ScopeSaid.parse(answer);
	const before = await readScopeSaid(db);
	if (before?.tag === said.tag && before.version === said.version) return;
	await db.state.put({ key: KEY, value: said });
}
