/** District settings as entries (J7): each takes effect from a day, and a judge uses what is in force. */
import { z } from 'zod';
import { builtInHolidays } from './holidays.ts';
import type { Clock, Day, HolidayTable, OfficeHours } from './calendar.ts';
import type { Row } from './family.ts';
import type { RecordId } from './ids.ts';

/** The one settings record of a realm. */
export const SETTINGS_RECORD = 'settings';

export const DemandType = z.enum(['consult', 'help', 'complaint', 'report', 'suggestion']);
export type DemandType = z.infer<typeof DemandType>;
export const Urgency = z.enum(['low', 'normal', 'urgent', 'emergency']);
export type Urgency = z.infer<typeof Urgency>;
export const CareTier = z.enum(['high', 'key', 'general']);
export type CareTier = z.infer<typeof CareTier>;

/** 事项类别: the district's list of matters; codes, said in words by the catalogue. */
export const Category = z.enum([
	'property',
	'environment',
	'parking',
	'noise',
	'lighting',
	'utilities',
	'road',
	'socialInsurance',
	'medical',
	'education',
	'elderCare',
	'employment',
	'publicOrder',
	'other'
]);
export type Category = z.infer<typeof Category>;

/** Rows of the deadline table, DOMAIN §1.8.2. */
export const DeadlineClass = z.enum(['emergency', 'utilities', 'consult', 'request', 'complaint']);
export type DeadlineClass = z.infer<typeof DeadlineClass>;

const ClockShape = z.strictObject({
	unit: z.enum(['minutes', 'officeHours', 'hours', 'days', 'workingDays']),
	n: z.int().min(1).max(10_000)
});

const DeadlineRow = z.strictObject({
	sign: ClockShape,
	contact: ClockShape.optional(),
	resolve: ClockShape
});
export type DeadlineRow = z.infer<typeof DeadlineRow>;

const DayShape = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const Settings = z.strictObject({
	/** Empty: the interface says its own name of the campaign. */
	campaignName: z.string().max(60),
	deadlines: z.record(DeadlineClass, DeadlineRow),
	officeHours: z
		.array(z.tuple([z.string().regex(/^\d{2}:\d{2}$/), z.string().regex(/^\d{2}:\d{2}$/)]))
		.min(1)
		.max(4),
	holidays: z.strictObject({
		years: z.array(z.int()),
		off: z.array(DayShape),
		work: z.array(DayShape)
	}),
	/** Days between visits to a household, by tier. */
	cadenceDays: z.record(CareTier, z.int().min(1).max(366)),
	/** Share of the time used at which a clock turns amber. */
	amberShare: z.number().min(0.1).max(0.99),
	/** [J6] Days for which an ended duty still covers what was said under it. */
	lateDays: z.int().min(0).max(366),
	/** Days for which a printed invitation slip is good. */
	slipDays: z.int().min(1).max(60)
});
export type Settings = z.infer<typeof Settings>;

const hours = (n: number): Clock => ({ unit: 'officeHours', n });
const days = (n: number): Clock => ({ unit: 'days', n });

/** Shipped defaults, DOMAIN §1.7 and §1.8.2; a district changes them by entries. */
export const defaultSettings: Settings = {
	campaignName: '',
	deadlines: {
		emergency: {
			sign: { unit: 'minutes', n: 10 },
			contact: { unit: 'minutes', n: 30 },
			resolve: { unit: 'hours', n: 2 }
		},
		utilities: { sign: hours(2), contact: hours(4), resolve: { unit: 'hours', n: 24 } },
		consult: { sign: hours(2), resolve: days(1) },
		request: { sign: hours(2), contact: { unit: 'hours', n: 24 }, resolve: days(5) },
		complaint: { sign: hours(2), contact: { unit: 'hours', n: 24 }, resolve: days(10) }
	},
	officeHours: [
		['08:30', '12:00'],
		['14:30', '18:00']
	],
	holidays: {
		years: [...builtInHolidays.years],
		off: [...builtInHolidays.off],
		work: [...builtInHolidays.work]
	},
	cadenceDays: { high: 7, key: 30, general: 90 },
	amberShare: 0.75,
	lateDays: 14,
	slipDays: 7
};

export interface SettingsChange {
	readonly from: Day;
	readonly n: number;
	readonly values: Partial<Settings>;
}

export interface SettingsRow extends Row {
	readonly family: 'settings';
	readonly changes: readonly SettingsChange[];
}

/** What is in force on a day: defaults, then every change effective by then, in order of receipt. */
export function settingsAt(row: SettingsRow | null, day: Day): Settings {
	return (row?.changes ?? [])
		.filter((change) => change.from <= day)
		.reduce<Settings>((settings, change) => ({ ...settings, ...change.values }), defaultSettings);
}

/** The row of the deadline table a demand falls under. */
export function deadlineClass(
	type: DemandType,
	urgency: Urgency,
	category: Category | undefined
): DeadlineClass {
	if (urgency === 'emergency') return 'emergency';
	if (category === 'utilities') return 'utilities';
	switch (type) {
		case 'consult':
			return 'consult';
		case 'complaint':
		case 'report':
			return 'complaint';
		default:
			return 'request';
	}
}

export function holidayTable(settings: Settings): HolidayTable {
	return settings.holidays;
}

export function officeHours(settings: Settings): OfficeHours {
	return settings.officeHours;
}

export function settingsRecord(): RecordId {
	// The constant satisfies RecordId's pattern.
	return SETTINGS_RECORD as RecordId;
}
