/** What an entry said, line by line, for whoever has to look at it once more. */
import { m } from '#lib/i18n/index.ts';
import { fieldName, valueWords, type Speaking } from './record-words.ts';

/** Values that only name other records or help a machine. */
const SILENT = new Set([
	'household',
	'visit',
	'demands',
	'into',
	'demand',
	'settles',
	'importId',
	'startedAt',
	'endedAt',
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
