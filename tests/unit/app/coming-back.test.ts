/** When devices come back to a relay that sent them away or was lost: as it asked, and never all at once. */
import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ask as askRelay, type Fetch } from '#lib/device/relay.ts';
import { authorisedRelay } from '#lib/device/session.ts';
import { keepDraftMedia } from '#lib/media/keep.ts';
import { sendPhotos } from '#lib/media/send.ts';
import { unknownLine } from '#lib/sync/line.ts';
import { backOff, spreadAfter } from '#lib/sync/back-off.ts';
import { multiplexer, type Socket } from '#lib/sync/multiplexer.ts';
import { obedient } from '#lib/sync/obedient.ts';
import { readStatus, writeStatus } from '#lib/sync/sync-status.ts';

import { createChance } from '#relay/demo/random.ts';
import { DAY, people, visit } from '../../support/tell.ts';
import { makePhone, until } from './phone.ts';

const DEVICES = 500;
const SEEDS = 100;
const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);

afterEach(() => vi.useRealTimers());

test('waits grow, never beyond a bound, and are any moment up to it', () => {
	const waits = [1, 2, 3, 4, 10, 50].map((failures) => backOff(failures, () => 0.999));
	expect([...waits].sort((a, b) => a - b)).toEqual(waits);
	expect(waits[waits.length - 1]).toBeLessThanOrEqual(15_000);
	expect(backOff(50, () => 0)).toBe(0);
});

test.each([1, 5, 60, 600])(
	'[R4] of 500 devices told to come back after %i s none is early, and few come in the same second',
	(seconds) => {
		for (const seed of seeds) {
			const random = createChance(`seed ${seed}`).next;
			const moments = devices(() => seconds * 1000 + spreadAfter(seconds, random));
			expect(Math.min(...moments), `seed ${seed}`).toBeGreaterThanOrEqual(seconds * 1000);
			expect(mostInASecond(moments), `seed ${seed}`).toBeLessThanOrEqual(DEVICES / 8);
		}
	}
);

test('[R4] of 500 sockets that a relay loses at once, few are opened again in the same second', () => {
	vi.useFakeTimers();
	for (const seed of [1, 2, 3]) {
		const opened: number[] = [];
		const { next } = createChance(`seed ${seed}`);
		const links = devices(() => lostSocket(next, opened));
		const lostAt = Date.now();
		for (const link of links) link.lose();
		opened.length = 0;
		vi.advanceTimersByTime(5_000);
		expect(opened).toHaveLength(DEVICES);
		const moments = opened.map((at) => at - lostAt);
		expect(mostInASecond(moments), `seed ${seed}`).toBeLessThanOrEqual(DEVICES / 3);
		for (const link of links) link.close();
	}
});

test('[R4] what a relay asked of one request holds for all of them, and a wish does not shorten it', async () => {
	let clock = 0;
	const asked: string[] = [];
	const phone = await makePhone({ person: people.member });
	const fetch: Fetch = async (path) => {
		asked.push(path);
		return new Response(null, { status: 503, headers: { 'retry-after': '30' } });
	};
	const relay = obedient(authorisedRelay(fetch, phone.device), () => clock);
	expect(await relay.ask('/a', z.object({}))).toMatchObject({ status: 503, retryAfter: 30 });
	clock = 29_000;
	expect(await relay.send('/b', z.object({}), '{}')).toMatchObject({ status: 503, retryAfter: 1 });
	expect(asked).toEqual(['/a']);
	clock = 30_000;
	await relay.ask('/c', z.object({}));
	expect(asked).toEqual(['/a', '/c']);
	await phone.close();
});

test.each([
	['seconds', { 'retry-after': '7' }, 7],
	[
		'a date, by the clock of the answer',
		{ 'retry-after': 'Wed, 25 Nov 2026 08:00:40 GMT', date: 'Wed, 25 Nov 2026 08:00:00 GMT' },
		40
	],
	['a year', { 'retry-after': String(365 * 86_400) }, 3600],
	['nonsense', { 'retry-after': '-5 soon' }, undefined]
])('[R4] a relay says when to come back in %s', async (_, headers, seconds) => {
	const fetch: Fetch = async () => new Response(null, { status: 429, headers });
	const answer = await askRelay(fetch, '/api/scope', z.object({}));
	expect(answer).toMatchObject({ status: 429 });
	expect(!answer.ok && answer.retryAfter).toBe(seconds);
});

