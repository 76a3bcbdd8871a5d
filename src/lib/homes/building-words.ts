/** Buildings, units and their gaps in words. */
import { plainPart } from '#domain/door-parts.ts';
import type { Door, DoorCount, Gap } from '#lib/homes/buildings.ts';
import { membersOn } from '#lib/homes/coverage.ts';
import { m, type Messages } from '#lib/i18n/index.ts';
import type { Status } from '#lib/ui/status.ts';

export function buildingWords(building: string, words: Messages = m): string {
	return building === ''
		? words.homes.noBuilding
		: words.records.door.building(plainPart(building));
}

export function unitWords(unit: string): string {
	return unit === '' ? m.homes.noUnit : m.records.door.unit(plainPart(unit));
}

/** What somebody has to see to: doors without a member, doors not confirmed yet. */
export function buildingStatuses(count: DoorCount): readonly Status[] {
	const { unconfirmed } = count;
	if (unconfirmed === 0) return gapStatuses(count);
	return [...gapStatuses(count), { is: 'dueSoon', words: m.homes.unconfirmed(unconfirmed) }];
}

/** Doors nobody was given, and doors whose member does not serve now. */
export function gapStatuses({ gaps, left }: Pick<DoorCount, 'gaps' | 'left'>): readonly Status[] {
	const statuses: Status[] = [];
	if (gaps > left) statuses.push({ is: 'overdue', words: m.homes.gaps(gaps - left) });
	if (left > 0) statuses.push({ is: 'overdue', words: m.homes.gapsLeft(left) });
	return statuses;
}

export function gapStatus(gap: Gap): Status {
	return { is: 'overdue', words: gap === 'left' ? m.homes.gapLeft : m.homes.gap };
}

const NAMED = 3;

/** Who looks after some doors now, whoever has most of them first: 王素芬、李强、赵静等 12 人. */
export function carersWords(
	doors: readonly Door[],
	names: ReadonlyMap<string, string>,
	words: Messages = m
): string {
	const persons = membersOn(doors.filter(({ gap }) => gap === null)).map(
		(person) => names.get(person) ?? words.records.someone
	);
	if (persons.length === 0) return words.homes.linking.nobody;
	return words.homes.linking.some(persons.slice(0, NAMED), Math.max(0, persons.length - NAMED));
}
