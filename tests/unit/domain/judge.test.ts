/** The judge's laws, told as stories over a naive in-memory relay. */
import { expect, test } from 'vitest';
import { parseEntry, ENTRY_BYTES } from '#domain/entry.ts';
import { judge } from '#domain/judge.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { defaultSettings } from '#domain/settings.ts';
import {
	accepted,
	COMMUNITY,
	DAY,
	demand,
	DISTRICT,
	foundedWorld,
	HOUR,
	household,
	MORNING,
	people,
	SUBDISTRICT,
	visit
} from '../../support/tell.ts';

const TEN_YEARS = 10 * 365 * DAY;

function worldWithDoor() {
	const world = foundedWorld();
	world.says(people.secretary, household('door-1'));
	return world;
}

test('[J1] the same entry, actors, refs, settings and receipt give the same verdict', () => {
	const world = worldWithDoor();
	const entry = world.entry(people.member, visit('visit-1', 'door-1'));
	const actor = { person: people.member, role: 'member', org: COMMUNITY } as const;
	const received = { at: MORNING, offset: 0 };
	const first = judge(entry, [actor], world.rows, defaultSettings, received);
	const second = judge(entry, [actor], new Map(world.rows), defaultSettings, received);
	expect(first.verdict).toBe('accepted');
	expect(second).toEqual(first);
});

test('[J1] a family names at most 20 records its judge reads', () => {
	const world = worldWithDoor();
	const judgement = world.says(people.member, visit('visit-1', 'door-unknown'));
	expect(judgement).toMatchObject({ verdict: 'refused', reason: 'no-such-reference' });
});

test('[J2] what is not allowed is refused with a reason and an action, and enters no ledger', () => {
	const world = worldWithDoor();
	world.says(people.member, demand('demand-1'));
	const before = JSON.stringify([...world.ledgers]);
	const judgement = world.says(people.member, accepted('demand-1'));
	expect(judgement).toEqual({
		verdict: 'refused',
		reason: 'not-allowed',
		action: 'ask-the-desk'
	});
	expect(JSON.stringify([...world.ledgers])).toBe(before);
});

test('[J2] a desk of another community decides nothing here', () => {
	const world = worldWithDoor();
	world.says(people.member, demand('demand-1'));
	expect(world.says(people.stranger, { ...accepted('demand-1'), org: COMMUNITY })).toMatchObject({
		verdict: 'refused',
		reason: 'no-duty'
	});
});

test('[J3] a second acceptance is noted: in the ledger, in the history, without effect', () => {
	const world = worldWithDoor();
	world.says(people.member, demand('demand-1'));
	world.says(people.secretary, accepted('demand-1'));
	const late = world.says(people.worker, accepted('demand-1', { assignee: people.secretary }));
	expect(late).toMatchObject({ verdict: 'noted', reason: 'illegal-transition' });
	const row = world.row<DemandRow>('demand-1');
	expect(row.assignee).toBe(people.worker);
	expect(row.n).toBe(3);
	expect(world.history.at(-1)).toMatchObject({ verdict: 'noted', changes: [] });
	expect(world.ledgers.get(`desk/${COMMUNITY}/2026Q4`)).toHaveLength(3);
});

test('[J4] the actor is frozen in the head: a duty ended later rewrites nothing', () => {
	const world = worldWithDoor();
	world.says(people.member, demand('demand-1'));
	world.says(people.secretary, {
		kind: 'duty.ended.v1',
		record: `duty-${people.member}`,
		body: { to: world.now + HOUR, reason: '调离' }
	});
	world.later(2 * HOUR);
	const head = world.ledgers.get(`desk/${COMMUNITY}/2026Q4`)?.[0]?.head;
	expect(head?.actor).toEqual({ person: people.member, role: 'member', org: COMMUNITY });
});

test('[J7] due moments and the number are fixed when judged; a later setting touches later ones only', () => {
	const world = worldWithDoor();
	world.says(people.member, demand('demand-1'));
	const before = world.row<DemandRow>('demand-1');
	world.says(people.district, {
		kind: 'settings.changed.v1',
		record: 'settings',
		org: DISTRICT,
		body: {
			from: '2026-11-24',
			reason: '区委要求',
			values: {
				deadlines: {
					...defaultSettings.deadlines,
					request: { sign: { unit: 'hours', n: 1 }, resolve: { unit: 'days', n: 1 } }
				}
			}
		}
	});
	world.says(people.member, demand('demand-2'));
	expect(world.row<DemandRow>('demand-1').resolveDueAt).toBe(before.resolveDueAt);
	expect(world.row<DemandRow>('demand-2').signDueAt).toBe(MORNING + HOUR);
	expect(before.no).toBe('1000-SQ-2026Q4-0001');
	expect(world.row<DemandRow>('demand-2').no).toBe('1000-SQ-2026Q4-0002');
});

