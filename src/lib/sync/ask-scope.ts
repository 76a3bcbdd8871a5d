/** Asks which ledgers this device may hold: first whether anything is other than it has it, then telling what it holds. */
import { SameAnswer, sameText, ScopeAnswer, type LedgerMark } from '#domain/wire.ts';
import { hashText } from '#lib/device/hash-text.ts';
import { readHeldScope } from '#lib/device/held-scope.ts';
import { readScopeSaid, writeScopeSaid } from '#lib/device/scope-said.ts';
import type { Answer } from '#lib/device/relay.ts';
import type { AuthorisedRelay } from '#lib/device/session.ts';
import type { Stores } from '#lib/outbox/overlay.ts';

export interface ScopeAsking {
	readonly stores: Stores;
	readonly relay: AuthorisedRelay;
	readonly person: string;
	readonly version: string;
	/** The session was another person's: a socket that lives under it is theirs too. */
	readonly onRenewed: () => void;
}

export async function askForScope(asking: ScopeAsking): Promise<Answer<ScopeAnswer>> {
	const { stores, relay, person, version, onRenewed } = asking;
	const marks = await stores.rows.ledgers.toArray();
	const held = Object.fromEntries(marks.map(({ ledger, seq, chain }) => [ledger, { seq, chain }]));
	const scope = await readHeldScope(stores.device);
	const told = {
		waiting: await stores.device.outbox.where('state').notEqual('received').count(),
		version
	};
	const short = await askWhetherSame(asking, held, told);
	if (short !== null) return short;
	const asked = { held, ...(scope === null ? {} : { epoch: scope.epoch }), ...told };
	// The cookie may be that of another person on this tablet: then a session of our own is opened.
	for (let tries = 0; tries < 2; tries++) {
		const answer = await relay.ask('/api/scope', ScopeAnswer, asked);
		if (answer.ok && answer.value.person === person)
			await writeScopeSaid(stores.device, { ...answer.value, version });
		if (!answer.ok || answer.value.person === person) return answer;
		const refusal = await relay.renew();
		if (refusal !== null) return refusal;
		onRenewed();
	}
	return { ok: false, code: 'signed-out', status: 401 };
}

/** Null where it must be asked in full: something moved, or this device has not all of what it was told of. */
async function askWhetherSame(
	{ stores, relay }: ScopeAsking,
	held: Readonly<Record<string, LedgerMark>>,
	told: { readonly waiting: number; readonly version: string }
): Promise<Answer<ScopeAnswer> | null> {
	const said = await readScopeSaid(stores.device);
	const scope = await readHeldScope(stores.device);
	if (said === null || said.version !== told.version) return null;
	if (scope === null || scope.former || scope.epoch !== said.epoch) return null;
	if ([...scope.ledgers].sort().join() !== Object.keys(held).sort().join()) return null;
	const same = await hashText(sameText(said.tag, held));
	const answer = await relay.ask('/api/scope', SameAnswer, { same, ...told });
	// [E5] A relay that was put back to an older one knows no such question.
	if (!answer.ok) return answer.code === 'malformed' ? null : answer;
	const { now } = answer.value;
	if (!answer.value.same) return null;
	return { ok: true, value: { ...said, now, hold: { ...held }, moved: [], rebuild: [], drop: [] } };
}
