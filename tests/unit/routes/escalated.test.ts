/** The office's page: what is offered is what the judge takes, and what is due first stands first. */
import { expect, test } from 'vitest';
import { isOverdue, type DemandRow } from '#domain/kinds/demand.ts';
import type { Seen } from '#lib/rows/queries.ts';
import {
	escalatedHref,
	lineOf,
	listed,
	statusesOf,
	tabNamed
} from '../../../src/routes/escalated/listing.ts';
import { kindOfOffer, offersFor, type Offer } from '../../../src/routes/escalated/offers.ts';
import {
	accepted,
	COMMUNITY,
	DAY,
	demand,
	DISTRICT,
	foundedWorld,
	HOUR,
	OTHER_COMMUNITY,
	people,
	SUBDISTRICT
} from '../../support/tell.ts';

type World = ReturnType<typeof foundedWorld>;

const officer = { role: 'subdistrictOfficer', org: SUBDISTRICT } as const;
const bodies: Readonly<Record<Offer, Record<string, unknown>>> = {
	amend: { reply: '换了灯泡和开关', reason: '漏写' },
	take: { assignee: people.officer },
	handle: { outcome: 'solved', reply: '已疏通' },
	reassign: { assignee: people.district },
	handBack: { reason: '先问物业' }
};
const roads = {
	accepted: [],
	up: [],
	taken: ['take'],
	handled: ['take', 'handle'],
	'handed back': ['handBack']
} as const satisfies Record<string, readonly Offer[]>;
type Road = keyof typeof roads;

function goesUp(world: World, record: string): void {
	const body = { office: SUBDISTRICT, reason: '超出社区权限' };
	world.says(people.secretary, { kind: 'demand.escalated.v1', record, body });
}

function says(world: World, offer: Offer): string {
	const said = { kind: kindOfOffer[offer], record: 'd-1', body: bodies[offer], org: SUBDISTRICT };
	return world.says(people.officer, said).verdict;
}

function worldAt(road: Road): World {
	const world = foundedWorld();
	world.says(people.member, demand('d-1'));
	world.says(people.secretary, accepted('d-1'));
	if (road !== 'accepted') goesUp(world, 'd-1');
	for (const offer of roads[road]) says(world, offer);
	return world;
}

const roadNames = Object.keys(roads) as Road[];

test.each(roadNames)(
	'what is offered to the office when it is %s is what the judge takes',
	(road) => {
		const offered = offersFor(worldAt(road).row<DemandRow>('d-1'), officer);
		for (const offer of Object.keys(bodies) as Offer[])
			expect([offer, says(worldAt(road), offer) === 'accepted']).toEqual([
				offer,
				offered.includes(offer)
			]);
	}
);

test('nothing is offered to another office, to the district and to the community', () => {
	const row = worldAt('up').row<DemandRow>('d-1');
	expect(offersFor(row, officer)).toEqual(['take', 'handBack']);
	expect(offersFor(row, { ...officer, org: '990102000000' })).toEqual([]);
	expect(offersFor(row, { role: 'districtOfficer', org: DISTRICT })).toEqual([]);
	expect(offersFor(row, { role: 'communitySecretary', org: COMMUNITY })).toEqual([]);
});

const seen = (row: DemandRow): Seen<DemandRow> => ({ row, pending: false, stage: 'folded' });
const all = { tab: 'open', community: '', category: '' } as const;

test('the most urgent stands first, of what is done the last; filters narrow both', () => {
	const base = worldAt('up').row<DemandRow>('d-1');
	const due = (title: string, resolveDueAt: number | undefined, more: Partial<DemandRow> = {}) =>
		seen({ ...base, title, resolveDueAt, ...more });
	const held = [
		due('later', base.createdAt + 9 * DAY),
		due('soon', base.createdAt + DAY, { category: 'road' }),
		due('of no date', undefined, { org: OTHER_COMMUNITY }),
		due('done before', 1, { state: 'handled', updatedAt: 10 }),
		due('done last', 1, { state: 'handled', updatedAt: 20 })
	];
	const titles = (asking: Parameters<typeof listed>[1]) =>
		listed(held, asking).map(({ row }) => row.title);
	expect(titles(all)).toEqual(['of no date', 'soon', 'later']);
	expect(titles({ ...all, tab: 'done' })).toEqual(['done last', 'done before']);
	expect(titles({ ...all, community: OTHER_COMMUNITY })).toEqual(['of no date']);
	expect(titles({ ...all, category: 'road' })).toEqual(['soon']);
});

test('a line says where it came from and when; its tags how late it is and whether it was taken', () => {
	const row = worldAt('up').row<DemandRow>('d-1');
	const late = (row.resolveDueAt ?? 0) + 25 * HOUR;
	const looking = { now: late, amberShare: 0.75 };
	expect(lineOf(row, '梧桐里社区', row.escalatedAt ?? 0)).toBe('梧桐里社区，今天 9:00 上报');
	expect(statusesOf(seen(row), looking).map(({ is, words }) => [is, words])).toEqual([
		['overdue', '办结超期 1 天'],
		['notStarted', '等签收']
	]);
	expect([isOverdue(row, late), isOverdue(row, row.createdAt)]).toEqual([true, false]);
	const taken = worldAt('taken').row<DemandRow>('d-1');
	expect(statusesOf({ ...seen(taken), pending: true }, looking).map(({ is }) => is)).toEqual([
		'overdue',
		'onDevice'
	]);
	expect(isOverdue(worldAt('handled').row('d-1'), late)).toBe(false);
});

test('tabs and addresses bring a reload back to the same demand', () => {
	expect([tabNamed('done'), tabNamed('nonsense')]).toEqual(['done', 'open']);
	expect(escalatedHref('open', 'd-1')).toBe('/escalated?tab=open&record=d-1');
});
