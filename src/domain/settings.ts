/**
 * District settings as entries (J7). A change takes effect at the beginning of its day, and a judge uses what
 * is in force on the day it judges; what was judged before keeps what it was given.
 */
import { z } from 'zod';
import type { Clock, Day, HolidayTable } from './calendar.ts';
import type { Row } from './family.ts';
import { builtInNotices } from './holidays-lexicon.ts';
import { Notice, tableOf } from './holidays.ts';
import type { EntryId, Instant, PersonId, RecordId } from './ids.ts';
import { DayShape } from './shapes.ts';

/** The one settings record of a realm. */
export const SETTINGS_RECORD = 'settings';

export const DemandType = z.enum(['consult', 'help', 'complaint', 'report', 'suggestion']);
export type DemandType = z.infer<typeof DemandType>;
export const Urgency = z.enum(['low', 'normal', 'urgent', 'emergency']);
export type Urgency = z.infer<typeof Urgency>;
export const CareTier = z.enum(['high', 'key', 'general']);
export type CareTier = z.infer<typeof CareTier>;

/** 事项类别: the codes, which stay; a district orders, names and switches them off. */
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

/** 宣传发动 · 申报立项 · 组织实施 · 评估验收, in this order. */
export const Phase = z.enum(['publicity', 'application', 'implementation', 'acceptance']);
export type Phase = z.infer<typeof Phase>;

/** Rows of the deadline table, DOMAIN §1.8.2. */
export const DeadlineClass = z.enum(['emergency', 'utilities', 'consult', 'request', 'complaint']);
export type DeadlineClass = z.infer<typeof DeadlineClass>;

export const ClockUnit = z.enum(['minutes', 'officeHours', 'hours', 'days', 'workingDays']);
export type ClockUnit = z.infer<typeof ClockUnit>;

const ClockShape = z.strictObject({ unit: ClockUnit, n: z.int().min(1).max(10_000) });

export const DeadlineRow = z.strictObject({
	sign: ClockShape,
	contact: ClockShape.optional(),
	resolve: ClockShape
});
export type DeadlineRow = z.infer<typeof DeadlineRow>;

/** A phase may lack either date, or both. */
export const PhaseDates = z.strictObject({ from: DayShape.optional(), to: DayShape.optional() });
export type PhaseDates = z.infer<typeof PhaseDates>;

export const CategoryUse = z.strictObject({
	code: Category,
	/** The district's own word for it. */
	name: z.string().min(1).max(12).optional(),
	used: z.boolean()
});
export type CategoryUse = z.infer<typeof CategoryUse>;

const Span = z.tuple([z.string().regex(/^\d{2}:\d{2}$/), z.string().regex(/^\d{2}:\d{2}$/)]);
const CadenceDays = z.int().min(1).max(366);

export const Settings = z.strictObject({
	/** Empty: the interface says its own name of the campaign. */
	campaignName: z.string().max(60),
	/** Null: the district has not said it. */
	campaignYear: z.int().min(2000).max(2100).nullable(),
	phases: z.record(Phase, PhaseDates),
	deadlines: z.record(DeadlineClass, DeadlineRow),
	officeHours: z.array(Span).min(1).max(4),
	holidays: z.record(z.string().regex(/^20\d{2}$/), Notice),
	/** In the order in which forms offer them; every code once. */
	categories: z.array(CategoryUse).min(1).max(40),
	/** Days between visits to a household, by tier. */
	cadenceDays: z.record(CareTier, CadenceDays),
	/** Hours within which a household of the highest tier is visited after a major change. */
	afterChangeHours: z.int().min(1).max(168),
	/** Share of the time used at which a clock turns amber. */
	amberShare: z.number().min(0).max(10),
	/** [J6] Days for which an ended duty still covers what was said under it. */
	lateDays: z.int().min(0).max(366),
	/** Days for which a printed invitation slip is good. */
	slipDays: z.int().min(1).max(60)
});
export type Settings = z.infer<typeof Settings>;
/** How soon a household is to be visited again. */
export type VisitRules = Pick<Settings, 'cadenceDays' | 'afterChangeHours'>;

/** What one change sets: whole values, and of the tables only the lines it speaks of. */
export const SettingsPatch = Settings.extend({
	phases: z.partialRecord(Phase, PhaseDates),
	deadlines: z.partialRecord(DeadlineClass, DeadlineRow),
	cadenceDays: z.partialRecord(CareTier, CadenceDays)
}).partial();
export type SettingsPatch = z.infer<typeof SettingsPatch>;

const hours = (n: number): Clock => ({ unit: 'officeHours', n });
const days = (n: number): Clock => ({ unit: 'days', n });

/** Shipped defaults, DOMAIN §1.7 and §1.8.2; a district changes them by entries. */
export const defaultSettings: Settings = {
	campaignName: '',
	campaignYear: null,
	phases: { publicity: {}, application: {}, implementation: {}, acceptance: {} },
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
	holidays: builtInNotices,
	categories: Category.options.map((code) => ({ code, used: true })),
	cadenceDays: { high: 7, key: 30, general: 90 },
	afterChangeHours: 24,
	amberShare: 0.75,
	lateDays: 14,
	slipDays: 7
};

