/** The settings that are whole numbers, as a form asks for them. */
import {
	CareTier,
	type Settings,
	type SettingsField,
	type SettingsPatch
} from '#domain/settings.ts';
import { m } from '#lib/i18n/index.ts';
import { wholeNumber, type Filled } from './changing.ts';

export type NumbersSection = 'cadence' | 'others';

export interface NumberLine {
	readonly field: SettingsField;
	readonly label: string;
	readonly hint: string;
	readonly min: number;
	readonly max: number;
	readonly shown: (settings: Settings) => number;
	readonly set: (n: number) => SettingsPatch;
}

const words = m.settings;

export function numbersOf(section: NumbersSection): readonly NumberLine[] {
	return section === 'cadence' ? [...CareTier.options.map(cadenceLine), afterChange] : others;
}

function cadenceLine(tier: CareTier): NumberLine {
	return {
		field: `cadenceDays.${tier}`,
		label: words.cadence[tier],
		hint: words.cadenceHint,
		min: 1,
		max: 366,
		shown: (settings) => settings.cadenceDays[tier],
		set: (n) => ({ cadenceDays: { [tier]: n } })
	};
}

const afterChange: NumberLine = {
	field: 'afterChangeHours',
	label: words.afterChangeHours,
	hint: words.afterChangeHint,
	min: 1,
	max: 168,
	shown: ({ afterChangeHours }) => afterChangeHours,
	set: (n) => ({ afterChangeHours: n })
};

const others: readonly NumberLine[] = [
	{
		field: 'amberShare',
		label: words.amberShare,
		hint: words.amberHint,
		min: 10,
		max: 99,
		shown: ({ amberShare }) => Math.round(amberShare * 100),
		set: (n) => ({ amberShare: n / 100 })
	},
	{
		field: 'lateDays',
		label: words.lateDays,
		hint: words.lateDaysHint,
		min: 0,
		max: 366,
		shown: ({ lateDays }) => lateDays,
		set: (n) => ({ lateDays: n })
	},
	{
		field: 'slipDays',
		label: words.slipDays,
		hint: words.slipDaysHint,
		min: 1,
		max: 60,
		shown: ({ slipDays }) => slipDays,
		set: (n) => ({ slipDays: n })
	}
];

export function numbersFilled(
	lines: readonly NumberLine[],
	typed: Readonly<Record<string, string>>
): Filled {
	const read = lines.map((line) => ({
		line,
		n: wholeNumber(typed[line.field] ?? '', line.min, line.max)
	}));
	const errors = read
		.filter(({ n }) => n === null)
		.map(({ line: { field, label, min, max } }) => ({
			field,
			message: words.checks.number(label, min, max)
		}));
	if (errors.length > 0) return { ok: false, errors };
	const patches = read.map(({ line, n }) => line.set(n ?? 0));
	return { ok: true, values: joined(patches) };
}

/** Lines of one table come together in it. */
function joined(patches: readonly SettingsPatch[]): SettingsPatch {
	return patches.reduce<SettingsPatch>(
		(all, each) => ({
			...all,
			...each,
			...(each.cadenceDays && { cadenceDays: { ...all.cadenceDays, ...each.cadenceDays } })
		}),
		{}
	);
}
