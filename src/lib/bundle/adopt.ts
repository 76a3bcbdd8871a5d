/**
 * [J6] 代录 of what a bundle brought and the relay refuses for its device or its duty, never for what it says: the
 * desk's device says the same, word for word, for whoever said it. Photos and signatures stay on the phone: the relay
 * takes their names from no other device (R8).
 */
import type { Reason } from '#domain/element.ts';
import { entriesIn, type Entry } from '#domain/entry.ts';
import type { EntryId, OrgId, PersonId, RecordId } from '#domain/ids.ts';
import { kindOf, mediaNamed } from '#domain/kinds/index.ts';
import { isCurrent, isField } from '#domain/people.ts';
import type { CarriedRecord } from '#lib/device/device-db.ts';
import type { Stores } from '#lib/outbox/overlay.ts';
import type { SayResult } from '#lib/outbox/say.ts';
import type { Utterance } from '#lib/outbox/sign.ts';
import { rowQueries } from '#lib/rows/queries.ts';
import { linesOf } from '#lib/rows/rows-db.ts';
import { saidFor } from './hand-over.ts';

const ADOPTABLE: readonly Reason[] = ['device-revoked', 'duty-ended'];

/** What the desk's device may say for one commit. */
export interface Adoption {
	readonly says: readonly Utterance[];
	/** Photos and signatures that stay on the phone. */
	readonly media: number;
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
	const says = entries.flatMap((entry) => utteranceFor(entry, isOwn ? null : carried.person));
	if (says.length === 0) return null;
	return {
		says,
		media: new Set(entries.flatMap(mediaNamed)).size,
		isDone: (await isSaidHere(stores, adopted)) || (await isBegunHere(stores, first))
	};
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
		if (adoption === null || adoption.isDone) continue;
		said = await adopting.say(adoption.says);
		if (!said.ok) return said;
		await device.carried.update(commit, { adopted: said.commit });
	}
	return said;
}

/** Nothing where what is left without photos and signatures says nothing. */
function utteranceFor(entry: Entry, behalf: PersonId | null): readonly Utterance[] {
	const { id, at, kind, record, org, rev } = entry;
	const body = withoutMedia(entry);
	if (kindOf(kind)?.parses({ ...entry, body }) !== true) return [];
	if (behalf === null) return [{ kind, record, org, body, seen: rev, replaces: id }];
	return [saidFor(behalf, { entry: id, at, rev, kind, record, org, body })];
}

function withoutMedia(entry: Entry): Entry['body'] {
	const names = mediaNamed(entry);
	const kept = Object.entries(entry.body).filter(([, value]) => {
		const text = JSON.stringify(value);
		return !names.some((name) => text.includes(name));
	});
	return Object.fromEntries(kept);
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
