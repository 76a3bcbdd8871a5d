/** [A5, D2] What a device keeps, beside its rows, of records that it holds in no ledger any more. */
import type { EntryId, RecordId } from '#domain/ids.ts';
import { DAY } from '#domain/spans.ts';
import type { DraftRecord } from '#lib/device/device-db.ts';
import { readMe } from '#lib/device/me.ts';
import { doorOfDraft } from '#lib/drafts/begun-visit.ts';
import { forgetDrafted } from '#lib/media/sweep.ts';
import { readLeft, tellForgotten, writeLeft } from './left-here.ts';
import type { Stores } from './overlay.ts';

/** A visit begun at a door that is somebody else's by now can be finished for so long. */
export const FINISH_DAYS = 7;

/**
 * Call when all that is held is here. What its author has dealt with goes, and so do drafts about what left: the relay
 * would refuse them. What was refused and waits for its author stays until then: it is the author's own words, seen
 * nowhere else ([O2]). A begun visit stays for some days: who was at a door may tell of it also when it is somebody
 * else's by then.
 */
export async function forgetLeft(stores: Stores, now: number): Promise<void> {
	const { device } = stores;
	await forgetSettled(stores);
	const left = await readLeft(device);
	if (left.length === 0) return;
	const gone = await heldNowhere(stores, left);
	const orgs = new Set((await readMe(device))?.duties.map(({ org }) => org));
	const since = now - FINISH_DAYS * DAY;
	const forgotten = await device.transaction('rw', device.drafts, device.state, async () => {
		const drafts = (await device.drafts.toArray()).flatMap((draft) => {
			const about = aboutWhat(draft, gone);
			return about === undefined ? [] : [{ draft, about }];
		});
		const mayFinish = ({ draft }: (typeof drafts)[number]) => {
			const door = doorOfDraft(draft);
			return door !== null && orgs.has(door.org) && draft.savedAt > since;
		};
		const over = drafts.filter((each) => !mayFinish(each)).map(({ draft }) => draft);
		await writeLeft(device, [...new Set(drafts.filter(mayFinish).map(({ about }) => about))]);
		await device.drafts.bulkDelete(over.map(({ key }) => key));
		await tellForgotten(device, over, now);
		return over;
	});
	await forgetDrafted(device, JSON.stringify(forgotten));
}

/** Nobody may speak here any more, and no screen leads to what was begun. */
export async function forgetBegun({ device }: Stores, now: number): Promise<void> {
	const forgotten = await device.transaction('rw', device.drafts, device.state, async () => {
		const drafts = await device.drafts.toArray();
		await writeLeft(device, []);
		await device.drafts.clear();
		await tellForgotten(device, drafts, now);
		return drafts;
	});
	await forgetDrafted(device, JSON.stringify(forgotten));
}

/** Its author has seen it: kept with its text only while this device holds what it speaks about. */
export async function settle(stores: Stores, entry: EntryId): Promise<void> {
	const { attention } = stores.device;
	const found = await attention.get(entry);
	if (found === undefined) return;
	const gone = await heldNowhere(stores, [found.record]);
	if (gone.has(found.record)) await attention.delete(entry);
	else await attention.update(entry, { state: 'settled' });
}

async function forgetSettled(stores: Stores): Promise<void> {
	const { attention } = stores.device;
	const settled = await attention.where({ state: 'settled' }).toArray();
	const gone = await heldNowhere(stores, [...new Set(settled.map(({ record }) => record))]);
	const over = settled.filter(({ record }) => gone.has(record));
	await attention.bulkDelete(over.map(({ entry }) => entry));
}

/** Of what left, the record that a draft is about or names; a visit is about its door. */
function aboutWhat(draft: DraftRecord, gone: ReadonlySet<RecordId>): RecordId | undefined {
	const door = doorOfDraft(draft)?.record;
	if (door !== undefined) return gone.has(door) ? door : undefined;
	const said = draft.key + JSON.stringify(draft.value);
	return [...gone].find((record) => said.includes(record));
}

async function heldNowhere(
	{ device, rows }: Stores,
	records: readonly RecordId[]
): Promise<ReadonlySet<RecordId>> {
	const held = await Promise.all([
		rows.rows.bulkGet([...records]),
		rows.strays.bulkGet([...records]),
		device.overlay.bulkGet([...records])
	]);
	return new Set(records.filter((_, at) => held.every((found) => found[at] === undefined)));
}
