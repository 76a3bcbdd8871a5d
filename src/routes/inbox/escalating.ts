/** What the form of 上报 is filled with before anybody touches it, and what it says. */
import type { OrgId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { m, written } from '#lib/i18n/index.ts';
import { doorWords } from '#lib/ui/demand-words.ts';
import type { Option } from '#lib/ui/field.ts';

const whys = ['beyond', 'several', 'departments'] as const;
type Why = (typeof whys)[number];

export interface Escalating {
	why: Why;
	more: string;
	place: string;
}

export const whyOptions: readonly Option<Why>[] = whys.map((value) => ({
	value,
	words: m.secretary.escalate.whys[value]
}));

export function escalatingFrom(door: HouseholdRow | undefined): Escalating {
	return { why: 'beyond', more: '', place: door === undefined ? '' : doorWords(door, written) };
}

/** The body of `demand.escalated.v1`: the reason in words, and the place where the demand names none. */
export function escalatedBody(
	row: Pick<DemandRow, 'place'>,
	{ why, more, place }: Escalating,
	office: OrgId
): Record<string, unknown> {
	const { escalate, comma } = written.secretary;
	const reason = [escalate.whys[why], more.trim()].filter((part) => part !== '').join(comma);
	const isAsked = row.place === undefined && place.trim() !== '';
	return { office, reason, ...(isAsked ? { place: place.trim() } : {}) };
}
