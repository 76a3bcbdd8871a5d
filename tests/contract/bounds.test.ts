/** [R4] Every bound of the relay, at its value and one over; set small here, as a clerk would by LIMIT_…. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as dial, type Socket } from 'node:net';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { COMMIT_ENTRIES, ENTRY_BYTES } from '#domain/entry.ts';
import { LEDGERS_NAMED, MARKS_NAMED } from '#domain/offer.ts';
import { Problem } from '#domain/wire.ts';
import { readConfig } from '#relay/config.ts';
import { defaultLimits, limitRows, type Limits } from '#relay/limits.ts';
import type { TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { startPeopledRelay } from '../support/joining.ts';
import { sendRaw } from '../support/raw-socket.ts';
import { demand, people } from '../support/tell.ts';

/** A district whose relay has small bounds, for as long as the test runs. */
async function within<T>(
	limits: Partial<Limits>,
	run: (district: District, url: string) => Promise<T>
): Promise<T> {
	const district = await startDistrict({ limits });
	try {
		return await run(district, district.relay.url);
	} finally {
		await district.end();
	}
}

interface Said {
	readonly status: number;
	readonly code: string;
	readonly retryAfter: boolean;
}

async function told(answer: Promise<Response>): Promise<Said> {
	const response = await answer;
	const body: unknown = await response.json();
	const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : '';
	return {
		status: response.status,
		code: String(code),
		retryAfter: response.headers.has('retry-after')
	};
}

const slowDown = { status: 429, code: 'slow-down', retryAfter: true };
const busy = { status: 503, code: 'busy', retryAfter: true };
const tooBig = { status: 413, code: 'too-big', retryAfter: false };

/** Where a ledger begins. */
const START = { seq: 0, chain: '' };
const next = 'GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n';
const ask = 'GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n';

function post(url: string, path: string, body: string, headers: Record<string, string> = {}) {
	return told(fetch(`${url}${path}`, { method: 'POST', headers, body }));
}

test('[R4] each is set by a variable, and the README says so', () => {
	const readme = readFileSync('README.md', 'utf8');
	expect(limitRows().filter((row) => !readme.includes(`${row}\n`))).toEqual([]);
	const { limits } = readConfig({ LIMIT_FRAMES_PER_10S: '7', LIMIT_BODY_BYTES: '1000' });
	expect(limits).toEqual({ ...defaultLimits, framesPer10s: 7, bodyBytes: 1000 });
	expect(() => readConfig({ LIMIT_BODY_BYTE: '1' })).toThrow('LIMIT_BODY_BYTE');
	for (const value of ['0', '-1', '1.5', 'many', ''])
		expect(() => readConfig({ LIMIT_SOCKETS: value })).toThrow('LIMIT_SOCKETS');
});

test('[R4] a body, of a stranger and of a device', async () => {
	const sized = (size: number) => JSON.stringify('x'.repeat(size - 2));
	const relay = await startPeopledRelay({
		limits: { openBodyBytes: 1_000, foundBodyBytes: 2_000 }
	});
	for (const [door, most] of [
		['/api/session/challenge', 1_000],
		['/api/found', 2_000]
	] as const) {
		expect(await post(relay.url, door, sized(most))).toMatchObject({ code: 'malformed' });
		expect(await post(relay.url, door, sized(most + 1))).toEqual(tooBig);
	}
	await relay.end();
	await within({ openBodyBytes: 1_000, bodyBytes: 5_000 }, async ({ devices }, url) => {
		const { cookie } = devices.member;
		const entries = '/api/entries';
		expect(await post(url, entries, sized(5_000), { cookie })).toMatchObject({ code: 'malformed' });
		expect(await post(url, entries, sized(5_001), { cookie })).toEqual(tooBig);
	});
});

/** Part of a body, whose rest does not come. */
const halfOf = (path: string, bytes: number, headers = '') =>
	`POST ${path} HTTP/1.1\r\nhost: a\r\n${headers}content-length: 9999\r\n\r\n${'x'.repeat(bytes)}`;