/** What of a change decides which value is in force on a day. */
export interface PlannedChange {
	readonly n: number;
	readonly from: Day;
	readonly values: SettingsPatch;
	/** [E4] Fields of a later day that give way to a change received after it, which had not seen it. */
	readonly aside?: readonly { readonly field: SettingsField; readonly for: number }[] | undefined;
	/** Taken back before its day. */
	readonly revoked?: Revocation | undefined;
}

export interface Revocation {
	readonly by: PersonId;
	readonly receivedAt: Instant;
	readonly reason: string;
}

/** One accepted change as the row keeps it. */
export interface SettingsChange extends PlannedChange {
	readonly entry: EntryId;
	readonly by: PersonId;
	/** Who counts as one author when two did not see each other (E4). */
	readonly voice: string;
	readonly receivedAt: Instant;
	readonly reason?: string | undefined;
}

/** Changes in any order, or none at all. */
export type Plan = { readonly changes: readonly PlannedChange[] } | null;

export interface SettingsRow extends Row {
	readonly family: 'settings';
	/** In order of receipt. */
	readonly changes: readonly SettingsChange[];
}

/** What one change can set and another can contradict: `slipDays`, `deadlines.consult`, `holidays.2027`. */
export type SettingsField = string;

/** What is in force on a day: of each field the change of the latest day up to it, the later received of one day. */
export function settingsAt(plan: Plan, day: Day): Settings {
	return inForceOrder(plan)
		.filter((change) => change.from <= day)
		.reduce(laidOver, defaultSettings);
}

/** [J7] What a judgement is made by: the values, and the ordinal of the record they come from. */
export interface SettingsInForce extends Settings {
	/** Absent where the district has said nothing yet. */
	readonly ordinal?: number | undefined;
}

export function settingsInForce(row: SettingsRow | null, day: Day): SettingsInForce {
	return { ...settingsAt(row, day), ordinal: row?.n };
}

/** The days on which something changes after a day, in order. */
export function turnsAfter(plan: Plan, day: Day): readonly Day[] {
	const turns = inForceOrder(plan).map((change) => change.from);
	return [...new Set(turns)].filter((turn) => turn > day);
}

/** The fields a patch sets, each with its value. */
export function fieldsOf(values: SettingsPatch): readonly (readonly [SettingsField, unknown])[] {
	return Object.entries(values).flatMap(([key, value]): (readonly [string, unknown])[] => {
		if (value === undefined) return [];
		if (!TABLES.has(key)) return [[key, value]];
		return Object.entries(Object(value)).map(([line, each]) => [`${key}.${line}`, each]);
	});
}

/** The value of one field; undefined for a year without a notice. */
export function fieldValue(settings: SettingsPatch, field: SettingsField): unknown {
	return new Map(fieldsOf(settings)).get(field);
}

/** Of a patch only what is not so already. */
export function differing(values: SettingsPatch, settings: SettingsPatch): SettingsPatch {
	const now = new Map(fieldsOf(settings));
	return withFields<SettingsPatch>(
		{},
		fieldsOf(values).filter(
			([field, value]) => JSON.stringify(now.get(field)) !== JSON.stringify(value)
		)
	);
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

/** Settings are asked for each due moment, and change once a day at most. */
const tables = new WeakMap<Settings['holidays'], HolidayTable>();

export function holidayTable({ holidays }: Pick<Settings, 'holidays'>): HolidayTable {
	const table = tables.get(holidays) ?? tableOf(holidays);
	tables.set(holidays, table);
	return table;
}

export function settingsRecord(): RecordId {
	// The constant satisfies RecordId's pattern.
	return SETTINGS_RECORD as RecordId;
}

/** Keys whose value is a table, changed line by line. */
const TABLES: ReadonlySet<string> = new Set(['phases', 'deadlines', 'holidays', 'cadenceDays']);

function inForceOrder(plan: Plan): readonly PlannedChange[] {
	const standing = (plan?.changes ?? []).filter(({ revoked }) => revoked === undefined);
	return standing.sort((a, b) => {
		if (a.from === b.from) return a.n - b.n;
		return a.from < b.from ? -1 : 1;
	});
}

function laidOver(settings: Settings, { values, aside = [] }: PlannedChange): Settings {
	const without = new Set(aside.map(({ field }) => field));
	return withFields(
		settings,
		fieldsOf(values).filter(([field]) => !without.has(field))
	);
}

/** Fields come from `fieldsOf`, so each names a value of the settings or a line of one of its tables. */
export function withFields<S extends SettingsPatch>(
	settings: S,
	fields: readonly (readonly [SettingsField, unknown])[]
): S {
	return fields.reduce<S>((before, [field, value]) => {
		const [key = '', line] = field.split('.');
		if (line === undefined) return { ...before, [key]: value };
		const table = new Map<string, unknown>(Object.entries(before)).get(key);
		return { ...before, [key]: { ...Object(table), [line]: value } };
	}, settings);
}
