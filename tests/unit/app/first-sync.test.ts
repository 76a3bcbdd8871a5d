/** The first sync of a large ledger: in pages, then live; what is said meanwhile does not wait for it. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readStatus } from '#lib/sync/sync-status.ts';
import type { TestDevice } from '../../support/device.ts';
import { demand, people } from '../../support/tell.ts';
import { until, type Phone } from './phone.ts';
import { openPlace, type Place } from './place.ts';

let place: Place;
let desk: TestDevice;
let tablet: Phone;

beforeEach(async () => {
	place = await openPlace();
	desk = place.enrolled(people.secretary);
	const commits = Array.from({ length: 450 }, (_, n) => desk.commit(demand(`demand-${n}`)));
	await place.relay.deliver.handIn(commits, { now: Date.now(), device: desk.id });
	tablet = await place.phoneOf({ person: people.secretary, role: 'communitySecretary' });
});
afterEach(() => place.end());

const count = () => tablet.ask.count({ family: 'demand' })();

test('[R7] a large ledger comes in pages, and goes on live over the socket from where they ended', async () => {
	const asked: string[] = [];
	const sync = tablet.syncs(place.relay, { onAsked: (path) => asked.push(path) });
	await until(count, (n) => n === 450, 15_000);
	expect(asked.filter((path) => path.startsWith('/api/ledgers/desk/'))).not.toHaveLength(0);
	await until(
		() => readStatus(tablet.rows),
		({ net, progress }) => net === 'online' && progress === null
	);
	const before = asked.length;
	await desk.says(place.relay.url, demand('demand-live'));
	await until(count, (n) => n === 451);
	expect(asked.slice(before).filter((path) => path.includes('/ledgers/'))).toEqual([]);
	// What is stored is whole: rows built from it alone are the same.
	await sync.stop();
	const rows = await tablet.rows.rows.toArray();
	await tablet.rows.delete();
	await tablet.rows.open();
	tablet.syncs(place.relay, { fetch: () => Promise.reject(new TypeError('no network')) });
	await until(
		() => tablet.rows.meta.get('built'),
		(built) => built !== undefined,
		15_000
	);
	expect(await tablet.rows.rows.toArray()).toEqual(rows);
});

test('[O4] what is said during a long first sync is handed in before that ends', async () => {
	let isHeld = true;
	const answered: string[] = [];
	tablet.syncs(place.relay, {
		async onAsked(path) {
			if (path.startsWith('/api/ledgers/desk/') && path.includes('after=60'))
				while (isHeld) await new Promise((resolve) => setTimeout(resolve, 10));
			answered.push(path);
		}
	});
	await until(count, (n) => n > 0);
	await tablet.says([demand('demand-mine')]);
	await until(
		() => tablet.ask.waiting()(),
		([item]) => item?.stage === 'received'
	);
	expect(answered.some((path) => path.includes('after=60'))).toBe(false);
	isHeld = false;
	await until(count, (n) => n === 451, 15_000);
	await until(
		() => tablet.device.outbox.count(),
		(n) => n === 0
	);
});
