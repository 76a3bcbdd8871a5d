/** What a form asks for a card: what must be mended, and what is said of it. */
import { cardLimits, type PersonRow } from '#domain/kinds/person.ts';
import type { ServiceCategory } from '#domain/service-categories.ts';
import { isPhone } from '#domain/shapes.ts';
import { differing } from '#lib/drafts/changed-since.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';

export interface CardForm {
	name: string;
	phone: string;
	branch: string;
	occupation: string;
	/** Several, as people write them: with commas or blanks between. */
	skills: string;
	categories: ServiceCategory[];
	availability: string;
	isLeadingCadre: boolean;
}

export function emptyCard(): CardForm {
	return {
		name: '',
		phone: '',
		branch: '',
		occupation: '',
		skills: '',
		categories: [],
		availability: '',
		isLeadingCadre: false
	};
}

export function cardFrom(row: PersonRow): CardForm {
	return {
		name: row.name,
		phone: row.phone ?? '',
		branch: row.branch ?? '',
		occupation: row.occupation ?? '',
		skills: row.skills.join(m.records.separator),
		categories: [...row.categories],
		availability: row.availability ?? '',
		isLeadingCadre: row.isLeadingCadre
	};
}

export function cardErrors(form: CardForm): readonly FieldError[] {
	const { need, field } = m.people.card;
	const errors: FieldError[] = [];
	const said = cardSaid(form);
	if (said.name === '') errors.push({ field: 'name', message: need.name });
	if (said.phone !== '' && !isPhone(said.phone))
		errors.push({ field: 'phone', message: need.phone });
	for (const each of ['name', 'branch', 'occupation', 'availability'] as const)
		if (said[each].length > cardLimits[each])
			errors.push({ field: each, message: need.shorter(field[each], cardLimits[each]) });
	if (said.skills.some((skill) => skill.length > cardLimits.skill))
		errors.push({ field: 'skills', message: need.skill(cardLimits.skill) });
	if (said.skills.length > cardLimits.skills)
		errors.push({ field: 'skills', message: need.skills(cardLimits.skills) });
	return errors;
}

/** The part of `person.registered.v1` that a card is: what is empty is not said. */
export function cardBody(form: CardForm): Record<string, unknown> {
	return Object.fromEntries(Object.entries(cardSaid(form)).filter(([, value]) => isFilled(value)));
}

/** What a correction names: the fields that differ from the card alone. */
export function cardChanges(base: CardForm, form: CardForm): Record<string, unknown> {
	return differing(cardSaid(form), cardSaid(base));
}

/** Several words as people list them, each once. */
export function listed(words: string): readonly string[] {
	const parts = words.split(/[\s、，,;；/]+/).filter((part) => part !== '');
	return [...new Set(parts)];
}

function cardSaid(form: CardForm) {
	return {
		name: form.name.trim(),
		// Full-width digits are digits.
		phone: form.phone.normalize('NFKC').trim(),
		branch: form.branch.trim(),
		occupation: form.occupation.trim(),
		skills: listed(form.skills),
		categories: [...form.categories].sort(),
		availability: form.availability.trim(),
		isLeadingCadre: form.isLeadingCadre
	};
}

function isFilled(value: unknown): boolean {
	return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
