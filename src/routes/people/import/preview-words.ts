/** The lines of an import's preview. */
import type { RosterList } from '#domain/import/parse-roster.ts';
import { m } from '#lib/i18n/index.ts';
import type { DifferingPerson, PlannedPerson } from '#lib/office/roster-import.ts';
import { fieldName } from '#lib/ui/record-words.ts';

/** Each field beside the column it was found in. */
export function columnLines({ header }: RosterList): readonly string[] {
	return [...(header?.columns ?? [])].map(([field, column]) =>
		m.people.import.columnLine(m.import.field[field], header?.names[column] ?? '')
	);
}

export function unusedColumns({ header }: RosterList): readonly string[] {
	const used = new Set(header?.columns.values());
	return (header?.names ?? []).filter((name, column) => name !== '' && !used.has(column));
}

export function changeLine({ card, changes }: DifferingPerson): string {
	const fields = Object.keys(changes).map(fieldName).join(m.records.separator);
	return m.people.import.changed(card.name, fields);
}

export function personLine({ listed, role, place }: PlannedPerson): string {
	const { phone, branch, skills } = listed;
	const known = [m.roles[role], place.name, phone, branch, skills.join(m.records.separator)];
	return known.filter((text) => text !== '').join(m.setup.comma);
}
