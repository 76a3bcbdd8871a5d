/** [E5] What a newer relay says passes an older app by: nothing of it stops the ledger it stands in. */
import { expect, test } from 'vitest';
import { FactBody, type Head } from '#domain/element.ts';
import { RecordId } from '#domain/ids.ts';
import { HandInAnswer, ScopeAnswer } from '#domain/wire.ts';
import { readElements } from '#lib/sync/read-elements.ts';
import { accepted, COMMUNITY, demand, foundedWorld, people } from '../../support/tell.ts';

const world = foundedWorld();
world.says(people.secretary, demand('demand-1'));
world.says(people.secretary, accepted('demand-1'));
const told = world.told.get(RecordId.parse('demand-1')) ?? [];

/** The two elements as they stand in a document, the first with a head as a newer relay writes it. */
function itemsWith(change: (head: Head) => object): unknown[] {
	return told.flatMap(({ head, entry }, at) => {
		const seq = at + 1;
		const newer = at === 0 ? change(head) : {};
		return [{ ...head, ...newer, seq }, [seq, JSON.stringify(entry), '']];
	});
}

test('[E5] a head that says more than is known is read for what is known', () => {
	const items = itemsWith(({ actor, given }) => ({
		since: 7,
		actor: { ...actor, branch: '第一支部' },
		given: { ...given, pointsGiven: 3 }
	}));
	expect(readElements(items, 0).map(({ is }) => is)).toEqual(['entry', 'entry']);
});

test.each<[string, (head: Head) => object]>([
	['a role', ({ actor }) => ({ actor: { ...actor, role: 'guest' } })],
	['a reason', () => ({ verdict: 'noted', reason: 'full' })],
	['a verdict', () => ({ verdict: 'parked' })]
])('[E5] %s that is not known is passed over, and what follows is read', (_what, change) => {
	const [unread, next] = readElements(itemsWith(change), 0);
	expect(unread).toMatchObject({ is: 'unknown', head: { seq: 1 } });
	expect(next).toMatchObject({ is: 'entry', head: { seq: 2 }, entry: { record: 'demand-1' } });
});

const fact = (body: object) => ({
	seq: 1,
	n: 1,
	record: 'a-pseudonym',
	kind: 'fact',
	org: COMMUNITY,
	receivedAt: world.now,
	fact: body,
	chain: '',
	tag: ''
});
const visited = {
	family: 'visit',
	state: 'done',
	date: '2026-11-24',
	outcome: 'met',
	mode: 'home',
	demands: 0
};

test('[E5] a fact of a family that is not known is passed over; one that says more is read', () => {
	expect(readElements([fact({ family: 'need', state: 'open' })], 0)[0]?.is).toBe('unknown');
	expect(readElements([fact({ ...visited, minutes: 12 })], 0)).toMatchObject([
		{ is: 'fact', head: { fact: visited } }
	]);
	// Every family that this version counts is one that it reads.
	const counted = FactBody.options.map(({ shape }) => shape.family.value);
	expect(counted.toSorted()).toEqual(['demand', 'household', 'visit']);
});

test('[E5] a receipt or a scope of a newer relay is no stranger’s page', () => {
	const receipt = { id: null, verdict: 'refused', places: [] };
	const newer = { ...receipt, reason: 'quarter-closed', action: 'wait', since: 7 };
	expect(HandInAnswer.parse({ receipts: [newer], relay: 'newer' }).receipts).toEqual([
		{ ...receipt, reason: 'newer-reason', action: 'update-the-app' }
	]);
	const duty = { role: 'member', org: COMMUNITY, orgName: '梧桐里社区', level: 'community' };
	const scope = {
		person: people.member,
		name: '某某',
		duties: [duty, { ...duty, role: 'guest' }],
		realm: 'realm',
		realmName: '兰桥区',
		demo: false,
		epoch: 'a',
		relayKey: 'x',
		now: world.now,
		hold: {},
		moved: [],
		rebuild: [],
		drop: [],
		quiet: true
	};
	expect(ScopeAnswer.parse(scope).duties).toEqual([duty]);
});
