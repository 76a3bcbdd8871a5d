/** What 撤销合并 takes back and what it lets stand, in words. */
import type { PersonId } from '#domain/ids.ts';
import { m } from '#lib/i18n/index.ts';
import { fieldName, shownWords, type Speaking } from '#lib/ui/record-words.ts';
import type { Standing, Unmerging } from './unmerging.ts';

export function backWords(
	{ people, fields, members }: Unmerging,
	speaking: Speaking
): readonly string[] {
	const words = m.homes.unmerge;
	const { separator } = m.records;
	const lines: string[] = [];
	if (people.length > 0)
		lines.push(words.people(people.length, people.map(({ name }) => name).join(separator)));
	if (fields.size > 0) lines.push(words.emptied([...fields.keys()].map(fieldName).join(separator)));
	for (const { side, member } of members)
		lines.push(words.member[side](memberName(member, speaking)));
	return lines;
}

export function standingWords(standing: Standing, speaking: Speaking): string {
	const words = m.homes.unmerge.standing;
	switch (standing.is) {
		case 'person':
			return words.person(standing.row.name, words[standing.row.state]);
		case 'field':
			return words.field(
				fieldName(standing.field),
				shownWords(standing.field, standing.value, speaking) || m.homes.form.unknown
			);
		case 'member':
			return words[standing.side](memberName(standing.member ?? null, speaking));
	}
}

function memberName(member: PersonId | null, { names }: Speaking): string {
	return member === null
		? m.secretary.residents.noMember
		: (names.get(member) ?? m.records.someone);
}
