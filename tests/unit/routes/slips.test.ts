/** Slips for more people than one request makes. */
import { expect, test } from 'vitest';
import { PersonId } from '#domain/ids.ts';
import type { Slip } from '#lib/device/door.ts';
import { SLIPS_AT_ONCE } from '#relay/routes/enrol.ts';
import { makeSlips } from '../../../src/routes/invitations/slips/make-slips.ts';

const people = Array.from({ length: 170 }, (_, at) => PersonId.parse(`p-${at}`));

function slipFor(person: PersonId): Slip {
	return { person, name: '', link: '', code: '', expiresAt: 0, asksPhone: false };
}

test('more than one request makes are asked for in portions, in their order', async () => {
	const asked: number[] = [];
	const told: number[] = [];
	const made = await makeSlips(
		people,
		async (portion) => {
			asked.push(portion.length);
			return { ok: true, value: { slips: portion.map(slipFor) } };
		},
		(count) => told.push(count)
	);
	expect(Math.max(...asked)).toBeLessThanOrEqual(SLIPS_AT_ONCE);
	expect(told).toEqual([80, 160, 170]);
	expect(made.code).toBeNull();
	expect(made.slips.map(({ person }) => person)).toEqual(people);
});

test('what was made before the relay was lost is kept: it is shown only once', async () => {
	let asked = 0;
	const made = await makeSlips(
		people,
		async (portion) => {
			asked += 1;
			return asked === 2
				? { ok: false, code: 'unreachable', status: 0 }
				: { ok: true, value: { slips: portion.map(slipFor) } };
		},
		() => undefined
	);
	expect(made).toMatchObject({ code: 'unreachable' });
	expect(made.slips.map(({ person }) => person)).toEqual(people.slice(0, 80));
});