test('[R4] bodies held at once: one for which there is no room comes again, and finds some when another has gone', async () => {
	const door = '/api/session/challenge';
	const relay = await startPeopledRelay({ limits: { openReadingBytes: 1_000 } });
	const opens = () => post(relay.url, door, 'x'.repeat(600));
	const stranger = await hold(Number(new URL(relay.url).port), halfOf(door, 600));
	await expect.poll(opens).toEqual(busy);
	stranger.destroy();
	await expect.poll(opens).toMatchObject({ code: 'malformed' });
	for (let i = 0; i < 5; i++) expect(await opens()).toMatchObject({ code: 'malformed' });
	await relay.end();
	const limits = { openReadingBytes: 1, readingBytes: 5_000 };
	await within(limits, async ({ relay: { port }, devices: { member, secretary } }, url) => {
		const says = () => post(url, '/api/entries', 'x'.repeat(3_000), { cookie: secretary.cookie });
		expect(await says()).toMatchObject({ code: 'malformed' });
		const device = await hold(port, halfOf('/api/entries', 3_000, `cookie: ${member.cookie}\r\n`));
		await expect.poll(says).toEqual(busy);
		device.destroy();
		await expect.poll(says).toMatchObject({ code: 'malformed' });
	});
});

test('[R4] [E6] a body nested deeper than the bound is not parsed, whatever its texts hold', async () => {
	await within({ jsonDepth: 3 }, async ({ devices: { member } }, url) => {
		const nested = async (body: string) => {
			const headers = { cookie: member.cookie };
			const answer = await fetch(`${url}/api/entries`, { method: 'POST', headers, body });
			return Problem.parse(await answer.json()).detail;
		};
		const tooDeep = 'nested too deep';
		expect(await nested('[[[]]]')).not.toBe(tooDeep);
		expect(await nested('[[[]],{"a":[]}]')).not.toBe(tooDeep);
		expect(await nested('["[[[[",{"{\\"[[":"{{"}]')).not.toBe(tooDeep);
		expect(await nested('[[[[]]]]')).toBe(tooDeep);
		expect(await nested('[[{"a":[]}]]')).toBe(tooDeep);
		expect(await nested('["\\\\",[[[')).toBe(tooDeep);
	});
});

test('[R4] [E6] a body of more values than the bound is not parsed, whatever its texts hold', async () => {
	await within({ jsonValues: 4 }, async ({ devices: { member } }, url) => {
		const detail = async (body: string) => {
			const headers = { cookie: member.cookie };
			const answer = await fetch(`${url}/api/entries`, { method: 'POST', headers, body });
			return Problem.parse(await answer.json()).detail;
		};
		const tooMany = 'too many values';
		expect(await detail('[1,2,3,",,,,,[[[["]')).not.toBe(tooMany);
		expect(await detail('[1,2,3,4,5]')).toBe(tooMany);
		expect(await detail('[[],[],[]]')).toBe(tooMany);
		expect(await detail('{"a":1,"b":{},"c":[]}')).toBe(tooMany);
	});
});

test('[R4] [E6] marks of a chain that a device names: no more values than in any body, and as many as it may name', async () => {
	await within({}, async ({ devices: { member } }, url) => {
		const answer = async (ledgers: number) => {
			const marks = Array.from({ length: MARKS_NAMED }, (_, seq) => ({ seq, chain: 'x' }));
			const named = Array.from({ length: ledgers }, (_, n) => [`desk/${n}/standing`, marks]);
			const body = JSON.stringify({ held: Object.fromEntries(named) });
			const headers = { cookie: member.cookie };
			const asked = await fetch(`${url}/api/offer/common`, { method: 'POST', headers, body });
			return { status: asked.status, detail: Problem.safeParse(await asked.json()).data?.detail };
		};
		expect(await answer(LEDGERS_NAMED)).toEqual({ status: 200, detail: undefined });
		expect(await answer(2 * LEDGERS_NAMED)).toEqual({ status: 400, detail: 'too many values' });
	});
});

