/**
 * [J6] 代录 of what a bundle brought and the relay refuses for its device or its duty, never for what it says: the
 * desk's device says the same for whoever said it.
 */
import type { Reason } from '#domain/element.ts';
import { entriesIn, type Entry } from '#domain/entry.ts';
import type { EntryId, OrgId, PersonId, RecordId } from '#domain/ids.ts';
import { isCurrent, isField } from '#domain/people.ts';
import type { CarriedRecord } from '#lib/device/device-db.ts';
import type { Stores } from '#lib/outbox/overlay.ts';
import type { SayResult } from '#lib/outbox/say.ts';
import type { Utterance } from '#lib/outbox/sign.ts';
import { rowQueries } from '#lib/rows/queries.ts';
import { linesOf } from '#lib/rows/rows-db.ts';
import { saidAnew, type SaidAnew } from './said-anew.ts';

const ADOPTABLE: readonly Reason[] = ['device-revoked', 'duty-ended'];

/** What the desk's device may say for one commit. */
export interface Adoption extends SaidAnew {
	/** It was said already: here, or by another device of the desk. */
	readonly isDone: boolean;
}

export interface Adopting {
	readonly stores: Stores;
	/** Whose device this is. */
	readonly person: PersonId;
}

/** Null where the desk must not say it: the fault is in the words, or they are a colleague's. */
export async function adoptionOf(
	{ stores, person }: Adopting,
	carried: CarriedRecord
): Promise<Adoption | null> {
	const { refusal, adopted } = carried;
	if (refusal === undefined || !ADOPTABLE.includes(refusal.reason)) return null;
	const entries = entriesIn(refusal.entries);
	const [first] = entries;
	if (first === undefined) return null;
	const isOwn = carried.person === person;
	if (!isOwn && !(await wasField(stores, carried.person, first))) return null;
	return {
		...(await saidAnew(stores, entries, isOwn ? null : carried.person)),
		isDone:
			(await isSaidHere(stores, adopted)) ||
			(await isBegunHere(stores, first)) ||
			(await isSaidThere(stores, entries))
	};
}

/** It waits to be said. */
export function isOpen({ says, isDone }: Adoption): boolean {
	return says.length > 0 && !isDone;
}

/** Says them in the order in which they were said, each once; stops where one cannot be stored. */
export async function adopt(
	adopting: Adopting & { readonly say: (says: readonly Utterance[]) => Promise<SayResult> },
	commits: readonly EntryId[]
): Promise<SayResult | null> {
	const { device } = adopting.stores;
	let said: SayResult | null = null;
	// Their ids grow.
	for (const commit of [...commits].sort()) {
		const carried = await device.carried.get(commit);
		const adoption = carried === undefined ? null : await adoptionOf(adopting, carried);
		if (adoption === null || !isOpen(adoption)) continue;
		said = await adopting.say(adoption.says);
		if (!said.ok) return said;
		await device.carried.update(commit, { adopted: said.commit });
	}
	return said;
}

async function wasField(
	stores: Stores,
	person: PersonId,
	{ org, at }: { readonly org: OrgId; readonly at: number }
): Promise<boolean> {
	const duties = await rowQueries(stores).all({ family: 'duty', person, org })();
	return duties.some(({ row }) => isField(row.role) && isCurrent(row, at));
}

/** What was said here and refused is open again: what it leant on may be there by now. */
async function isSaidHere({ device }: Stores, adopted: EntryId | undefined): Promise<boolean> {
	if (adopted === undefined) return false;
	const refused = await device.attention
		.filter(({ commit, verdict }) => commit === adopted && verdict === 'refused')
		.count();
	return refused === 0;
}

/** A record begins once: what would begin it anew was said by somebody else. */
async function isBegunHere(
	{ rows }: Stores,
	{ record, kind }: { readonly record: RecordId; readonly kind: string }
): Promise<boolean> {
	return linesOf(await rows.rows.get(record))[0]?.kind === kind;
}

/** By another device of the desk: what is said together is taken together (E7). */
async function isSaidThere({ rows }: Stores, entries: readonly Entry[]): Promise<boolean> {
	const held = await rows.rows.bulkGet(entries.map(({ record }) => record));
	return entries.some(({ id }, at) => held[at]?.row.adopted?.includes(id) === true);
}
