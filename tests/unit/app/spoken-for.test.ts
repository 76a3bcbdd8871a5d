/** A member of two communities: one round over both, and each record told to the community it lives in. */
import { expect, test } from 'vitest';
import type { Role } from '#domain/people.ts';
import { spokenFor } from '#lib/outbox/spoken-for.ts';
import type { Utterance } from '#lib/outbox/sign.ts';
import { columnsOf } from '#lib/rows/columns.ts';
import {
	COMMUNITY,
	DAY,
	demand,
	foundedWorld,
	household,
	MORNING,
	OTHER_COMMUNITY,
	people,
	visit,
	type Said
} from '../../support/tell.ts';
import { makePhone } from './phone.ts';

const both = [{ org: COMMUNITY }, { org: OTHER_COMMUNITY }];
const acting = (role: Role, org = COMMUNITY) => ({ duty: { role, org }, duties: both });

/** A door here and a door there, both known to the phone of somebody who goes round at both. */
async function twoRounds() {
	const world = foundedWorld();
	world.says(people.stranger, {
		kind: 'duty.assigned.v1',
		record: 'duty-there',
		org: OTHER_COMMUNITY,
		body: {
			person: people.member,
			displayName: '某member',
			role: 'member',
			at: OTHER_COMMUNITY,
			from: MORNING - DAY
		}
	});
	world.says(people.secretary, household('door-here'));
	world.says(people.stranger, { ...household('door-there'), org: OTHER_COMMUNITY });
	const phone = await makePhone({ person: people.member });
	const knows = async () => {
		for (const row of world.rows.values())
			await phone.rows.rows.put({ ...columnsOf(row), history: '[]', ledgers: ['own'] });
	};
	await knows();
	/** As it is signed by a phone on which the duty here acts. */
	const tells = async (...said: readonly Said[]) => {
		// The tests' records are written as plain text.
		const utterances = said as unknown as readonly Utterance[];
		const meant = await spokenFor(phone, acting('member'), utterances);
		const verdicts = meant.map(({ org = COMMUNITY }, at) => {
			const each = said[at];
			return each && world.says(people.member, { ...each, org }).verdict;
		});
		await knows();
		return verdicts;
	};
	return { phone, world, tells };
}

test('a visit, its demands and what is said of them afterwards are taken where the door is', async () => {
	const { phone, world, tells } = await twoRounds();
	for (const [door, org] of [
		['door-here', COMMUNITY],
		['door-there', OTHER_COMMUNITY]
	] as const) {
		const told = [visit(`v-${door}`, door), demand(`d-${door}`, { household: door })];
		expect(await tells(...told), door).toEqual(['accepted', 'accepted']);
		expect(world.row(`d-${door}`)).toMatchObject({ org });
		const corrected = { changes: '换了电话', reason: '漏写' };
		expect(
			await tells(
				{ kind: 'visit.corrected.v1', record: `v-${door}`, body: corrected },
				{ kind: 'demand.withdrawn.v1', record: `d-${door}`, body: { reason: '自己办好了' } },
				{ kind: 'visit.voided.v1', record: `v-${door}`, body: { reason: '记了两遍' } }
			),
			door
		).toEqual(['accepted', 'accepted', 'accepted']);
	}
	await phone.close();
});

test('what names its community, a desk, and whoever has one duty speak as they did', async () => {
	const { phone } = await twoRounds();
	// As above.
	const there = visit('v-1', 'door-there') as unknown as Utterance;
	const named = { ...there, org: COMMUNITY };
	expect(await spokenFor(phone, acting('member'), [named])).toEqual([named]);
	expect(await spokenFor(phone, acting('communitySecretary'), [there])).toEqual([there]);
	const alone = { ...acting('member'), duties: [{ org: COMMUNITY }] };
	expect(await spokenFor(phone, alone, [there])).toEqual([there]);
	await phone.close();
});
