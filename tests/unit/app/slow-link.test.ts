/** A first sync over a slow link that is cut twenty times: it goes on where it was, each time. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { slowLink, type LinkOptions } from '../../support/slow-link.ts';
import { COMMUNITY, demand, people } from '../../support/tell.ts';
import { until } from './phone.ts';
import { openPlace, type Place } from './place.ts';

const DEMANDS = 140;
const SLOW = { bytesPerSecond: 1_000_000 };

let place: Place;

beforeEach(async () => {
	place = await openPlace();
	const desk = place.enrolled(people.secretary);
	const long = { description: '字'.repeat(3_000), channel: 'phone' };
	const commits = Array.from({ length: DEMANDS }, (_, n) =>
		desk.commit(demand(`demand-${n}`, long))
	);
	await place.relay.deliver.handIn(commits, { now: Date.now(), device: desk.id });
});
afterEach(() => place.end());

/** Syncs a fresh tablet over a link; answers what came down, and how the count of rows grew. */
async function firstSync(options: LinkOptions) {
	const link = await slowLink(place.relay.port, options);
	place.closes(link);
	const tablet = await place.phoneOf({ person: people.secretary, role: 'communitySecretary' });
	const asked: string[] = [];
	tablet.syncs(link, { onAsked: (path) => asked.push(path), random: () => 0 });
	const counts: number[] = [];
	await until(
		async () => {
			counts.push(await tablet.ask.count({ family: 'demand' })());
			return (await tablet.ask.facts({ orgs: [COMMUNITY] })()).length;
		},
		(facts) => facts === DEMANDS && counts.at(-1) === DEMANDS,
		40_000
	);
	return { link, tablet, asked, counts };
}

test(
	'[R7] a first sync cut twenty times loses little of what came before each cut',
	{ timeout: 60_000 },
	async () => {
		const whole = await firstSync(SLOW);
		const cutAfter = Math.round(whole.link.bytes / 21);
		const cut = await firstSync({ ...SLOW, cutAfter, cuts: 20 });
		expect(cut.link.cuts).toBe(20);
		expect(cut.link.bytes).toBeLessThan(1.3 * whole.link.bytes);
		// A cut finds one ledger on its way, never several.
		const ledgers = cut.asked.flatMap((path) => /^\/api\/ledgers\/([^?]+)/.exec(path)?.[1] ?? []);
		const begun = ledgers.filter((ledger, n) => ledger !== ledgers[n - 1]);
		expect(begun).toEqual([...new Set(begun)]);
		// What was there stays there, and is not asked for again.
		expect(cut.counts).toEqual([...cut.counts].sort((a, b) => a - b));
		const pages = cut.asked.filter((path) => path.startsWith('/api/ledgers/desk/'));
		const from = pages.map((path) => Number(/after=(\d+)/.exec(path)?.[1]));
		expect(from).toEqual([...from].sort((a, b) => a - b));
		expect(await cut.tablet.rows.rows.toArray()).toEqual(await whole.tablet.rows.rows.toArray());
	}
);
