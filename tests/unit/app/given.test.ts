/** 交我办 on a member's phone: which demands, in which order, and what of their doors is shown. */
import { expect, test } from 'vitest';
import { isDemand, type DemandRow } from '#domain/kinds/demand.ts';
import { defaultSettings } from '#domain/settings.ts';
import { givenLine, givenTo } from '#lib/field/given.ts';
import { demandFacts } from '../../../src/routes/demands/[record]/demand-facts.ts';
import {
	accepted,
	DAY,
	demand,
	foundedWorld,
	HOUR,
	people,
	SUBDISTRICT
} from '../../support/tell.ts';

const me = people.secondMember;
const ofDoor = { place: '梧桐里小区 3栋2单元501', requester: '陈某', phone: '13800000000' };
const answer = { outcome: 'solved', reply: '换了灯泡' };

function world() {
	const told = foundedWorld();
	for (const record of ['late', 'soon', 'up', 'done', 'later-done', 'of-desk', 'of-peer'])
		told.says(people.member, demand(record));
	const gives = (record: string, assignee = me, days = 5) =>
		told.says(
			people.secretary,
			accepted(record, { assignee, resolveDueAt: told.now + days * DAY, ...ofDoor })
		);
	gives('soon', me, 4);
	gives('late', me, 1);
	gives('up');
	gives('of-desk', people.worker);
	gives('of-peer', people.member);
	for (const record of ['done', 'later-done']) {
		gives(record);
		told.later(HOUR).says(me, { kind: 'demand.handled.v1', record, body: answer });
	}
	const body = { office: SUBDISTRICT, reason: '超出社区权限' };
	told.says(people.secretary, { kind: 'demand.escalated.v1', record: 'up', body });
	return told;
}

const seen = (told: ReturnType<typeof world>) =>
	[...told.rows.values()]
		.filter(isDemand)
		.map((row) => ({ row, pending: false, stage: 'folded' as const }));

test('what is due first stands first, what was answered last likewise, and nothing of others', () => {
	const told = world().later(2 * DAY);
	const { open, done, overdue } = givenTo(me, seen(told), told.now);
	const records = (list: typeof open) => list.map(({ row }) => row.record);
	expect([records(open), records(done), overdue]).toEqual([
		['late', 'soon'],
		['later-done', 'done'],
		1
	]);
});

test('a door that the phone does not hold is shown in the words that were told', () => {
	const row = world().row<DemandRow>('soon');
	expect(givenLine(row, undefined)).toBe('陈某，梧桐里小区 3栋2单元501');
	expect(givenLine(row, '三栋')).toBe('陈某，三栋');
	const knowing = { names: new Map(), now: 0, categories: defaultSettings.categories, me };
	const words = demandFacts(row, undefined, knowing).map((fact) => fact.words);
	expect(words).toEqual(expect.arrayContaining(['我', '陈某', '梧桐里小区 3栋2单元501']));
	// A number is masked where it stands, and never among what is simply read.
	expect(words.join()).not.toContain('138');
	expect(demandFacts(row, '三栋', knowing).map((fact) => fact.words)).toContain('三栋');
});