test('[J7] a setting may not take effect before its receipt', () => {
	const world = worldWithDoor();
	world.says(people.district, {
		kind: 'settings.changed.v1',
		record: 'settings',
		org: DISTRICT,
		body: { from: '2026-11-24', values: { amberShare: 0.5 }, reason: '区委要求' }
	});
	expect(
		world.says(people.district, {
			kind: 'settings.changed.v1',
			record: 'settings',
			org: DISTRICT,
			body: { from: '2026-11-23', values: { amberShare: 0.6 }, reason: '区委要求' }
		})
	).toMatchObject({ verdict: 'noted', reason: 'contradiction' });
});

test.each([TEN_YEARS, -TEN_YEARS])(
	'[E3] a clock %i ms off blocks nothing, is named, and moves no deadline',
	(wrong) => {
		const world = worldWithDoor();
		world.offset = -wrong;
		const judgement = world.says(people.member, { ...demand('demand-1'), at: MORNING + wrong });
		expect(judgement.verdict).toBe('accepted');
		const row = world.row<DemandRow>('demand-1');
		expect(row.clockOff).toBe(true);
		expect(row.createdAt).toBe(MORNING);
		expect(row.period).toBe('2026Q4');
		const straight = foundedWorld();
		straight.says(people.member, demand('demand-1'));
		expect(row.resolveDueAt).toBe(straight.row<DemandRow>('demand-1').resolveDueAt);
	}
);

test('[E3] ten minutes off is still a right clock', () => {
	const world = worldWithDoor();
	world.offset = 10 * 60_000;
	world.says(people.member, { ...demand('demand-1'), at: MORNING - 10 * 60_000 });
	expect(world.row<DemandRow>('demand-1').clockOff).toBeUndefined();
});

test('[E4] two corrections of one field that did not see each other make a conflict', () => {
	const world = worldWithDoor();
	world.says(people.member, visit('visit-1', 'door-1', { interviewee: '甲' }));
	const correction = (interviewee: string, device: string, rev: number) => ({
		kind: 'visit.corrected.v1',
		record: 'visit-1',
		device,
		rev,
		body: { interviewee, reason: '写错了' }
	});
	world.says(people.member, correction('乙', 'phone-1', 1));
	world.says(people.secretary, correction('丙', 'tablet-1', 1));
	const row = world.row<VisitRow>('visit-1');
	expect(row.interviewee).toBe('丙');
	expect(row.conflicts).toMatchObject([{ field: 'interviewee', stands: '丙', other: '乙' }]);

	const settling = {
		kind: 'visit.corrected.v1',
		record: 'visit-1',
		body: { interviewee: '乙', reason: '问过了', settles: ['interviewee'] }
	};
	expect(world.says(people.member, settling)).toMatchObject({
		verdict: 'refused',
		reason: 'not-allowed'
	});
	world.says(people.secretary, { ...settling, device: 'tablet-1' });
	expect(world.row<VisitRow>('visit-1').conflicts).toBeUndefined();
});

test('[E4] corrections of different fields, or that saw each other, or of one device, are none', () => {
	const world = worldWithDoor();
	world.says(people.member, visit('visit-1', 'door-1'));
	const correction = (body: Record<string, unknown>, device: string, rev: number) =>
		world.says(people.member, {
			kind: 'visit.corrected.v1',
			record: 'visit-1',
			device,
			rev,
			body: { reason: '补充', ...body }
		});
	correction({ interviewee: '甲' }, 'phone-1', 1);
	correction({ changes: '搬来一人' }, 'phone-2', 1);
	correction({ interviewee: '乙' }, 'phone-2', 3);
	correction({ interviewee: '丙' }, 'phone-2', 1);
	expect(world.row<VisitRow>('visit-1').conflicts).toBeUndefined();
});

test('[E5] an unknown kind is answered later, not refused', () => {
	const world = worldWithDoor();
	expect(
		world.says(people.member, { kind: 'wish.collected.v9', record: 'wish-1', body: {} })
	).toEqual({ verdict: 'later', reason: 'unknown-kind', action: 'try-later' });
});

const envelope = JSON.stringify(
	foundedWorld().entry(people.member, visit('visit-1', 'door-1', { demands: [] }))
);

