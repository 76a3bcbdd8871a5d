/** Where somebody sees a demand: at the office that has it, at the desk, or as whoever brought it. */
import type { RecordId } from '#domain/ids.ts';
import { isDesk, isOffice, type Role } from '#domain/people.ts';

export function demandPage(record: RecordId, role: Role): string {
	if (isOffice(role)) return `/escalated?record=${record}`;
	return isDesk(role) ? `/inbox?record=${record}` : `/demands/${record}`;
}
