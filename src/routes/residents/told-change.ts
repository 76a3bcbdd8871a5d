/** What the desk tells of a person may be a major change of their household, and then says so in one commit. */
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { MajorChange } from '#domain/kinds/household-changing.ts';
import type { ResidentRow } from '#domain/kinds/resident.ts';
import { DisabilityGrade, Health } from '#domain/kinds/resident-details.ts';
import type { Utterance } from '#lib/app.ts';
import { asksForChange, changeSaid } from '#lib/field/major-change.ts';

export function withChange(
	home: Pick<HouseholdRow, 'record' | 'tier' | 'state'>,
	person: ResidentRow,
	said: readonly Utterance[]
): readonly Utterance[] {
	if (!asksForChange(home)) return said;
	const told = said.flatMap((each) => changeIn(each, person) ?? []);
	return [...said, ...told.map((what) => changeSaid(home.record, what))];
}

/** Only what was known and got worse: a register that is filled in tells of no change. */
function changeIn({ kind, body }: Utterance, before: ResidentRow): MajorChange | null {
	const told = new Map<string, unknown>(Object.entries(body));
	if (kind === 'resident.left.v1') return told.get('why') === 'died' ? 'death' : null;
	if (kind !== 'resident.corrected.v1') return null;
	const isIll = isLater(Health.options, before.health, told.get('health'));
	const isWorse = isLater(
		[...DisabilityGrade.options].reverse(),
		before.disabilityGrade,
		told.get('disabilityGrade')
	);
	return isIll || isWorse ? 'illness' : null;
}

function isLater(scale: readonly string[], before: string | undefined, now: unknown): boolean {
	const [from, to] = [before, now].map((value) => scale.findIndex((each) => each === value));
	return from !== undefined && to !== undefined && from >= 0 && to > from;
}
