/** A register that tests tell: doors of one estate, and the desk's commits as the relay would judge them. */
import { expect } from 'vitest';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { gapOf } from '#lib/homes/buildings.ts';
import { foundedWorld, household, people } from './tell.ts';

export function register(codes: readonly string[], body: Record<string, unknown> = {}) {
	const world = foundedWorld();
	for (const code of codes) {
		const [building = '', unit = '', room = ''] = code.split('-');
		const said = household(`door-${code}`);
		world.says(people.secretary, {
			...said,
			body: { ...said.body, building, unit, room, ...body }
		});
	}
	const row = (code: string) => world.row<HouseholdRow>(`door-${code}`);
	const serving = [people.member, people.secondMember];
	const doors = () =>
		codes.map((code) => ({
			row: row(code),
			pending: false,
			stage: 'folded' as const,
			gap: gapOf(row(code), serving)
		}));
	return { world, row, doors };
}

/** Judges a commit as the relay would; every entry must be accepted. */
export function takes(
	world: ReturnType<typeof foundedWorld>,
	said: readonly { readonly kind: string; readonly record: string; readonly body: object }[]
): void {
	for (const { kind, record, body } of said) {
		const judged = world.says(people.secretary, { kind, record, body: { ...body } });
		expect(judged.verdict, kind).toBe('accepted');
	}
}
