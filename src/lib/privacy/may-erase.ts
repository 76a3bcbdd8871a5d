/** Who orders an erasure on a screen: the secretary, for the records of the own community (A4). */
import type { Row } from '#domain/family.ts';
import type { DutyOnWire } from '#domain/wire.ts';

export function mayErase(
	duty: Pick<DutyOnWire, 'role' | 'org'>,
	row: Pick<Row, 'org'> | null | undefined
): boolean {
	return duty.role === 'communitySecretary' && row?.org === duty.org;
}
