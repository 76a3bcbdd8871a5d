/** How little a sync costs where nothing moved, and that it needs no socket. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RecordId } from '#domain/ids.ts';
import type { Fetch } from '#lib/device/relay.ts';
import type { TestDevice } from '../../support/device.ts';
import { demand, household, people } from '../../support/tell.ts';
import { until } from './phone.ts';
import { openPlace, type Place } from './place.ts';

let place: Place;
let desk: TestDevice;

beforeEach(async () => {
	place = await openPlace();
	desk = place.enrolled(people.secretary);
	await desk.says(place.relay.url, household('door-1'));
});
afterEach(() => place.end());

const secretary = { person: people.secretary, role: 'communitySecretary' } as const;

test('[R7] a network that cuts sockets is no hindrance: pages bring the same', async () => {
	for (let n = 0; n < 30; n++) await desk.says(place.relay.url, demand(`demand-${n}`));
	const plain = await place.phoneOf(secretary);
	const tablet = await place.phoneOf(secretary);
	plain.syncs(place.relay, { noSockets: true });
	tablet.syncs(place.relay);
	for (const each of [plain, tablet])
		await until(
			() => each.ask.count({ family: 'demand' })(),
			(n) => n === 30,
			15_000
		);
	expect((await plain.rows.rows.toArray()).map(({ row }) => row)).toEqual(
		(await tablet.rows.rows.toArray()).map(({ row }) => row)
	);
	await plain.says([demand('demand-mine')]);
	await until(
		() => plain.device.outbox.count(),
		(n) => n === 0,
		15_000
	);
});

test('[R7] who comes back and finds nothing moved learns so in few bytes, else in full', async () => {
	const tablet = await place.phoneOf(secretary);
	const cookie = `lxq=${tablet.speaker.signer.device}`;
	const said: string[] = [];
	const fetch: Fetch = async (path, init) => {
		const response = await globalThis.fetch(place.relay.url + path, {
			...init,
			headers: { ...init?.headers, cookie }
		});
		if (path === '/api/scope') said.push(`${String(init?.body)}${await response.clone().text()}`);
		return response;
	};
	/** What it asked until it held all that is there. */
	const comesBack = async (): Promise<readonly string[]> => {
		said.length = 0;
		const { hold } = await desk.scope(place.relay.url);
		const syncing = tablet.syncs(place.relay, { fetch });
		await until(
			async () => (await tablet.rows.ledgers.toArray()).map(({ ledger, seq }) => [ledger, seq]),
			(marks) =>
				said.length > 0 &&
				JSON.stringify(marks.toSorted()) ===
					JSON.stringify(
						Object.entries(hold)
							.map(([ledger, { seq }]) => [ledger, seq])
							.toSorted()
					),
			15_000
		);
		await syncing.stop();
		return said;
	};
	const [whole] = await comesBack();
	expect(whole).toContain('"hold"');
	const [short = ''] = await comesBack();
	expect(short).toContain('"same":true');
	expect(short.length).toBeLessThan(200);
	// The record's id is written as plain text.
	const record = 'demand-1' as RecordId;
	await desk.says(place.relay.url, demand(record));
	expect((await comesBack()).slice(0, 2)).toEqual([
		expect.stringContaining('"same":false'),
		expect.stringContaining('"hold"')
	]);
	expect((await tablet.ask.one('demand', record)())?.row.state).toBeDefined();
});