test.each([
	['not json', '{'],
	['an extra field', envelope.replace('"v":1', '"v":1,"w":2')],
	['a missing salt', envelope.replace(/,"salt":"[^"]*"/, '')],
	['a prototype key', envelope.replace('"body":{', '"body":{"__proto__":{},')],
	['a constructor key', envelope.replace('"body":{', '"body":{"constructor":1,')],
	[
		'a body nested 10 deep',
		envelope.replace('"body":{', `"body":{"x":${'['.repeat(9)}${']'.repeat(9)},`)
	],
	['a lone surrogate', envelope.replace('"met"', '"\\ud800"')],
	['an id of version 4', envelope.replace(/-7000-/g, '-4000-')],
	['a place outside its commit', envelope.replace('"i":0,"of":1', '"i":1,"of":1')]
])('[E6] parsing is strict: %s', (_what, text) => {
	expect(parseEntry(envelope).ok).toBe(true);
	expect(parseEntry(text)).toEqual({ ok: false, reason: 'malformed' });
});

test('[E6] an entry has at most 32 KiB of UTF-8', () => {
	const filled = (bytes: number) =>
		envelope.replace('"body":{', `"body":{"x":"${'a'.repeat(bytes - envelope.length - 7)}",`);
	expect(new TextEncoder().encode(filled(ENTRY_BYTES)).length).toBe(ENTRY_BYTES);
	expect(parseEntry(filled(ENTRY_BYTES)).ok).toBe(true);
	expect(parseEntry(filled(ENTRY_BYTES + 1))).toEqual({ ok: false, reason: 'too-large' });
	expect(parseEntry(envelope.replace('"body":{', `"body":{"x":"${'灯'.repeat(11_000)}",`))).toEqual(
		{
			ok: false,
			reason: 'too-large'
		}
	);
});

test('[E6] a body is parsed strictly by its kind', () => {
	const world = worldWithDoor();
	expect(world.says(people.member, visit('visit-1', 'door-1', { mood: 'good' }))).toMatchObject({
		verdict: 'refused',
		reason: 'malformed'
	});
});

test.each([
	['ten years ahead', TEN_YEARS],
	['ten years behind', -TEN_YEARS]
])(
	'[E3] a clock %s that was put right before the hand-in is still a wrong clock',
	(_words, wrong) => {
		const world = worldWithDoor();
		world.says(people.member, { ...demand('demand-1'), at: MORNING + wrong });
		expect(world.row<DemandRow>('demand-1')).toMatchObject({ clockOff: true, createdAt: MORNING });
		const straight = foundedWorld();
		straight.says(people.member, demand('demand-1'));
		expect(world.row<DemandRow>('demand-1').resolveDueAt).toBe(
			straight.row<DemandRow>('demand-1').resolveDueAt
		);
	}
);

test('[E3] a month without network is no wrong clock', () => {
	const world = worldWithDoor();
	world.says(people.member, { ...demand('demand-1'), at: MORNING - 30 * DAY });
	expect(world.row<DemandRow>('demand-1')).toMatchObject({ createdAt: MORNING - 30 * DAY });
	expect(world.row<DemandRow>('demand-1').clockOff).toBeUndefined();
});

const givers = {
	member: [],
	communityWorker: ['member', 'volunteer'],
	communitySecretary: ['member', 'volunteer', 'communityWorker'],
	subdistrictOfficer: ['member', 'volunteer', 'communityWorker', 'communitySecretary']
} as const;
const given = ['member', 'volunteer', 'communityWorker', 'communitySecretary'] as const;
const byRole = {
	member: people.member,
	communityWorker: people.worker,
	communitySecretary: people.secretary,
	subdistrictOfficer: people.officer
} as const;

test.each(
	(['member', 'communityWorker', 'communitySecretary', 'subdistrictOfficer'] as const).flatMap(
		(by) => given.map((role) => [by, role, givers[by].some((each) => each === role)] as const)
	)
)('[J2] %s gives the duty of %s in the community: %s', (by, role, allowed) => {
	const world = worldWithDoor();
	const judgement = world.says(byRole[by], {
		kind: 'duty.assigned.v1',
		record: 'duty-new',
		org: by === 'subdistrictOfficer' ? SUBDISTRICT : COMMUNITY,
		body: { person: byRole[by], displayName: '某', role, at: COMMUNITY, from: MORNING }
	});
	expect(judgement.verdict).toBe(allowed ? 'accepted' : 'refused');
});

test('[A2] only a desk brings back what a desk took out, and it stays out of the ledgers of others', () => {
	const world = worldWithDoor();
	const imported = demand('demand-1', { channel: 'import', sourceNo: 'A-1' });
	world.says(people.secretary, imported);
	world.says(people.secretary, {
		kind: 'demand.voided.v1',
		record: 'demand-1',
		body: { reason: '撤销导入' }
	});
	expect(world.says(people.member, imported)).toMatchObject({
		verdict: 'refused',
		reason: 'already-exists'
	});
	expect(world.says(people.worker, imported).verdict).toBe('accepted');
	expect(world.row<DemandRow>('demand-1')).toMatchObject({
		state: 'registered',
		raisedBy: people.secretary
	});
	expect([...world.ledgers.keys()].some((name) => name.startsWith('member/p-member/'))).toBe(true);
	expect(
		[...world.ledgers].filter(([, elements]) => elements.some((e) => e.head.record === 'demand-1'))
	).toHaveLength(1);
});

test('[J2] words about a record of others that the author has no part in enter no ledger', () => {
	const world = worldWithDoor();
	world.says(people.member, visit('visit-1', 'door-1'));
	const before = world.ledgers.get(`desk/${COMMUNITY}/2026Q4`)?.length;
	expect(world.says(people.secondMember, visit('visit-1', 'door-1'))).toMatchObject({
		verdict: 'refused',
		reason: 'already-exists'
	});
	expect(world.says(people.member, visit('visit-1', 'door-1')).verdict).toBe('noted');
	expect(world.ledgers.get(`desk/${COMMUNITY}/2026Q4`)).toHaveLength((before ?? 0) + 1);
});
