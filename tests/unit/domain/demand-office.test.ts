/** 上报办事处: what goes up and what comes back, who may say it, and what has no effect meanwhile. */
import { expect, test } from 'vitest';
import { FactBody } from '#domain/element.ts';
import { figures } from '#domain/figures.ts';
import type { Judgement } from '#domain/judge.ts';
import { demand as family, type DemandRow } from '#domain/kinds/demand.ts';
import { draft } from '#domain/kinds/draft.ts';
import { endDue } from '#domain/retention.ts';
import {
	accepted,
	COMMUNITY,
	DAY,
	demand,
	DISTRICT,
	foundedWorld,
	HOUR,
	people,
	SUBDISTRICT
} from '../../support/tell.ts';

type World = ReturnType<typeof foundedWorld>;
type Person = keyof typeof people;

const reason = '超出社区权限';
const atOffice = { org: SUBDISTRICT };
const sayings = {
	accept: [people.secretary, accepted('d-1')],
	up: [people.secretary, { kind: 'demand.escalated.v1', body: { office: SUBDISTRICT, reason } }],
	take: [
		people.officer,
		{ kind: 'demand.taken.v1', body: { assignee: people.officer }, ...atOffice }
	],
	reassign: [
		people.officer,
		{ kind: 'demand.reassigned.v1', body: { assignee: people.district }, ...atOffice }
	],
	back: [
		people.officer,
		{ kind: 'demand.handed-back.v1', body: { reason: '先问物业' }, ...atOffice }
	],
	answer: [
		people.officer,
		{ kind: 'demand.handled.v1', body: { outcome: 'solved', reply: '已疏通' }, ...atOffice }
	],
	handle: [
		people.worker,
		{ kind: 'demand.handled.v1', body: { outcome: 'solved', reply: '已疏通' } }
	],
	correct: [people.secretary, { kind: 'demand.corrected.v1', body: { title: '改题', reason } }],
	correctOwn: [people.member, { kind: 'demand.corrected.v1', body: { title: '改题', reason } }],
	merge: [people.secretary, { kind: 'demand.merged.v1', body: { into: 'd-2' } }],
	decline: [
		people.secretary,
		{ kind: 'demand.declined.v1', body: { code: 'secret', reply: '不办' } }
	],
	withdraw: [people.member, { kind: 'demand.withdrawn.v1', body: { reason } }],
	void: [people.secretary, { kind: 'demand.voided.v1', body: { reason } }]
} as const;
type Saying = keyof typeof sayings;

function worldAfter(...told: readonly Saying[]): World {
	const world = foundedWorld();
	world.says(people.member, demand('d-1'));
	world.says(people.member, demand('d-2'));
	for (const saying of told)
		expect([saying, says(world.later(HOUR), saying).verdict]).toEqual([saying, 'accepted']);
	return world;
}

function says(world: World, saying: Saying, as?: Person): Judgement {
	const [person, said] = sayings[saying];
	return world.says(as === undefined ? person : people[as], { ...said, record: 'd-1' });
}

const row = (world: World) => world.row<DemandRow>('d-1');
const office = `office/${SUBDISTRICT}/2026Q4`;
const told = (world: World, ledger: string) =>
	(world.ledgers.get(ledger) ?? []).filter(({ head }) => head.record === 'd-1');

test('[A1] [A2] a demand goes up whole, and only from then on; who read it before goes on reading it', () => {
	const world = worldAfter('accept');
	expect(world.ledgers.get(office)).toBeUndefined();
	says(world, 'up');
	expect(told(world, office).map(({ head }) => [head.n, head.kind])).toEqual([
		[1, 'demand.registered.v1'],
		[2, 'demand.accepted.v1'],
		[3, 'demand.escalated.v1']
	]);
	for (const ledger of [`desk/${COMMUNITY}/2026Q4`, `member/${people.member}/${COMMUNITY}/2026Q4`])
		expect(told(world, ledger)).toHaveLength(3);
	expect(row(world)).toMatchObject({
		state: 'escalatedSub',
		office: SUBDISTRICT,
		escalatedAt: world.now,
		escalatedWhy: reason
	});
});

