/** 需要处理: what is named, what can be done, and that nothing said is lost on the way. */
import { expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { laidOver } from '#lib/field/refused.ts';
import type { AttentionItem } from '#lib/outbox/waiting.ts';
import { saidFacts } from '#lib/ui/said-facts.ts';
import { attentionGroups } from '../../../src/routes/attention/attention-groups.ts';
import {
	correctedBody as correctedDemand,
	correctingErrors as demandErrors,
	correctingFrom as demandForm
} from '../../../src/routes/demands/[record]/correcting.ts';
import {
	freshHousehold,
	householdErrors,
	householdSaid,
	mendedHousehold
} from '../../../src/routes/households/new/new-household.ts';
import { draftLine, draftRecord } from '../../../src/routes/me/draft-lines.ts';
import { correctedBody, correctingErrors, correctingFrom } from '#lib/visits/correcting.ts';
import {
	COMMUNITY,
	demand,
	foundedWorld,
	household,
	idFrom,
	MORNING,
	people,
	visit
} from '../../support/tell.ts';

function item(
	number: number,
	said: Partial<AttentionItem> & Pick<AttentionItem, 'kind'>
): AttentionItem {
	return {
		entry: idFrom(number),
		commit: idFrom(100),
		record: RecordId.parse(`r-${number}`),
		org: COMMUNITY,
		at: MORNING,
		verdict: 'refused',
		reason: 'commit-refused',
		body: {},
		row: null,
		...said
	};
}

test('a refused commit is one matter, named by the entry refused for its own sake', () => {
	const items = [
		item(1, { kind: 'visit.recorded.v1' }),
		item(2, {
			kind: 'demand.registered.v1',
			reason: 'no-such-reference',
			action: 'edit-and-resend'
		})
	];
	const [group, ...others] = attentionGroups(items, 'member');
	expect(others).toEqual([]);
	expect(group).toMatchObject({
		reason: 'no-such-reference',
		action: 'edit-and-resend',
		mend: `/visit/new?mend=${idFrom(100)}`,
		look: undefined
	});
	expect(group?.items).toHaveLength(2);
	expect(group?.cause.kind).toBe('demand.registered.v1');
});

test('what had no effect is looked at, not mended', () => {
	const world = foundedWorld();
	world.says(people.member, demand('d-1'));
	const row = world.row<DemandRow>('d-1');
	const noted = item(1, {
		kind: 'demand.withdrawn.v1',
		record: row.record,
		verdict: 'noted',
		reason: 'illegal-transition',
		row
	});
	expect(attentionGroups([noted], 'member')[0]).toMatchObject({
		mend: undefined,
		look: '/demands/d-1'
	});
	expect(attentionGroups([noted], 'communitySecretary')[0]?.look).toBe('/inbox?record=d-1');
	expect(attentionGroups([noted], 'subdistrictOfficer')[0]?.look).toBe('/escalated?record=d-1');
	expect(attentionGroups([noted], 'districtOfficer')[0]?.look).toBeUndefined();
});

test('a refused correction opens on its record, with what was said laid over it', () => {
	const world = foundedWorld();
	world.says(people.member, demand('d-1'));
	const row = world.row<DemandRow>('d-1');
	const refused = item(1, {
		kind: 'demand.corrected.v1',
		record: row.record,
		reason: 'duty-ended',
		body: { title: '灯', description: '三单元的灯也坏了', reason: '写错了' },
		row
	});
	const [group] = attentionGroups([refused], 'member');
	expect(group?.mend).toBe(`/demands/d-1?mend=${idFrom(100)}`);
	expect(attentionGroups([refused], 'communitySecretary')[0]?.mend).toBeUndefined();
	expect(laidOver(demandForm(row), refused)).toEqual({
		...demandForm(row),
		description: '三单元的灯也坏了',
		reason: '写错了'
	});
	expect(laidOver(demandForm(row), null)).toEqual(demandForm(row));
});

test('what was said is shown in words, without what only helps a machine', () => {
	const body = visit('v', 'door', { changes: '摔了一跤', groups: ['livingAlone'], size: 1 }).body;
	const facts = saidFacts(item(1, { kind: 'visit.recorded.v1', body }), {
		names: new Map(),
		now: MORNING
	});
	expect(facts).toEqual([
		{ term: '结果', words: '见到人' },
		{ term: '走访方式', words: '入户' },
		{ term: '家庭变化', words: '摔了一跤' },
		{ term: '人群', words: '独居' },
		{ term: '常住几口人', words: '1 人' }
	]);
});

test.each([
	['3栋2单元501室', '3', '2', '501'],
	['3-2-501', '3', '2', '501'],
	['3－501', '3', '', '501'],
	['501', '', '', '501'],
	['3栋', '3', '', ''],
	['A座', '', '', ''],
	['陈桂香', '', '', ''],
	['wjg', '', '', ''],
	['13800001123', '', '', ''],
	['', '', '', '']
])(
	'a door that was looked for in vain as %j is not typed again',
	(looked, building, unit, room) => {
		const form = freshHousehold(RecordId.parse('new-1'), [], looked);
		expect(form).toMatchObject({ building, unit, room });
	}
);

test('a new door starts in the usual estate, and the judge takes what the form says', () => {
	const world = foundedWorld();
	const form = freshHousehold(RecordId.parse('new-1'), [
		{ estate: '书院里' },
		{ estate: '梧桐里小区' },
		{ estate: '梧桐里小区' }
	]);
	expect(form.estate).toBe('梧桐里小区');
	expect(householdErrors(form).map((error) => error.field)).toEqual(['room']);
	Object.assign(form, { building: ' 3栋', unit: '2', room: '301', head: ' 陈桂香 ', phone: '1x' });
	expect(householdErrors(form).map((error) => error.message)).toEqual(['请写数字的电话号码']);
	form.phone = '';
	const said = householdSaid(form);
	const spoken = { kind: said.kind, record: said.record, body: { ...said.body } };
	expect(world.says(people.member, spoken)).toMatchObject({ verdict: 'accepted' });
	const row = world.row<HouseholdRow>('new-1');
	expect(row).toMatchObject({
		building: '3',
		head: '陈桂香',
		state: 'unconfirmed',
		linkedMember: people.member
	});
	const again = mendedHousehold(item(7, { ...said, body: { ...said.body } }));
	expect(householdSaid(again)).toEqual({ ...said, replaces: idFrom(7) });
});

test('a correction says only what changed, and needs a reason', () => {
	const world = foundedWorld();
	world.says(people.secretary, household('door'));
	world.says(people.member, visit('v-1', 'door', { allWell: true, interviewee: '陈桂香' }));
	const row = world.row<VisitRow>('v-1');
	const form = correctingFrom(row);
	expect(correctedBody(form, correctingFrom(row))).toBeNull();
	expect(correctingErrors(row, form, world.now).map((error) => error.field)).toEqual(['reason']);
	Object.assign(form, { hardships: ' 买菜不方便 ', reason: '漏写了' });
	const body = correctedBody(form, correctingFrom(row));
	expect(body).toEqual({ hardships: '买菜不方便', allWell: false, reason: '漏写了' });
	expect(correctingErrors(row, form, world.now)).toEqual([]);
	const correction = { kind: 'visit.corrected.v1', record: 'v-1', body: body ?? {}, rev: row.n };
	expect(world.says(people.member, correction)).toMatchObject({ verdict: 'accepted' });
	expect(world.row<VisitRow>('v-1')).toMatchObject({ hardships: '买菜不方便', allWell: false });
});

test('new words of a demand bring a new title', () => {
	const world = foundedWorld();
	world.says(people.member, demand('d-1'));
	const row = world.row<DemandRow>('d-1');
	const form = demandForm(row);
	expect(correctedDemand(row, form)).toBeNull();
	Object.assign(form, { description: '三单元的灯也坏了。请修', reason: '写错了单元' });
	expect(correctedDemand(row, form)).toEqual({
		title: '三单元的灯也坏了',
		description: '三单元的灯也坏了。请修',
		reason: '写错了单元'
	});
	form.description = ' ';
	expect(demandErrors(row, form).map((error) => error.field)).toEqual(['description']);
});

test('a draft leads back to its form', () => {
	const world = foundedWorld();
	world.says(people.secretary, household('door'));
	world.says(people.member, demand('d-1'));
	const door = world.row<HouseholdRow>('door');
	const row = world.row<DemandRow>('d-1');
	expect(draftRecord('visit:door')).toBe('door');
	expect(draftRecord('visit:mend-abc')).toBeNull();
	expect(draftLine('visit:door', door, 'member')).toEqual({
		title: `走访：${door.head ?? ''}`,
		href: '/visit/new?household=door'
	});
	expect(draftLine('visit:mend-abc', undefined, 'member').href).toBe('/visit/new?mend=abc');
	expect(draftLine('household:new', undefined, 'member').href).toBe('/households/new');
	expect(draftLine('correct:d-1', row, 'member')).toEqual({
		title: '更正：楼道灯不亮',
		href: '/demands/d-1'
	});
	expect(draftLine('handle:d-1', row, 'communitySecretary').href).toBe('/inbox?record=d-1');
	expect(draftLine('handle:d-1', row, 'subdistrictOfficer').href).toBe('/escalated?record=d-1');
	expect(draftLine('register', undefined, 'communitySecretary').href).toBe('/register');
});
