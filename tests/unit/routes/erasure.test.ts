/** 依法删除 as the screen makes it: what goes, in which order, who stays, and how it is asked once more. */
import { expect, test } from 'vitest';
import { PersonId, RecordId, OrgId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { ErasureRow } from '#domain/kinds/erasure.ts';
import type { HandlingRow } from '#domain/kinds/handling.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { ResidentRow } from '#domain/kinds/resident.ts';
import type { Seen } from '#lib/rows/queries.ts';
import { mayErase } from '#lib/privacy/may-erase.ts';
import {
	countsWords,
	isTyped,
	orderingSays,
	phraseOf
} from '../../../src/routes/privacy/erasure/ordering.ts';
import type { Reach } from '../../../src/routes/privacy/erasure/reach.ts';
import { requestsOf, silentSince } from '../../../src/routes/privacy/erasure/requests.ts';
import {
	accepted,
	COMMUNITY,
	demand,
	foundedWorld,
	household,
	people
} from '../../support/tell.ts';

const world = foundedWorld();
const { secretary } = people;
world.says(secretary, household('door'));
for (const name of ['stays', 'goes'])
	world.says(secretary, {
		kind: 'resident.registered.v1',
		record: name,
		body: { household: 'door', name: `某${name}` }
	});
world.says(secretary, demand('matter', { household: 'door' }));
world.says(secretary, accepted('matter'));
world.says(secretary, {
	kind: 'handling.noted.v1',
	record: 'note',
	body: { demand: 'matter', text: '去看过' }
});
const row = world.row<HouseholdRow>('door');
const matter = world.row<DemandRow>('matter');
const [stays, goes] = ['stays', 'goes'].map((each) => world.row<ResidentRow>(each));
const reach: Reach = {
	subject: { is: 'home', row },
	sure: [matter, ...(stays && goes ? [stays, goes] : []), row],
	maybe: [],
	namedIn: null,
	notes: new Map([[matter.record, [world.row<HandlingRow>('note')]]])
};
const REQUEST = RecordId.parse('request');
let made = 0;
const newRecord = () => RecordId.parse(`made-${(made += 1)}`);

test('[A4] who stays moves to the door registered anew; all else goes, the door last', () => {
	const ordering = { reach, chosen: new Set<string>(), staying: new Set(['stays']) };
	const said = orderingSays(ordering, 'requested', REQUEST, newRecord);
	expect(said.map(({ kind }) => kind)).toEqual([
		'household.registered.v1',
		'resident.moved.v1',
		...Array.from({ length: 4 }, () => 'erasure.ordered.v1')
	]);
	expect(said.slice(2).map(({ body }) => body.of)).toEqual(['note', 'matter', 'goes', 'door']);
	expect(said[0]?.body).not.toHaveProperty('head');
	// The judge takes all of it, and what stays is read through its new door.
	for (const each of said)
		expect(world.says(secretary, each)).toMatchObject({ verdict: 'accepted' });
	expect(world.row<ResidentRow>('stays').household).toBe(said[0]?.record);
});

test('[A4] the phrase is typed as the eye reads it, and nothing else passes', () => {
	const phrase = phraseOf(reach.subject);
	expect(phrase).toBe('3-2-501');
	for (const typed of ['3-2-501', ' 3—2—501 ', '３－２－５０１'])
		expect(isTyped(typed, phrase)).toBe(true);
	for (const typed of ['', '3-2-50', '32501']) expect(isTyped(typed, phrase)).toBe(false);
});

test('[A4] orders of one request are one line; it waits as long as one of them does', () => {
	const order = (record: string, stage: 'waiting' | 'folded', receivedAt: number) => ({
		row: {
			// Of an order the list reads no more than this.
			...{ record, what: 'visit', request: REQUEST, by: PersonId.parse('p'), ground: 'requested' },
			...{ createdAt: 1, receivedAt }
		} as unknown as ErasureRow,
		pending: stage === 'waiting',
		stage
	});
	const seen = [order('a', 'folded', 5), order('b', 'waiting', 9)] satisfies Seen<ErasureRow>[];
	expect(requestsOf(seen)).toMatchObject([{ waits: true, families: ['visit', 'visit'] }]);
	expect(requestsOf(seen.slice(0, 1))).toMatchObject([{ waits: false, erasedAt: 5 }]);
	const device = (lastSeen: number, revokedAt: number | null = null) => ({ lastSeen, revokedAt });
	expect(silentSince([device(4), device(6), device(1, 2)], 5)).toBe(1);
});

test('[A4] counts say what is known and count what is not', () => {
	expect(countsWords(['visit', 'household', 'visit', undefined, 'new'])).toBe(
		'1 户、走访 2 次、其他 2 条'
	);
});

test('[A4] the secretary of the record sees the way to it, nobody else', () => {
	const org = COMMUNITY;
	expect(mayErase({ role: 'communitySecretary', org }, row)).toBe(true);
	expect(mayErase({ role: 'communityWorker', org }, row)).toBe(false);
	expect(mayErase({ role: 'communitySecretary', org: OrgId.parse('other') }, row)).toBe(false);
});
