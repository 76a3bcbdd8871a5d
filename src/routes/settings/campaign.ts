/** The campaign's name, year and phases between the form's texts and the settings. */
import { Phase, type PhaseDates, type Settings } from '#domain/settings.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';
import { wholeNumber, type Filled } from './changing.ts';

export interface Campaign {
	name: string;
	year: string;
	phases: Record<Phase, { from: string; to: string }>;
}

const NAME_LIMIT = 60;

export function campaignFrom({ campaignName, campaignYear, phases }: Settings): Campaign {
	const typed = ({ from = '', to = '' }: PhaseDates) => ({ from, to });
	return {
		name: campaignName,
		year: campaignYear === null ? '' : String(campaignYear),
		phases: {
			publicity: typed(phases.publicity),
			application: typed(phases.application),
			implementation: typed(phases.implementation),
			acceptance: typed(phases.acceptance)
		}
	};
}

export function campaignFilled({ name, year, phases }: Campaign): Filled {
	const { checks } = m.settings;
	const errors: FieldError[] = [];
	if (name.trim().length > NAME_LIMIT)
		errors.push({ field: 'campaignName', message: checks.nameTooLong });
	const campaignYear = year.trim() === '' ? null : wholeNumber(year, 2000, 2100);
	if (year.trim() !== '' && campaignYear === null)
		errors.push({ field: 'campaignYear', message: checks.year });
	if (errors.length > 0) return { ok: false, errors };
	const dated = Phase.options.map((phase) => {
		const { from, to } = phases[phase];
		return [phase, { ...(from && { from }), ...(to && { to }) }] as const;
	});
	return {
		ok: true,
		values: { campaignName: name.trim(), campaignYear, phases: Object.fromEntries(dated) }
	};
}
