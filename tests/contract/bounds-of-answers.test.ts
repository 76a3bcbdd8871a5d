/** [R4] Who asks and does not read: what the relay holds for them, and for how long. */
import { randomBytes } from 'node:crypto';
import { get } from 'node:http';
import { connect } from 'node:net';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import type { Limits } from '#relay/limits.ts';
import { startDistrict, type District } from '../support/district.ts';
import { demand } from '../support/tell.ts';

const LONG = '字'.repeat(9_000);
/** What a machine takes over from the relay for one connection is an answer or two. */
const CONNECTIONS = 4;
const PACE_MS = 50;
/** More than a machine takes over for one. */
const ANSWERS = 8;
const PATIENT = { timeout: 20_000 };
/** A request that is answered in a few bytes. */
const small = '/api/ledgers/none';

test('[R4] answers that nobody reads count as requests at once, until their connection is gone', async () => {
	await within({ requestsAtOnce: 2 }, async ({ url, port, cookie, path }) => {
		const silent = askAndDoNotRead(port, { cookie, path });
		await expect.poll(() => statusOf(url, { cookie, path: small }), PATIENT).toBe(429);
		await expect.poll(() => statusOf(url, { cookie, path: small }), PATIENT).toBe(429);
		silent.destroy();
		await expect.poll(() => statusOf(url, { cookie, path: small }), PATIENT).not.toBe(429);
	});
});

test('[R4] large answers need room while they are held; small ones go on', async () => {
	await within({ answersBytes: 3_000_000 }, async ({ url, port, cookie, path }) => {
		expect(await statusOf(url, { cookie, path })).toBe(200);
		const silent = askAndDoNotRead(port, { cookie, path });
		await expect.poll(() => statusOf(url, { cookie, path }), PATIENT).toBe(503);
		expect(await statusOf(url, { cookie, path: `${path}&size=1000` })).toBe(200);
		silent.destroy();
		await expect.poll(() => statusOf(url, { cookie, path }), PATIENT).toBe(200);
	});
});

test('[R4] an answer of which nothing more is read is thrown away with its connection', async () => {
	const limits = { requestsAtOnce: 2, answerMs: 1_500 };
	await within(limits, async ({ url, port, cookie, path }) => {
		const silent = askAndDoNotRead(port, { cookie, path });
		await expect.poll(() => statusOf(url, { cookie, path: small }), PATIENT).toBe(429);
		await expect.poll(() => statusOf(url, { cookie, path: small }), PATIENT).not.toBe(429);
		silent.destroy();
	});
});

test('[R4] an answer that is read crumb by crumb is cut off in the end', async () => {
	await within({ answerMs: 1_500 }, async ({ url, port, cookie, path }) => {
		const response = await fetch(`${url}${path}`, { headers: { cookie } });
		const whole = (await response.arrayBuffer()).byteLength;
		const socket = connect(port, '127.0.0.1').pause();
		socket.write(`GET ${path} HTTP/1.1\r\nhost: a\r\ncookie: ${cookie}\r\n\r\n`.repeat(ANSWERS));
		let read = 0;
		socket.on('data', (crumb) => {
			read += crumb.length;
			socket.pause();
		});
		const crumbs = setInterval(() => socket.resume(), PACE_MS);
		await new Promise((resolve) => socket.once('close', resolve));
		clearInterval(crumbs);
		expect(read).toBeLessThan(ANSWERS * whole);
	});
});

test('[R4] whoever hangs up frees no place before their request is done', async () => {
	await within({ requestsAtOnce: 2 }, async ({ url, port, cookie }, { relay, devices }) => {
		const body = JSON.stringify({
			now: Date.now(),
			commits: [devices.secretary.commit(demand(v7()))]
		});
		const request = `POST /api/entries HTTP/1.1\r\nhost: a\r\ncookie: ${cookie}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
		const { promise: done, resolve: end } = Promise.withResolvers<undefined>();
		const busy = relay.store.transaction(() => done);
		const asking = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
		for (const socket of asking) socket.write(request);
		const status = () => statusOf(url, { cookie, path: small });
		try {
			await expect.poll(status, PATIENT).toBe(429);
			const closed = asking.map(
				(socket) => new Promise((resolve) => socket.once('close', resolve))
			);
			for (const socket of asking) socket.destroy();
			await Promise.all(closed);
			for (let i = 0; i < 10; i++) expect(await status()).toBe(429);
		} finally {
			end(undefined);
			await busy;
		}
		await expect.poll(status, PATIENT).not.toBe(429);
	});
});

test('[R4] a socket that is refused is closed, whether or not the other side closes too', async () => {
	const { relay, end } = await startDistrict();
	try {
		const socket = connect({ port: relay.port, host: '127.0.0.1', allowHalfOpen: true });
		socket.on('error', () => undefined);
		socket.write(
			`GET /sync HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
				`sec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString('base64')}\r\n\r\n`
		);
		const answer = await new Promise<string>((resolve) =>
			socket.once('data', (bytes) => resolve(bytes.toString()))
		);
		expect(answer).toMatch(/^HTTP\/1\.1 401 /);
		// Half open as it is, the only thing it may hear now is that nobody is there.
		const closed = new Promise((resolve) => socket.once('close', () => resolve(true)));
		const knocking = setInterval(() => socket.write('.'), 20);
		expect(await closed).toBe(true);
		clearInterval(knocking);
	} finally {
		await end();
	}
});

interface Asked {
	readonly cookie: string;
	readonly path: string;
}

/** A ledger of more than one answer, for as long as the test runs. */
async function within(
	limits: Partial<Limits>,
	run: (
		ground: Asked & { readonly url: string; readonly port: number },
		district: District
	) => Promise<void>
): Promise<void> {
	const district = await startDistrict({ limits });
	try {
		const { url, port } = district.relay;
		const { secretary } = district.devices;
		let ledger = '';
		for (let i = 0; i < 4; i++) {
			const commits = Array.from({ length: 20 }, () =>
				secretary.commit(demand(v7(), { description: LONG, channel: 'phone' }))
			);
			const [receipt] = await secretary.handIn(url, commits);
			ledger = receipt?.places[0]?.ledger ?? '';
		}
		const path = `/api/ledgers/${ledger}?after=0`;
		await run({ url, port, cookie: secretary.cookie, path }, district);
	} finally {
		await district.end();
	}
}

/** Again and again, on connections that are never read; no further than the relay puts up with on one. */
function askAndDoNotRead(port: number, { cookie, path }: Asked): { destroy(): void } {
	const request = `GET ${path} HTTP/1.1\r\nhost: a\r\ncookie: ${cookie}\r\n\r\n`;
	const sockets = Array.from({ length: CONNECTIONS }, () =>
		connect(port, '127.0.0.1')
			.pause()
			.on('error', () => undefined)
	);
	let asked = 0;
	const asking = setInterval(() => {
		for (const socket of sockets) if (socket.writable) socket.write(request);
		asked += 1;
		if (asked === ANSWERS) clearInterval(asking);
	}, PACE_MS);
	return {
		destroy() {
			clearInterval(asking);
			for (const socket of sockets) socket.destroy();
		}
	};
}

/** On a connection of its own: one that was kept may be closed just when it is used again. */
function statusOf(url: string, { cookie, path }: Asked): Promise<number> {
	return new Promise((resolve, reject) => {
		get(`${url}${path}`, { agent: false, headers: { cookie } }, (response) => {
			response.resume().once('end', () => resolve(response.statusCode ?? 0));
		}).once('error', reject);
	});
}
