/** What cannot stand together in settings: one list that the relay refuses by and the form explains. */
import { addDays, dueAt, startOfDay, type Clock, type Day } from './calendar.ts';
import type { Notice } from './holidays.ts';
import {
	Category,
	DeadlineClass,
	Phase,
	settingsAt,
	turnsAfter,
	type Plan,
	type Settings,
	type SettingsField
} from './settings.ts';

export type ContradictionCode =
	| 'sign-after-resolve'
	| 'contact-after-resolve'
	| 'hours-no-time'
	| 'hours-backwards'
	| 'hours-overlap'
	| 'phase-backwards'
	| 'phase-order'
	| 'day-twice'
	| 'day-off-and-work'
	| 'day-other-year'
	| 'cadence-order'
	| 'amber-share'
	| 'category-codes'
	| 'category-names'
	| 'category-other';

/** `value` is what the sentence quotes: a day, a name, a time. */
export interface Contradiction {
	readonly code: ContradictionCode;
	readonly field: SettingsField;
	readonly value: string;
}

export function contradictions(settings: Settings): readonly Contradiction[] {
	return [
		...ofPhases(settings),
		...ofOfficeHours(settings),
		...ofDeadlines(settings),
		...ofHolidays(settings),
		...ofCadence(settings),
		...ofCategories(settings),
		...(settings.amberShare >= 0.1 && settings.amberShare <= 0.99
			? []
			: [found('amber-share', 'amberShare', String(settings.amberShare))])
	];
}

/** What a plan newly contradicts on a day or on any day something changes after it. */
export function newContradictions(before: Plan, after: Plan, from: Day): readonly Contradiction[] {
	const days = [from, ...turnsAfter(after, from)];
	const key = ({ code, field }: Contradiction) => `${code} ${field}`;
	const all = days.flatMap((day) => {
		const known = new Set(contradictions(settingsAt(before, day)).map(key));
		return contradictions(settingsAt(after, day)).filter((each) => !known.has(key(each)));
	});
	return all.filter((each, i) => all.findIndex((other) => key(other) === key(each)) === i);
}

function found(code: ContradictionCode, field: SettingsField, value = ''): Contradiction {
	return { code, field, value };
}

function ofPhases({ phases }: Settings): readonly Contradiction[] {
	const backwards = Phase.options
		.filter((phase) => {
			const { from, to } = phases[phase];
			return from !== undefined && to !== undefined && to < from;
		})
		.map((phase) => found('phase-backwards', `phases.${phase}`));
	const dated = Phase.options.filter((phase) => phases[phase].from !== undefined);
	const early = dated
		.filter((phase, i) => {
			const last = dated[i - 1];
			return last !== undefined && (phases[phase].from ?? '') < (phases[last].from ?? '');
		})
		.map((phase) => found('phase-order', `phases.${phase}`));
	return [...backwards, ...early];
}

function ofOfficeHours({ officeHours }: Settings): readonly Contradiction[] {
	const strange = officeHours.flat().find((time) => !isTime(time));
	if (strange !== undefined) return [found('hours-no-time', 'officeHours', strange)];
	const backwards = officeHours.find(([opens, closes]) => closes <= opens);
	if (backwards) return [found('hours-backwards', 'officeHours', backwards.join('–'))];
	const overlap = officeHours.find(([opens], i) => opens < (officeHours[i - 1]?.[1] ?? ''));
	return overlap ? [found('hours-overlap', 'officeHours', overlap.join('–'))] : [];
}

function isTime(time: string): boolean {
	return time >= '00:00' && time <= '24:00' && time.slice(3) < '60';
}

/** Compared from the opening of the office on a plain Monday: elsewhere a weekend lies between them. */
function ofDeadlines(settings: Settings): readonly Contradiction[] {
	if (ofOfficeHours(settings).length > 0) return [];
	const { officeHours } = settings;
	const opening = officeHours[0]?.[0] ?? '';
	const [hour, minute] = opening.split(':').map(Number);
	const start = startOfDay(PLAIN_MONDAY) + ((hour ?? 0) * 60 + (minute ?? 0)) * 60_000;
	const reach = (clock: Clock) => dueAt(start, clock, officeHours, NO_HOLIDAYS).at;
	return DeadlineClass.options.flatMap((each) => {
		const { sign, contact, resolve } = settings.deadlines[each];
		const field = `deadlines.${each}`;
		const end = reach(resolve);
		return [
			...(reach(sign) > end ? [found('sign-after-resolve', field)] : []),
			...(contact && reach(contact) > end ? [found('contact-after-resolve', field)] : [])
		];
	});
}

const PLAIN_MONDAY: Day = '2001-01-01';
const NO_HOLIDAYS = { years: [], off: [], work: [] };

function ofHolidays({ holidays }: Settings): readonly Contradiction[] {
	const all = Object.entries(holidays).flatMap(([year, notice]) =>
		notice.days.map((each) => ({ ...each, year }))
	);
	const kinds = new Map<Day, boolean>();
	const mixed = all.filter(({ day, off }) => {
		const other = kinds.get(day);
		kinds.set(day, off);
		return other !== undefined && other !== off;
	});
	return [
		...mixed.map(({ day, year }) => found('day-off-and-work', `holidays.${year}`, day)),
		...Object.entries(holidays).flatMap(([year, notice]) => ofNotice(year, notice))
	];
}

/** A notice may speak of the last days of the year before and of the first of the next. */
function ofNotice(year: string, { days }: Notice): readonly Contradiction[] {
	const field = `holidays.${year}`;
	const first = addDays(`${year}-01-01`, -31);
	const last = addDays(`${year}-12-31`, 7);
	const twice = days.filter(({ day, off }, i) =>
		days.slice(0, i).some((other) => other.day === day && other.off === off)
	);
	return [
		...twice.map(({ day }) => found('day-twice', field, day)),
		...days
			.filter(({ day }) => day < first || day > last)
			.map(({ day }) => found('day-other-year', field, day))
	];
}

function ofCadence({ cadenceDays }: Settings): readonly Contradiction[] {
	const { high, key, general } = cadenceDays;
	return [
		...(high > key ? [found('cadence-order', 'cadenceDays.high')] : []),
		...(key > general ? [found('cadence-order', 'cadenceDays.key')] : [])
	];
}

function ofCategories({ categories }: Settings): readonly Contradiction[] {
	const field = 'categories';
	const codes = new Set(categories.map(({ code }) => code));
	if (codes.size !== categories.length || codes.size !== Category.options.length)
		return [found('category-codes', field)];
	const names = categories.flatMap(({ name }) => name ?? []);
	const twice = names.find((name, i) => names.indexOf(name) !== i);
	if (twice !== undefined) return [found('category-names', field, twice)];
	const isOtherUsed = categories.some(({ code, used }) => code === 'other' && used);
	return isOtherUsed ? [] : [found('category-other', field)];
}