test('it goes to the sub-district of its community and nowhere else, accepted and not before', () => {
	const world = worldAfter();
	const up = (body: Record<string, unknown>) =>
		world.says(people.secretary, { kind: 'demand.escalated.v1', record: 'd-1', body });
	expect(up({ office: SUBDISTRICT, reason })).toMatchObject({
		verdict: 'noted',
		reason: 'illegal-transition'
	});
	says(world, 'accept');
	for (const wrong of [DISTRICT, COMMUNITY])
		expect(up({ office: wrong, reason })).toMatchObject({
			verdict: 'refused',
			reason: 'contradiction'
		});
	expect(up({ office: '990199000000', reason })).toMatchObject({ reason: 'no-such-reference' });
	expect(up({ office: SUBDISTRICT, reason: '' })).toMatchObject({ reason: 'malformed' });
});

test('what only the register of doors says stands beside the demand’s own words, while the office has it', () => {
	const said = { place: '梧桐里小区 3栋2单元301，电梯口', requester: '陈某', phone: '13800000000' };
	const body = { office: SUBDISTRICT, reason, ...said };
	const world = foundedWorld();
	world.says(people.member, demand('d-1', { place: '电梯口' }));
	says(world, 'accept');
	world.says(people.secretary, { kind: 'demand.escalated.v1', record: 'd-1', body });
	expect(row(world)).toMatchObject({
		place: '电梯口',
		escalatedPlace: said.place,
		escalatedRequester: said.requester,
		escalatedPhone: said.phone
	});
	says(world, 'back');
	expect(JSON.stringify(row(world))).not.toMatch(/301|陈某|138/);
	expect(row(world).place).toBe('电梯口');
});

test('the office takes it once, gives it to another of its people, and answers it', () => {
	const world = worldAfter('accept', 'up');
	expect(says(world, 'answer')).toMatchObject({ verdict: 'noted', reason: 'illegal-transition' });
	expect(says(world, 'reassign')).toMatchObject({ verdict: 'noted', reason: 'illegal-transition' });
	expect(says(world, 'take').verdict).toBe('accepted');
	expect(says(world, 'take')).toMatchObject({ verdict: 'noted', reason: 'illegal-transition' });
	expect(row(world)).toMatchObject({ takenAt: world.now, officeAssignee: people.officer });
	expect(row(world).assignee).toBe(people.worker);
	expect(says(world, 'reassign').verdict).toBe('accepted');
	expect(says(world, 'reassign')).toMatchObject({ reason: 'nothing-changed' });
	expect(row(world).officeAssignee).toBe(people.district);
	expect(says(world, 'answer').verdict).toBe('accepted');
	expect(row(world)).toMatchObject({ state: 'handled', outcome: 'solved', reply: '已疏通' });
	expect(says(world, 'answer')).toMatchObject({ verdict: 'noted', reason: 'illegal-transition' });
	expect(row(world).steps.map(({ state, by }) => [state, by])).toEqual([
		['registered', people.member],
		['accepted', people.secretary],
		['escalatedSub', people.secretary],
		['taken', people.officer],
		['handled', people.officer]
	]);
	// What it answered stays with it.
	expect(world.readers.get(row(world).record)).toContain(office);
});

test('[A5] handed back it is the community’s again, due as before, and no longer in the office’s ledger', () => {
	const world = worldAfter('accept');
	const before = row(world);
	for (const saying of ['up', 'take', 'back'] as const) says(world, saying);
	expect(row(world)).toMatchObject({
		state: 'accepted',
		assignee: before.assignee,
		resolveDueAt: before.resolveDueAt,
		handedBackWhy: '先问物业'
	});
	expect(row(world).office).toBeUndefined();
	expect(row(world).officeAssignee).toBeUndefined();
	expect(row(world).steps.slice(-1)).toMatchObject([{ state: 'handedBack', by: people.officer }]);
	expect(world.readers.get(row(world).record)).not.toContain(office);
	for (const saying of ['take', 'answer', 'back', 'reassign'] as const)
		expect([saying, says(world, saying)]).toMatchObject([
			saying,
			{ verdict: 'refused', reason: 'other-organisation' }
		]);
	expect(says(world, 'handle').verdict).toBe('accepted');
});