test('[R4] what may come, and how long it may take, before anybody is known', async () => {
	const head = (more: number) => `GET /healthz HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(more)}`;
	await within({ headerBytes: 2_000, headersMs: 200 }, async ({ relay: { port } }) => {
		const ended = '\r\nconnection: close\r\n\r\n';
		expect((await sendRaw(port, head(1_800) + ended)).status).toBe(200);
		expect((await sendRaw(port, head(2_000) + ended)).status).toBe(431);
		// Silent, and half a head: each is closed by the relay, and so is half a body.
		expect(await sendRaw(port, '')).toMatchObject({ status: 408 });
		expect(await sendRaw(port, head(10))).toMatchObject({ status: 408 });
	});
	await within(
		{ headersMs: 200, requestMs: 400 },
		async ({ relay: { port }, devices: { member } }) => {
			const half = halfOf('/api/entries', 3, `cookie: ${member.cookie}\r\n`);
			expect(await sendRaw(port, half)).toMatchObject({ status: 408 });
		}
	);
});

test('[R4] the rate of an address, at doors and at guessing', async () => {
	const limits = { openRequestsPerMinute: 5, failedOpeningsPer10Minutes: 2 };
	const { url, end } = await startPeopledRelay({ limits });
	const guess = () => post(url, '/api/invitation/look', '{"secret":"AAAAAAAAAAAAAAAAAAAAAA"}');
	for (let i = 0; i < 2; i++) expect((await guess()).code).toBe('invitation-unknown');
	expect(await guess()).toEqual(slowDown);
	const door = '/api/session/challenge';
	for (let i = 0; i < 2; i++) expect((await post(url, door, '{}')).code).toBe('malformed');
	expect(await post(url, door, '{}')).toEqual(slowDown);
	await end();
});

test('[R4] the rate of an address that asks for health, apart from what it asks at other doors', async () => {
	const limits = { openRequestsPerMinute: 1, healthRequestsPerMinute: 3, fileRequestsPerMinute: 1 };
	await within(limits, async (_, url) => {
		const asked = ['/readyz', '/metrics', '/healthz', '/readyz', '/metrics', '/healthz'];
		expect(await statuses(url, asked)).toEqual([200, 200, 200, 429, 429, 429]);
		expect(await statuses(url, ['/api/certificate', '/'])).not.toContain(429);
	});
});

test('[R4] the rate of an address that asks for files, those that are not there too, apart from doors', async () => {
	const limits = { openRequestsPerMinute: 1, healthRequestsPerMinute: 1, fileRequestsPerMinute: 3 };
	await within(limits, async (_, url) => {
		const asked = ['/', '/_app/gone.js', '/visits', '/', '/_app/gone.js'];
		expect(await statuses(url, asked)).toEqual([404, 404, 404, 429, 429]);
		expect((await fetch(url, { method: 'POST' })).status).toBe(429);
		expect(await statuses(url, ['/api/certificate', '/healthz'])).not.toContain(429);
	});
});

/** Asked one after the other. */
async function statuses(url: string, paths: readonly string[]): Promise<readonly number[]> {
	const answers: number[] = [];
	for (const path of paths) answers.push((await fetch(`${url}${path}`)).status);
	return answers;
}

test('[R4] the rate of a device: requests, requests at once, entries', async () => {
	await within({ requestsPerMinute: 3 }, async ({ devices }, url) => {
		const { member, secretary } = devices;
		const asks = (device: TestDevice) =>
			post(url, '/api/scope', '{"held":{}}', { cookie: device.cookie });
		for (let i = 0; i < 3; i++) expect((await asks(member)).status).toBe(200);
		expect(await asks(member)).toEqual(slowDown);
		expect((await asks(secretary)).status).toBe(200);
	});
	await within({ requestsAtOnce: 2 }, async ({ devices: { member }, relay }) => {
		const lines = ['POST /api/scope HTTP/1.1', 'host: a', `cookie: ${member.cookie}`];
		const half = `${[...lines, 'content-length: 11', 'connection: close'].join('\r\n')}\r\n\r\n{"held"`;
		const waiting = [await hold(relay.port, half), await hold(relay.port, half)];
		const more = () => sendRaw(relay.port, `${half}:{}}`);
		await expect.poll(more).toMatchObject({ status: 429, retryAfter: '1' });
		for (const socket of waiting) socket.destroy();
		await expect.poll(more).toMatchObject({ status: 200 });
	});
	await within({ entriesPerMinute: 3, batchEntries: 2 }, async ({ devices: { member } }, url) => {
		const says = (count: number) => {
			const commits = Array.from({ length: count }, () => member.commit(demand(v7())));
			return told(member.post(url, commits));
		};
		expect(await says(3)).toEqual(tooBig);
		expect((await says(2)).status).toBe(200);
		expect(await says(2)).toEqual(slowDown);
	});
});

