/**
 * [J6] What a desk says anew for whoever said it, word for word. Photos, signatures and voice notes that do not stand in
 * the record already stay behind: the relay takes their names from no other device (R8), so that nobody would ever see
 * them.
 */
import type { Entry } from '#domain/entry.ts';
import type { Row } from '#domain/family.ts';
import type { PersonId } from '#domain/ids.ts';
import { kindOf, mediaNamed } from '#domain/kinds/index.ts';
import type { MediaName } from '#domain/media.ts';
import type { Stores } from '#lib/outbox/overlay.ts';
import type { Utterance } from '#lib/outbox/sign.ts';

export interface SaidAnew {
	/** Empty where nothing was told but by photos, signatures and voice notes. */
	readonly says: readonly Utterance[];
	/** Photos, signatures and voice notes that stay behind. */
	readonly media: number;
}

type Body = Entry['body'];

/** `behalf` is null for one's own words, from another device. */
export async function saidAnew(
	{ rows }: Pick<Stores, 'rows'>,
	entries: readonly Entry[],
	behalf: PersonId | null
): Promise<SaidAnew> {
	const held = await rows.rows.bulkGet(entries.map(({ record }) => record));
	const each = entries.map((entry, at) => {
		const row = held[at]?.row ?? null;
		const left = leftBehind(entry, row);
		const body = bodyWithout(entry, left, row);
		return { left, says: body === null ? [] : [utteranceOf(entry, body, behalf)] };
	});
	return {
		says: each.flatMap(({ says }) => says),
		media: new Set(each.flatMap(({ left }) => left)).size
	};
}

function leftBehind(entry: Entry, row: Row | null): readonly MediaName[] {
	const standing = JSON.stringify(row);
	return mediaNamed(entry).filter((name) => !standing.includes(name));
}

/** Null where what is left says nothing. */
function bodyWithout(entry: Entry, left: readonly MediaName[], row: Row | null): Body | null {
	if (left.length === 0) return entry.body;
	const isLeft = (value: unknown) => left.some((name) => JSON.stringify(value).includes(name));
	const kept = Object.entries(entry.body).map(([field, value]): [string, unknown] => {
		if (!isLeft(value)) return [field, value];
		return [field, Array.isArray(value) ? value.filter((item) => !isLeft(item)) : []];
	});
	const isEmptied = ([field, value]: [string, unknown]) =>
		Array.isArray(value) && value.length === 0 && isLeft(entry.body[field]);
	// A list without any of what stands in the record takes that away, where its kind can say so.
	const takesAway = (field: string) => {
		const standing: unknown = new Map(Object.entries(row ?? {})).get(field);
		return Array.isArray(standing) && standing.length > 0;
	};
	const bodies = [
		kept.filter((each) => !isEmptied(each) || takesAway(each[0])),
		kept.filter((each) => !isEmptied(each))
	].map((fields): Body => Object.fromEntries(fields));
	const said = bodies.find((body) => kindOf(entry.kind)?.parses({ ...entry, body }));
	// A reason by itself is the reason of nothing.
	return said === undefined || Object.keys(said).every((field) => field === 'reason') ? null : said;
}

/** [E4] What its author had not seen is not undone unseen. */
function utteranceOf(entry: Entry, body: Body, behalf: PersonId | null): Utterance {
	const { id, at, rev: seen, kind, record, org } = entry;
	const said = { kind, record, org, body, seen };
	if (behalf === null) return { ...said, replaces: id };
	return { ...said, onBehalfOf: behalf, adopts: { entry: id, at } };
}
