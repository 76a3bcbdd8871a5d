/** 与户主关系 of whoever was met, and 常住情况 of the household: asked, said, shown and corrected. */
import { expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { defaultSettings } from '#domain/settings.ts';
import { m } from '#lib/i18n/index.ts';
import { correctedBody, correctingFrom } from '#lib/visits/correcting.ts';
import { visitFacts } from '#lib/visits/visit-facts.ts';
import { answersOf } from '../../../src/routes/visit/new/answers.ts';
import { isShort } from '../../../src/routes/visit/new/short-way.ts';
import { freshVisit, layRelation } from '../../../src/routes/visit/new/visit-draft.ts';
import { visitSaid } from '../../../src/routes/visit/new/visit-said.ts';
import { foundedWorld, household, MORNING, people } from '../../support/tell.ts';

const at = { now: MORNING, draftNo: async () => undefined };

function opened() {
	const world = foundedWorld();
	world.says(people.secretary, household('door'));
	const home = world.row<HouseholdRow>('door');
	const form = freshVisit(home, {
		visit: RecordId.parse('v-1'),
		firstDemand: RecordId.parse('d-1'),
		startedAt: MORNING
	});
	return { world, home, form };
}

test('与户主关系 comes from the register by the name, is asked where it is not known, and is the head’s own', async () => {
	const { home, form } = opened();
	const residents = [{ name: '陈小明', relationToHead: 'child' as const }, { name: '陈桂香' }];
	const told = async () => (await visitSaid(form, home, at))[0]?.body;
	form.met = 'self';
	layRelation(form, residents);
	expect(await told()).toMatchObject({ relation: 'head' });
	form.met = 'other';
	form.interviewee = ' 陈小明 ';
	layRelation(form, residents);
	expect(await told()).toMatchObject({ interviewee: '陈小明', relation: 'child' });
	// What is chosen by hand stays, until somebody else is named.
	form.relation = 'grandchild';
	layRelation(form, residents);
	expect(await told()).toMatchObject({ relation: 'grandchild' });
	form.interviewee = '邻居';
	layRelation(form, residents);
	expect(await told()).not.toHaveProperty('relation');
	form.met = 'notHome';
	expect(await told()).not.toHaveProperty('relation');
});

test('常住情况 is said where it was asked, checked before 上报, and a form without it says nothing', async () => {
	const { world, home, form } = opened();
	form.met = 'self';
	expect((await visitSaid(form, home, at))[0]?.body).not.toHaveProperty('residence');
	form.residence = 'apart';
	expect(isShort({ ...form, allWell: true })).toBe(false);
	const answers = answersOf(form, home, { now: MORNING, rules: defaultSettings });
	expect(answers.find(({ id }) => id === '2')?.words).toContain(m.residence.apart);
	for (const { kind, record, body } of await visitSaid(form, home, at))
		expect(world.says(people.member, { kind, record, body: { ...body } }).verdict).toBe('accepted');
	const row = world.row<VisitRow>('v-1');
	expect(row).toMatchObject({ relation: 'head', residence: 'apart' });
	expect(visitFacts(row, { now: MORNING }).map(({ words }) => words)).toEqual(
		expect.arrayContaining([m.relation.head, m.residence.apart])
	);
	const base = correctingFrom(row);
	expect(
		correctedBody({ ...base, relation: 'spouse', residence: '', reason: '问清了' }, base)
	).toEqual({ relation: 'spouse', residence: null, reason: '问清了' });
});