test('[R4] a body that is no JSON counts as twenty requests of its device', async () => {
	await within({ requestsPerMinute: 21 }, async ({ devices: { member } }, url) => {
		const says = (body: string) => post(url, '/api/scope', body, { cookie: member.cookie });
		expect(await says('{"held":')).toMatchObject({ code: 'malformed' });
		expect((await says('{"held":{}}')).status).toBe(200);
		expect(await says('{"held":{}}')).toEqual(slowDown);
	});
});

test('[R4] each hundred ledgers that a device asks about costs it one request more', async () => {
	await within({ requestsPerMinute: 9 }, async ({ devices: { member } }, url) => {
		const names = Array.from({ length: 350 }, (_, i) => [`member/none-${i}/standing`, START]);
		const asks = (held: object) =>
			post(url, '/api/scope', JSON.stringify({ held }), { cookie: member.cookie });
		for (let i = 0; i < 2; i++) expect((await asks(Object.fromEntries(names))).status).toBe(200);
		expect((await asks({})).status).toBe(200);
		expect(await asks({})).toEqual(slowDown);
	});
});

test('[R4] what a device gives back to a restored store counts among its entries', async () => {
	await within({ entriesPerMinute: 3 }, async ({ devices: { member } }, url) => {
		const elements = Array.from({ length: 2 }, () => ({ previous: '', head: '{}' }));
		const body = JSON.stringify({ elements });
		const offers = () => post(url, '/api/offer', body, { cookie: member.cookie });
		expect((await offers()).status).toBe(200);
		expect(await offers()).toEqual(slowDown);
	});
});

test('[R4] an entry that is refused counts as ten', async () => {
	await within({ entriesPerMinute: 12 }, async ({ devices: { member } }, url) => {
		const asked = demand(v7());
		const wrong = () => member.commit({ ...asked, body: { ...asked.body, channel: 'dream' } });
		expect(await member.handIn(url, [wrong()])).toMatchObject([{ verdict: 'refused' }]);
		expect((await told(member.post(url, [member.commit(demand(v7()))]))).status).toBe(200);
		expect((await told(member.post(url, [wrong()]))).status).toBe(200);
		expect(await told(member.post(url, [member.commit(demand(v7()))]))).toEqual(slowDown);
	});
});

test('[R4] the bytes a person hands in in a day with whichever devices, those of refused entries too: more is taken later', async () => {
	await within({ entryBytesPerDay: 20_000 }, async ({ devices, enrol }, url) => {
		const { member, secretary } = devices;
		const long = demand(v7(), { description: '长'.repeat(4_000) });
		const verdicts = async (device: TestDevice, draft = long) =>
			(await device.handIn(url, [device.commit(draft)])).map(({ id, verdict }) => [
				id !== null,
				verdict
			]);
		const wrong = { ...long, body: { ...long.body, channel: 'dream' } };
		expect(await verdicts(member, wrong)).toEqual([[true, 'refused']]);
		expect(await verdicts(member)).toEqual([[true, 'accepted']]);
		expect(await verdicts(member, demand(v7()))).toEqual([[true, 'later']]);
		expect(await verdicts(enrol(people.member), demand(v7()))).toEqual([[true, 'later']]);
		const scope = post(url, '/api/scope', '{"held":{}}', { cookie: member.cookie });
		expect((await scope).status).toBe(200);
		expect(await verdicts(secretary, demand(v7()))).toEqual([[true, 'accepted']]);
	});
});

