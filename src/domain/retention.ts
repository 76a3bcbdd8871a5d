/**
 * [A4] 保存期限: how long each family is kept, from which moment, by which rule, and what its end is. Years are whole
 * ones, counted from the first day of the year that follows, as archives count them.
 *
 * | rule | |
 * |---|---|
 * | personal | 个人信息保护法 art. 19: no longer than the purpose needs; art. 47: then erased |
 * | archive | 机关文件材料归档范围和文书档案保管期限规定: ten years, the shorter of its fixed terms. Art. 47: what a rule |
 * | | wants kept is not worked with meanwhile, only stored: restricted, then erased |
 *
 * A door is kept as long as the visits and demands that say nothing without it, whoever lives there no longer than
 * the resident. Of a person who left the roster the card goes as theirs does; who it was that acted stays as long as
 * the archive, in the duty.
 */
import { dayOf, startOfDay } from './calendar.ts';
import type { Refs, Row } from './family.ts';
import type { Instant } from './ids.ts';
import { isDemand, type DemandRow } from './kinds/demand.ts';
import { isDuty } from './kinds/duty.ts';
import { isHousehold } from './kinds/household.ts';
import { leftRegisterAt } from './kinds/household-round.ts';
import type { FamilyName } from './kinds/index.ts';
import { isPerson } from './kinds/person.ts';
import { isResident } from './kinds/resident.ts';
import { isVisit } from './kinds/visit.ts';

/** Restricted is shown to the community's secretary alone (`kept/` in `ledgers.ts`). */
export type End = 'restricted' | 'erased';

export interface Keeping {
	readonly rule: 'personal' | 'archive';
	/** The moment from which years count; null while the record is in use. `refs` are those it leans on. */
	readonly since: (row: Row, refs: Refs) => Instant | null;
	/** In order of years. */
	readonly ends: readonly { readonly years: number; readonly then: End }[];
}

const asArchive = [
	{ years: 2, then: 'restricted' },
	{ years: 10, then: 'erased' }
] as const;
const SETTLED: ReadonlySet<DemandRow['state']> = new Set([
	'declined',
	'merged',
	'handled',
	'withdrawn',
	'voided'
]);

/** What has no term stays while the district does: it names who acted, or what others hang on (null). */
export const retention: Readonly<Record<FamilyName, Keeping | null>> = {
	visit: {
		rule: 'archive',
		since: (row) => (isVisit(row) ? row.startedAt : null),
		ends: asArchive
	},
	demand: {
		rule: 'archive',
		since: (row) =>
			isDemand(row) && SETTLED.has(row.state)
				? (row.steps[row.steps.length - 1]?.at ?? row.createdAt)
				: null,
		ends: asArchive
	},
	handling: { rule: 'archive', since: ({ createdAt }) => createdAt, ends: asArchive },
	draft: {
		rule: 'personal',
		since: ({ createdAt }) => createdAt,
		ends: [{ years: 2, then: 'erased' }]
	},
	resident: {
		rule: 'personal',
		since(row, refs) {
			if (!isResident(row)) return null;
			if (row.state !== 'here') return row.updatedAt;
			const home = refs.get(row.household);
			// Of doors that were merged the other one is lived in.
			return isHousehold(home) && home.state !== 'merged' ? leftRegisterAt(home) : null;
		},
		ends: [{ years: 1, then: 'erased' }]
	},
	household: {
		rule: 'archive',
		since: (row) => (isHousehold(row) ? leftRegisterAt(row) : null),
		ends: asArchive
	},
	person: {
		rule: 'personal',
		since: (row) =>
			isPerson(row) && (row.state === 'left' || row.state === 'voided') ? row.updatedAt : null,
		ends: [{ years: 1, then: 'erased' }]
	},
	duty: {
		rule: 'archive',
		since: (row) => (isDuty(row) && row.to !== undefined ? Math.max(row.to, row.updatedAt) : null),
		ends: [{ years: 10, then: 'erased' }]
	},
	organisation: null,
	settings: null,
	grids: null,
	erasure: null,
	reveal: null,
	'desk-key': null
};

const keepings: ReadonlyMap<string, Keeping> = new Map(
	Object.entries(retention).flatMap(([family, keeping]) => (keeping ? [[family, keeping]] : []))
);

/** What a record's time has brought about, where that is not so yet. */
export function endDue(row: Row, refs: Refs, now: Instant): End | null {
	const keeping = keepings.get(row.family);
	const since = keeping?.since(row, refs) ?? null;
	if (keeping === undefined || since === null) return null;
	const reached = keeping.ends.filter(({ years }) => endOf(since, years) <= now);
	const due = reached[reached.length - 1]?.then ?? null;
	return due === 'restricted' && row.restrictedAt !== undefined ? null : due;
}

/** The first day on which a term of whole years is over. */
export function endOf(since: Instant, years: number): Instant {
	const year = Number(dayOf(since).slice(0, 4)) + 1 + years;
	return startOfDay(`${String(year).padStart(4, '0')}-01-01`);
}

/** Does time alone end records of this family? */
export function hasTerm(family: string): boolean {
	return keepings.get(family) !== undefined;
}