test('it may go up again, and comes to the office with all that was before', () => {
	const world = worldAfter('accept', 'up', 'take', 'back', 'up');
	expect(row(world).takenAt).toBeUndefined();
	expect(row(world).handedBackWhy).toBeUndefined();
	expect(
		told(world, office)
			.slice(-6)
			.map(({ head }) => head.n)
	).toEqual([1, 2, 3, 4, 5, 6]);
	expect(says(world, 'take').verdict).toBe('accepted');
});

test.each([
	'handle',
	'correct',
	'correctOwn',
	'merge',
	'decline',
	'withdraw',
	'void',
	'up',
	'accept'
] as const)(
	'[J3] while the office has it, %s by the community is noted and moves nothing',
	(saying) => {
		for (const state of [['up'], ['up', 'take']] as const) {
			const world = worldAfter('accept', ...state);
			const before = row(world);
			expect(says(world, saying)).toMatchObject({
				verdict: 'noted',
				reason: 'illegal-transition'
			});
			expect(row(world)).toEqual({ ...before, n: before.n + 1 });
		}
	}
);

test('once the office has answered it, the community keeps it as its own: it corrects and voids it', () => {
	const world = worldAfter('accept', 'up', 'take', 'answer', 'correct');
	expect(row(world).title).toBe('改题');
	expect(says(world, 'void').verdict).toBe('accepted');
	expect(world.readers.get(row(world).record)).toContain(office);
});

test('another demand may be merged into one that the office has', () => {
	const world = worldAfter('accept', 'up');
	const merged = { kind: 'demand.merged.v1', record: 'd-2', body: { into: 'd-1' } };
	expect(world.says(people.secretary, merged).verdict).toBe('accepted');
});

test('notes of the desk stay with the desk, and may be taken while the office has it', () => {
	const world = worldAfter('accept', 'up');
	const note = { kind: 'handling.noted.v1', record: 'n-1', body: { demand: 'd-1', text: '问过' } };
	expect(world.says(people.worker, note).verdict).toBe('accepted');
	const holding = [...world.ledgers].filter(([, all]) =>
		all.some(({ head }) => head.record === 'n-1')
	);
	expect(holding.map(([name]) => name)).toEqual([`desk/${COMMUNITY}/2026Q4`]);
});

test('the reply that the desk began together stays open meanwhile, and ends with the office’s answer', () => {
	const isOpen = (...told: readonly Saying[]) => {
		const world = worldAfter(...told);
		world.says(people.worker, {
			kind: 'draft.opened.v1',
			record: 'reply-d-1',
			body: { of: 'd-1' }
		});
		return draft.shared?.(world.row('reply-d-1'), world.rows);
	};
	expect(isOpen('accept', 'up', 'take')).toBe('open');
	expect(isOpen('accept', 'up', 'back')).toBe('open');
	expect(isOpen('accept', 'up', 'take', 'answer')).toBe('frozen');
});

test('[A3] its fact says that the office has it and that it answered it, and figures count both', () => {
	const span = { from: '2026-10-01', to: '2026-12-31' };
	const count = (world: World) => {
		const fact = FactBody.parse(family.fact?.(row(world)));
		expect(JSON.stringify(fact)).not.toContain(reason);
		return figures([{ record: 'd-1', fact }], span, world.now);
	};
	const up = count(worldAfter('accept', 'up'));
	expect(up).toMatchObject({ open: 1, escalated: 1, closed: 0, closedAbove: 0 });
	expect(up.demands).toMatchObject({ escalatedSub: 1, accepted: 0 });
	const late = worldAfter('accept', 'up').later(30 * DAY);
	expect(count(late)).toMatchObject({ resolveOverdue: 1 });
	expect(count(worldAfter('accept', 'up', 'take', 'answer'))).toMatchObject({
		open: 0,
		escalated: 0,
		closed: 1,
		closedAbove: 1
	});
	expect(count(worldAfter('accept', 'up', 'back'))).toMatchObject({ open: 1, escalated: 0 });
	expect(count(worldAfter('accept', 'handle'))).toMatchObject({ closed: 1, closedAbove: 0 });
});

test('[A4] what the office has does not age; what it answered does', () => {
	const years = 12 * 366 * DAY;
	const at = (world: World) => endDue(row(world), new Map(), world.now + years);
	expect(at(worldAfter('accept', 'up', 'take'))).toBeNull();
	expect(at(worldAfter('accept', 'up', 'take', 'answer'))).toBe('erased');
});