test('[R4, E6] an entry, its nesting and its commit, fixed so that devices and relays agree', async () => {
	await within({}, async ({ devices: { member } }, url) => {
		const reasons = async (...drafts: Parameters<TestDevice['commit']>) =>
			(await member.says(url, ...drafts)).map(({ verdict, reason }) => reason ?? verdict);
		const sized = (size: number) => demand(v7(), { description: 'x'.repeat(size) });
		const [whole] = member.commit(sized(0));
		const room = ENTRY_BYTES - Buffer.byteLength(whole?.text ?? '');
		const nested = (depth: number) => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
		// Larger than a demand's own field, not than an entry: its family refuses it.
		expect(await reasons(sized(room))).toEqual(['malformed']);
		expect(await reasons(sized(room + 1))).toEqual(['too-large']);
		expect(await reasons({ ...demand(v7()), body: nested(9) })).toEqual(['malformed']);
		const many = (count: number) => Array.from({ length: count }, () => demand(v7()));
		expect(await reasons(...many(COMMIT_ENTRIES))).toEqual(
			Array.from({ length: COMMIT_ENTRIES }, () => 'accepted')
		);
		expect(new Set(await reasons(...many(COMMIT_ENTRIES + 1)))).toEqual(new Set(['malformed']));
	});
});

test('[R4] connections: one more is told when to come back, and finds room when one has gone', async () => {
	await within({ connections: 2 }, async ({ relay: { port } }) => {
		const first = await hold(port);
		const second = await hold(port);
		expect(await sendRaw(port, ask)).toMatchObject({ status: 503, retryAfter: '5' });
		const upgrade = ask
			.replace('/healthz', '/sync')
			.replace('close', 'upgrade\r\nupgrade: websocket');
		expect((await sendRaw(port, upgrade)).status).toBe(503);
		first.destroy();
		await expect.poll(async () => (await sendRaw(port, ask)).status).toBe(200);
		second.destroy();
	});
});

test('[R4] connections of one address, but not of a proxy, which speaks for many', async () => {
	await within({ connectionsPerAddress: 1 }, async (district) => {
		for (const [trustedProxies, status] of [
			[[], 503],
			[['127.0.0.1'], 200]
		] as const) {
			await district.restart({ trustedProxies });
			const { port } = district.relay;
			const first = await hold(port);
			expect((await sendRaw(port, ask)).status).toBe(status);
			first.destroy();
		}
	});
});

test('[R4] requests of one connection that wait for their answers: one more closes it, unanswered', async () => {
	await within({ unansweredPerConnection: 3 }, async ({ relay: { port } }) => {
		const answers = async (bytes: string) =>
			(await sendRaw(port, bytes)).text.split('HTTP/1.1 200').length - 1;
		expect(await answers(next.repeat(2) + ask)).toBe(3);
		expect(await answers(next.repeat(3) + ask)).toBe(0);
		const patient = await hold(port);
		for (let i = 0; i < 5; i++) {
			const answer = once(patient, 'data');
			patient.write(next);
			expect(String(await answer)).toContain('HTTP/1.1 200');
		}
		patient.destroy();
	});
});

test('[R4] who asked ahead on too many connections has the next closed before anything of it is read', async () => {
	const limits = { unansweredPerConnection: 1, askedAheadPer10Minutes: 2 };
	await within(limits, async ({ relay: { port } }) => {
		const isAnswered = async (bytes: string) =>
			(await sendRaw(port, bytes)).text.startsWith('HTTP/1.1 200');
		for (let i = 0; i < 2; i++) {
			expect(await isAnswered(ask)).toBe(true);
			expect(await isAnswered(next + ask)).toBe(false);
		}
		expect(await isAnswered(ask)).toBe(false);
	});
});

/** A connection that sends this much and then waits; the relay takes connections in the order they come. */
function hold(port: number, bytes = ''): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = dial(port, '127.0.0.1', () => {
			socket.write(bytes, () => resolve(socket));
		});
		socket.once('error', reject);
	});
}