test('[R4] a device that was sent away does not knock before its time, however it is nudged', async () => {
	const phone = await makePhone({ person: people.member });
	const asked: number[] = [];
	const fetch: Fetch = async () => {
		asked.push(performance.now());
		return new Response(null, { status: 503, headers: { 'retry-after': '2' } });
	};
	const syncing = phone.syncs({ url: 'http://localhost:1' }, { fetch, random: () => 0 });
	await until(
		() => readStatus(phone.rows),
		({ net }) => net === 'offline'
	);
	await phone.says([visit('visit-1', 'door-1')]);
	syncing.nudge();
	await until(
		async () => asked.length,
		(times) => times === 2
	);
	// A lower bound: a slow machine cannot break it. Timers may fire a millisecond early.
	expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(1_995);
	await syncing.stop();
	await phone.close();
});

test('[R4] what waits here is no reason to ask a relay that does not answer again at once', async () => {
	const phone = await makePhone({ person: people.member });
	await phone.says([visit('visit-1', 'door-1')]);
	const asked: number[] = [];
	const fetch: Fetch = async () => {
		asked.push(performance.now());
		throw new TypeError('no network');
	};
	const syncing = phone.syncs({ url: 'http://localhost:1' }, { fetch, random: () => 0.999 });
	await until(
		async () => asked.length,
		(times) => times >= 3
	);
	// A lower bound, as above. What is found waiting at the start may be asked for once more.
	const [, second = 0, third = 0] = asked;
	expect(third - second).toBeGreaterThanOrEqual(990);
	await syncing.stop();
	await phone.close();
});

test('what a killed app said of its first sync is not said for ever', async () => {
	const phone = await makePhone({ person: people.member });
	await writeStatus(phone.rows, { progress: { stage: 'first', done: 1060, total: 2800 } });
	const fetch: Fetch = () => Promise.reject(new TypeError('no network'));
	const syncing = phone.syncs({ url: 'http://localhost:1' }, { fetch });
	await until(
		() => readStatus(phone.rows),
		({ progress }) => progress === null
	);
	await syncing.stop();
	await phone.close();
});

test('[R4] told of one photo that it is enough for today, a device sends none of them and all its records', async () => {
	const phone = await makePhone({ person: people.member });
	const { device } = phone;
	for (const byte of [1, 2]) {
		const bytes = Uint8Array.of(0xff, 0xd8, 0xff, byte).buffer;
		const kept = await keepDraftMedia(
			device,
			{ type: 'image/jpeg', bytes, thumb: bytes },
			phone.now()
		);
		if (kept.ok) await device.media.update(kept.sha256, { state: 'waiting' });
	}
	let asked = 0;
	const fetch: Fetch = async () => {
		asked += 1;
		return new Response(null, { status: 429, headers: { 'retry-after': '3600' } });
	};
	const start = phone.now();
	let moment = start;
	const sending = {
		device,
		line: unknownLine(),
		relay: authorisedRelay(fetch, device),
		now: () => moment,
		random: () => 0.5,
		shouldStop: () => false
	};
	for (const hours of [0, 0.5, 1, 1.4]) {
		moment = start + hours * (DAY / 24);
		expect(await sendPhotos(sending)).toBeNull();
		expect(asked).toBe(1);
	}
	moment = start + 1.6 * (DAY / 24);
	await sendPhotos(sending);
	expect(asked).toBe(2);
	// A clock that was set back by a year holds nothing up.
	moment = start - 365 * DAY;
	await sendPhotos(sending);
	expect(asked).toBe(3);
	await phone.close();
});

function devices<T>(make: () => T): T[] {
	return Array.from({ length: DEVICES }, make);
}

function mostInASecond(moments: readonly number[]): number {
	const sorted = [...moments].sort((a, b) => a - b);
	let most = 0;
	let from = 0;
	sorted.forEach((moment, at) => {
		while (moment - (sorted[from] ?? moment) >= 1000) from += 1;
		most = Math.max(most, at - from + 1);
	});
	return most;
}

/** A device whose socket is open; `opened` takes the moments at which one was asked for. */
function lostSocket(random: () => number, opened: number[]) {
	const sockets: Socket[] = [];
	const link = multiplexer({
		open() {
			opened.push(Date.now());
			const socket: Socket = {
				binaryType: 'blob',
				onopen: null,
				onmessage: null,
				onclose: null,
				onerror: null,
				send: () => undefined,
				close: () => undefined
			};
			sockets.push(socket);
			return socket;
		},
		random,
		onOpen: () => undefined,
		onClose: () => undefined,
		onMoved: () => undefined,
		onScope: () => undefined,
		onDenied: () => undefined,
		onProve: () => undefined
	});
	link.connect();
	const [first] = sockets;
	// What the test plays is the other end of a WebSocket; only these events are looked at.
	first?.onopen?.call(first as WebSocket, new Event('open'));
	return {
		lose: () => first?.onclose?.call(first as WebSocket, new Event('close') as CloseEvent),
		close: () => link.close()
	};
}
