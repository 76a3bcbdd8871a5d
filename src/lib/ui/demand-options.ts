/** The lists a form chooses from, in the catalogue's words. */
import { Outcome } from '#domain/kinds/demand-answer.ts';
import { DeclineCode } from '#domain/kinds/demand.ts';
import { DemandType, Urgency, type Category, type CategoryUse } from '#domain/settings.ts';
import { m } from '#lib/i18n/index.ts';
import { type Option, optionsOf } from '#lib/ui/field.ts';

/** Those in use, in the district's order and words, and the one already chosen. */
export function categoryOptions(
	categories: readonly CategoryUse[],
	chosen?: Category
): readonly Option<Category>[] {
	return categories
		.filter(({ code, used }) => used || code === chosen)
		.map(({ code, name }) => ({ value: code, words: name ?? m.category[code] }));
}

export function categoryWords(categories: readonly CategoryUse[], code: Category): string {
	return categories.find((each) => each.code === code)?.name ?? m.category[code];
}
export const typeOptions: readonly Option<DemandType>[] = optionsOf(
	DemandType.options,
	m.demandType
);
export const urgencyOptions: readonly Option<Urgency>[] = optionsOf(Urgency.options, m.urgency);
export const outcomeOptions: readonly Option<Outcome>[] = optionsOf(Outcome.options, m.outcome);
export const declineOptions: readonly Option<DeclineCode>[] = optionsOf(
	DeclineCode.options,
	m.declineReason
);
