/** A card as facts on the screen. */
import type { PersonRow } from '#domain/kinds/person.ts';
import { m } from '#lib/i18n/index.ts';

export function cardFacts(card: PersonRow): readonly { term: string; words: string }[] {
	const { field, unknown } = m.people.card;
	const list = (words: readonly string[]) => words.join(m.records.separator);
	const facts = [
		{ term: field.phone, words: card.phone },
		{ term: field.branch, words: card.branch },
		{ term: field.occupation, words: card.occupation },
		{ term: field.skills, words: list(card.skills) },
		{
			term: field.categories,
			words: list(card.categories.map((category) => m.serviceCategory[category]))
		},
		{ term: field.availability, words: card.availability },
		{ term: field.isLeadingCadre, words: card.isLeadingCadre ? m.records.yes : m.records.no }
	];
	return facts.map(({ term, words }) => ({ term, words: words || unknown }));
}
