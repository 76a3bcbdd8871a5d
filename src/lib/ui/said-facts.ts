/** What an entry said, line by line, for whoever has to look at it once more. */
import { RecordId } from '#domain/ids.ts';
import { m } from '#lib/i18n/index.ts';
import { doorWords } from './demand-words.ts';
import { fieldName, valueWords, type Speaking } from './record-words.ts';

/** Values that only name other records or help a machine. */
const SILENT = new Set([
	'household',
	'visit',
	'demands',
	'into',
	'demand',
	'told',
	'added',
	'settles',
	'importId',
	'startedAt',
	'endedAt',
	'typed',
	'draftNo',
	'office'
]);

export function saidFacts(
	{ body }: { readonly body: Readonly<Record<string, unknown>> },
	speaking: Speaking
): readonly { term: string; words: string }[] {
	return Object.entries(body).flatMap(([field, value]) => {
		if (SILENT.has(field)) return [];
		const words = valueWords(field, value, speaking);
		const term = field === 'reason' ? m.secretary.reason.label : fieldName(field);
		return words === '' ? [] : [{ term, words }];
	});
}

/** The door that it was said of. */
export function doorSaid({ household }: Readonly<Record<string, unknown>>): RecordId | null {
	return RecordId.safeParse(household).data ?? null;
}

/** The same with the door in words, where that is one of those known here. */
export function saidAtDoor(
	said: { readonly body: Readonly<Record<string, unknown>> },
	homes: ReadonlyMap<RecordId, { readonly row: Parameters<typeof doorWords>[0] }>,
	speaking: Speaking
): readonly { term: string; words: string }[] {
	const door = doorSaid(said.body);
	const home = door === null ? undefined : homes.get(door)?.row;
	const facts = saidFacts(said, speaking);
	return home === undefined
		? facts
		: [{ term: m.round.record.door, words: doorWords(home) }, ...facts];
}
