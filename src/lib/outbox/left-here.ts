/** [A5] Records that left this device, until what it keeps beside its rows of them is dealt with; and what went with them. */
import { z } from 'zod';
import { RecordId } from '#domain/ids.ts';
import { doorOfDraft } from '#lib/drafts/begun-visit.ts';
import type { DeviceDb, DraftRecord } from '#lib/device/device-db.ts';
import type { Query } from '#lib/rows/queries.ts';
import type { Stores } from './overlay.ts';

type State = Pick<DeviceDb, 'state'>;

const LEFT = 'left-records';
const FORGOTTEN = 'forgotten-drafts';
const Left = z.array(RecordId);
const Forgotten = z.array(z.object({ form: z.string(), at: z.number() }));
/** A form that was begun and went: what it was, of nobody. */
export type ForgottenDraft = z.infer<typeof Forgotten>[number];

export interface LeftDrafts {
	/** Visits begun at doors that left: to be finished, or given up. */
	readonly begun: readonly DraftRecord[];
	readonly forgotten: readonly ForgottenDraft[];
}

export async function readLeft({ state }: State): Promise<readonly RecordId[]> {
	return Left.safeParse((await state.get(LEFT))?.value).data ?? [];
}

export async function rememberLeft(device: DeviceDb, records: readonly RecordId[]): Promise<void> {
	if (records.length === 0) return;
	await device.transaction('rw', device.state, async () => {
		const before = await readLeft(device);
		await writeLeft(device, [...new Set([...before, ...records])]);
	});
}

export async function writeLeft({ state }: State, records: readonly RecordId[]): Promise<void> {
	if (records.length === 0) await state.delete(LEFT);
	else await state.put({ key: LEFT, value: records });
}

export async function readForgotten({ state }: State): Promise<readonly ForgottenDraft[]> {
	return Forgotten.safeParse((await state.get(FORGOTTEN))?.value).data ?? [];
}

export async function tellForgotten(
	device: State,
	drafts: readonly DraftRecord[],
	at: number
): Promise<void> {
	if (drafts.length === 0) return;
	const value = [...(await readForgotten(device)), ...drafts.map(({ form }) => ({ form, at }))];
	await device.state.put({ key: FORGOTTEN, value });
}

/** Their author has read that they are gone. */
export async function settleForgotten({ state }: State): Promise<void> {
	await state.delete(FORGOTTEN);
}

export function leftDrafts({ device, rows }: Stores): Query<LeftDrafts> {
	return async () => {
		const left = new Set(await readLeft(device));
		const visits = left.size === 0 ? [] : await device.drafts.where({ form: 'visit' }).toArray();
		const gone = visits.flatMap((draft) => {
			const door = doorOfDraft(draft)?.record;
			return door !== undefined && left.has(door) ? [{ draft, door }] : [];
		});
		const held = await rows.rows.bulkGet(gone.map(({ door }) => door));
		const begun = gone.filter((_, at) => held[at] === undefined).map(({ draft }) => draft);
		return { begun, forgotten: await readForgotten(device) };
	};
}
