/** What a field of the settings is called and what its value says, for cards, previews and the history. */
import {
	CareTier,
	DeadlineClass,
	DeadlineRow,
	Phase,
	PhaseDates,
	Settings,
	type CategoryUse,
	type SettingsField
} from '#domain/settings.ts';
import type { Clock } from '#domain/calendar.ts';
import { themeDays } from '#domain/festivals.ts';
import { Notice } from '#domain/holidays.ts';
import { m } from '#lib/i18n/index.ts';
import { dayWords, fullDayWords } from '#lib/ui/format.ts';

const words = m.settings;

export function fieldWords(field: SettingsField): string {
	const [key = '', line = ''] = field.split('.');
	const { sections } = words;
	switch (key) {
		case 'deadlines':
			return words.part(sections.deadlines, words.deadlineClass[DeadlineClass.parse(line)]);
		case 'cadenceDays':
			return words.part(sections.cadence, words.cadence[CareTier.parse(line)]);
		case 'phases':
			return words.part(words.phases, words.phase[Phase.parse(line)]);
		case 'holidays':
			return words.part(sections.holidays, words.year(line));
		case 'officeHours':
		case 'categories':
			return sections[key];
		case 'campaignName':
		case 'campaignYear':
		case 'afterChangeHours':
		case 'amberShare':
		case 'lateDays':
		case 'slipDays':
			return words[key];
		default:
			return field;
	}
}

/** A value in words; it came through the settings' schema, which only tells here what it is. */
export function settingWords(field: SettingsField, value: unknown): string {
	const { shape } = Settings;
	const [key] = field.split('.');
	switch (key) {
		case 'campaignName':
			return shape.campaignName.parse(value) || m.app.fullName;
		case 'campaignYear': {
			const year = shape.campaignYear.parse(value);
			return year === null ? words.unset : words.year(year);
		}
		case 'phases':
			return phaseWords(PhaseDates.parse(value));
		case 'deadlines':
			return deadlineWords(DeadlineRow.parse(value));
		case 'officeHours':
			return hoursWords(shape.officeHours.parse(value));
		case 'holidays':
			return value === undefined ? words.notCovered : noticeWords(Notice.parse(value));
		case 'categories':
			return categoriesWords(shape.categories.parse(value));
		case 'cadenceDays':
			return words.everyDays(Number(value));
		case 'afterChangeHours':
			return words.withinHours(Number(value));
		case 'amberShare':
			return words.percent(Math.round(Number(value) * 100));
		default:
			return words.days(Number(value));
	}
}

/** What a change reaches and what it leaves alone, a sentence each. */
export function touchWords(fields: readonly SettingsField[], from: string): readonly string[] {
	const sentences = fields.map((field) => words.touches[reachOf(field)](from));
	return [...new Set(sentences)];
}

function reachOf(field: SettingsField): keyof typeof words.touches {
	const [key] = field.split('.');
	switch (key) {
		case 'deadlines':
		case 'officeHours':
		case 'holidays':
			return 'deadlines';
		case 'lateDays':
		case 'slipDays':
		case 'categories':
			return key;
		default:
			return 'screens';
	}
}

export function clockWords({ n, unit }: Clock): string {
	return words.clock(n, words.unit[unit]);
}

export function phaseWords({ from, to }: PhaseDates): string {
	if (from === undefined)
		return to === undefined ? words.phaseUndated : words.phaseUntil(fullDayWords(to));
	return to === undefined
		? words.phaseSince(fullDayWords(from))
		: words.phaseSpan(fullDayWords(from), fullDayWords(to));
}

/** The three themed days of a year, as they fall. */
export function themeWords(year: number): string {
	const days = themeDays(year).map(({ theme, day }) =>
		words.themeOn(words.theme[theme], dayWords(day))
	);
	return days.join(words.listComma);
}

export function hoursWords(hours: Settings['officeHours']): string {
	return hours.map(([opens, closes]) => words.hours(opens, closes)).join(words.listComma);
}

export function categoryWords({ code, name }: CategoryUse): string {
	return name ?? m.category[code];
}

export function noticeCounts(notice: Notice): { readonly off: number; readonly work: number } {
	const off = notice.days.filter((day) => day.off).length;
	return { off, work: notice.days.length - off };
}

function noticeWords(notice: Notice): string {
	const { off, work } = noticeCounts(notice);
	return words.noticeWhole(off, work);
}

function deadlineWords({ sign, contact, resolve }: DeadlineRow): string {
	return [
		`${words.sign} ${clockWords(sign)}`,
		...(contact === undefined ? [] : [`${words.contact} ${clockWords(contact)}`]),
		`${words.resolve} ${clockWords(resolve)}`
	].join(m.secretary.comma);
}

function categoriesWords(categories: readonly CategoryUse[]): string {
	const used = categories.filter((each) => each.used).map(categoryWords);
	const off = categories.filter((each) => !each.used).map(categoryWords);
	const all = used.join(words.listComma);
	return off.length === 0 ? all : words.categoriesWith(all, off.join(words.listComma));
}
