/** The lists a form chooses from, in the catalogue's words. */
import { DeclineCode, Outcome } from '#domain/kinds/demand.ts';
import { Category, DemandType, Urgency } from '#domain/settings.ts';
import { m } from '#lib/i18n/index.ts';
import type { Option } from '#lib/ui/field.ts';

export const categoryOptions: readonly Option<Category>[] = Category.options.map((value) => ({
	value,
	words: m.category[value]
}));
export const typeOptions: readonly Option<DemandType>[] = DemandType.options.map((value) => ({
	value,
	words: m.demandType[value]
}));
export const urgencyOptions: readonly Option<Urgency>[] = Urgency.options.map((value) => ({
	value,
	words: m.urgency[value]
}));
export const outcomeOptions: readonly Option<Outcome>[] = Outcome.options.map((value) => ({
	value,
	words: m.outcome[value]
}));
export const declineOptions: readonly Option<DeclineCode>[] = DeclineCode.options.map((value) => ({
	value,
	words: m.declineReason[value]
}));
