/** Buildings, units and their gaps in words. */
import type { DoorCount } from '#lib/homes/buildings.ts';
import { m } from '#lib/i18n/index.ts';
import type { Status } from '#lib/ui/status.ts';

export function buildingWords(building: string): string {
	return building === '' ? m.homes.noBuilding : m.records.door.building(building);
}

export function unitWords(unit: string): string {
	return unit === '' ? m.homes.noUnit : m.records.door.unit(unit);
}

/** What somebody has to see to: doors without a member, doors not confirmed yet. */
export function buildingStatuses({ gaps, unconfirmed }: DoorCount): readonly Status[] {
	const statuses: Status[] = [];
	if (gaps > 0) statuses.push({ is: 'overdue', words: m.homes.gaps(gaps) });
	if (unconfirmed > 0) statuses.push({ is: 'dueSoon', words: m.homes.unconfirmed(unconfirmed) });
	return statuses;
}
