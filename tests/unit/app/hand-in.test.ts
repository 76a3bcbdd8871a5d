/** Handing in: order, bounds, halving, sessions, and what every kind of answer does to the outbox. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HandIn } from '#domain/wire.ts';
import { parseEntry } from '#domain/entry.ts';
import { authorisedRelay } from '#lib/device/session.ts';
import type { Fetch } from '#lib/device/relay.ts';
import { unknownLine } from '#lib/sync/line.ts';
import { syncView } from '#lib/sync/sync-view.ts';
import { handInNext, restBeforeNext, type HandInOutcome } from '#lib/outbox/hand-in.ts';
import { TAKE_BACK_MS } from '#lib/outbox/say.ts';
import { demand, people, visit } from '../../support/tell.ts';
import { makePhone, type Phone } from './phone.ts';

let phone: Phone;
beforeEach(async () => (phone = await makePhone({ person: people.member })));
afterEach(() => phone.close());

/** What stands for the relay where its real answers are hard to provoke. */
function doorThat(answers: (asked: HandIn, body: string) => Response | Promise<Response>): {
	readonly asked: HandIn[];
	readonly fetch: Fetch;
} {
	const asked: HandIn[] = [];
	return {
		asked,
		fetch: async (_path, init) => {
			const body = String(init?.body);
			const read = HandIn.parse(JSON.parse(body));
			asked.push(read);
			return answers(read, body);
		}
	};
}

function takesAll({ commits }: HandIn): Response {
	const receipts = commits.flat().map(({ text }) => {
		const read = parseEntry(text);
		return { id: read.ok ? read.entry.id : null, verdict: 'accepted', places: [] };
	});
	return Response.json({ receipts });
}

async function handInAll(fetch: Fetch, line = unknownLine()): Promise<HandInOutcome> {
	const relay = authorisedRelay(fetch, phone.device);
	for (;;) {
		const outcome = await handInNext(phone, relay, phone.now(), line);
		if (outcome.is !== 'answered') return outcome;
	}
}

function titles({ commits }: HandIn): string[] {
	return commits.flat().map(({ text }) => String(JSON.parse(text).body.title));
}

async function says(count: number, body: Record<string, unknown> = {}): Promise<void> {
	for (let n = 0; n < count; n++)
		await phone.says([demand(`demand-${n}`, { title: `第${n}件`, ...body })]);
}

function problem(status: number, code: string): Response {
	return Response.json({ title: '', status, code }, { status });
}

test('[O4] by local order, at most a hundred entries a request, one request in flight', async () => {
	await says(130);
	let inFlight = 0;
	const door = doorThat(async (asked) => {
		inFlight += 1;
		expect(inFlight).toBe(1);
		await new Promise((resolve) => setTimeout(resolve, 1));
		inFlight -= 1;
		return takesAll(asked);
	});
	expect(await handInAll(door.fetch)).toEqual({ is: 'nothing' });
	expect(door.asked.map(({ commits }) => commits.length)).toEqual([100, 30]);
	expect(door.asked.flatMap(titles)).toEqual(Array.from({ length: 130 }, (_, n) => `第${n}件`));
});

test('[O4] a request stays below four mebibytes', async () => {
	await says(99, { description: '长'.repeat(10_000) });
	await says(99, { description: '长'.repeat(10_000) });
	const sizes: number[] = [];
	const door = doorThat((asked, body) => {
		sizes.push(Buffer.byteLength(body));
		return takesAll(asked);
	});
	await handInAll(door.fetch);
	expect(Math.max(...sizes)).toBeLessThan(4 * 1024 * 1024);
	expect(door.asked.flatMap(titles)).toHaveLength(198);
});

test('[O4] over a line that breaks after so many bytes, requests grow small enough to get through', async () => {
	await says(60);
	const door = doorThat(takesAll);
	const most = 20_000;
	let broken = 0;
	const narrow: Fetch = async (path, init) => {
		if (String(init?.body).length <= most) return door.fetch(path, init);
		broken += 1;
		throw new TypeError('cut');
	};
	const line = unknownLine();
	while ((await handInAll(narrow, line)).is === 'failed') expect(broken).toBeLessThan(20);
	expect(broken).toBeGreaterThan(0);
	expect(door.asked.flatMap(titles)).toEqual(Array.from({ length: 60 }, (_, n) => `第${n}件`));
});

test('[O4] a batch too large is split; the one commit that is too large alone needs attention', async () => {
	await says(7);
	const door = doorThat((asked) =>
		asked.commits.length > 1 || titles(asked).includes('第3件')
			? problem(413, 'too-big')
			: takesAll(asked)
	);
	await handInAll(door.fetch);
	expect(await phone.ask.attention()()).toMatchObject([
		{ record: 'demand-3', reason: 'too-large' }
	]);
	expect(await phone.device.outbox.where('state').equals('received').count()).toBe(6);
});

test('[O4] a bound of something in between splits a batch, and refuses nothing', async () => {
	await says(3);
	const door = doorThat((asked) =>
		asked.commits.length > 1 ? new Response('<html>', { status: 413 }) : takesAll(asked)
	);
	await handInAll(door.fetch);
	expect(await phone.ask.attention()()).toEqual([]);
	expect(await phone.device.outbox.where('state').equals('received').count()).toBe(3);
});

test('[O4] one commit the relay cannot read never blocks the others', async () => {
	await says(5);
	const door = doorThat((asked) =>
		titles(asked).includes('第2件') ? problem(400, 'malformed') : takesAll(asked)
	);
	await handInAll(door.fetch);
	expect(await phone.ask.attention()()).toMatchObject([
		{ record: 'demand-2', reason: 'malformed' }
	]);
	expect(await phone.device.outbox.count()).toBe(4);
});

test('[O4] an expired session is renewed once; a lost one leaves everything waiting', async () => {
	await says(1);
	let isOpen = false;
	const opened: string[] = [];
	const door: Fetch = async (path, init) => {
		opened.push(path);
		if (path === '/api/session/challenge') return Response.json({ challenge: 'c' });
		if (path === '/api/session') {
			isOpen = true;
			return Response.json({ person: people.member, until: 1 });
		}
		if (!isOpen) return new Response(null, { status: 401 });
		return takesAll(HandIn.parse(JSON.parse(String(init?.body))));
	};
	expect(await handInAll(door)).toEqual({ is: 'nothing' });
	expect(opened).toEqual([
		'/api/entries',
		'/api/session/challenge',
		'/api/session',
		'/api/entries'
	]);
	await says(1);
	const closed: Fetch = async () => new Response(null, { status: 401 });
	expect(await handInAll(closed)).toMatchObject({ is: 'failed', refusal: { status: 401 } });
	expect(await phone.says([demand('demand-more')])).toMatchObject({ ok: true });
	expect(await phone.ask.waiting()()).toHaveLength(3);
});

test('[O2] no answer, a failing relay or a strange page: everything stays and may be sent again', async () => {
	await phone.says([visit('visit-1', 'door-1'), demand('demand-1')]);
	const failures: [Fetch, object][] = [
		[() => Promise.reject(new TypeError('no network')), { code: 'unreachable' }],
		[
			async () => Response.json({ title: '', status: 507, code: 'disk-full' }, { status: 507 }),
			{ code: 'disk-full' }
		],
		[
			async () => new Response(null, { status: 429, headers: { 'retry-after': '7' } }),
			{ status: 429, retryAfter: 7 }
		],
		[async () => new Response('<html>登录上网</html>'), { code: 'not-the-relay' }],
		// A wall between here and the relay gives no verdicts.
		[async () => new Response('<html>拦截</html>', { status: 400 }), { code: 'http-400' }],
		[async () => new Response('<html>太大</html>', { status: 413 }), { code: 'http-413' }],
		[async () => Response.json({ receipts: [] }), { code: 'not-the-relay' }]
	];
	for (const [fetch, refusal] of failures) {
		expect(await handInAll(fetch)).toMatchObject({ is: 'failed', refusal });
		expect(await phone.ask.waiting()()).toMatchObject([{ stage: 'waiting' }, { stage: 'waiting' }]);
	}
	const door = doorThat(takesAll);
	await handInAll(door.fetch);
	expect(await phone.ask.waiting()()).toMatchObject([{ stage: 'received' }, { stage: 'received' }]);
});

test('[E5] answered later, a commit stays, blocks nobody, and is asked again after a while', async () => {
	await says(2);
	let isOld = true;
	const door = doorThat((asked) => {
		const receipts = asked.commits.flat().map(({ text }) => {
			const read = parseEntry(text);
			const id = read.ok ? read.entry.id : null;
			const isNew = JSON.parse(text).body.title === '第0件';
			if (isNew && isOld) return { id, verdict: 'later', reason: 'unknown-kind', places: [] };
			return { id, verdict: 'accepted', places: [] };
		});
		return Response.json({ receipts });
	});
	await handInAll(door.fetch);
	expect(await phone.ask.waiting()()).toMatchObject([{ stage: 'received' }, { stage: 'later' }]);
	const start = phone.now();
	phone.now = () => start + 11 * 60_000;
	isOld = false;
	await handInAll(door.fetch);
	expect((await phone.ask.waiting()()).map(({ stage }) => stage)).toEqual(['received', 'received']);
});

test('what the chip counts is what the relay has not answered, whatever state it waits in', async () => {
	const start = phone.now();
	phone.now = () => start;
	const counted = async () => {
		const { waiting, waitingSince } = await syncView(phone)();
		return { waiting, waitingSince };
	};
	expect(await counted()).toEqual({ waiting: 0, waitingSince: null });
	await says(1);
	phone.now = () => start + 5;
	await phone.says([demand('demand-a'), demand('demand-b')]);
	await phone.says([demand('demand-c'), demand('demand-d'), demand('demand-e')]);
	expect(await counted()).toEqual({ waiting: 6, waitingSince: start });
	const local = async (at: number) => (await phone.device.outbox.toArray())[at]?.local ?? 0;
	await phone.device.outbox.update(await local(0), { state: 'received' });
	await phone.device.outbox.update(await local(1), { state: 'sending' });
	await phone.device.outbox.update(await local(2), { state: 'later' });
	expect(await counted()).toEqual({ waiting: 5, waitingSince: start + 5 });
	expect((await phone.ask.unsent(1)()).map(({ record }) => record)).toEqual([
		...['demand-c', 'demand-d', 'demand-e']
	]);
});

test('[O4] a long outbox goes in by local order too, behind what waits for a newer relay', async () => {
	await says(50);
	const soon = { state: 'later', notBefore: phone.now() + 60_000 } as const;
	await phone.device.outbox.limit(45).modify(soon);
	const door = doorThat(takesAll);
	await handInAll(door.fetch);
	expect(door.asked.flatMap(titles)).toEqual(
		Array.from({ length: 5 }, (_, at) => `第${45 + at}件`)
	);
});

test('[F5] what is held for 撤回 is not handed in, nor what was said after it, for ten seconds', async () => {
	const start = phone.now();
	phone.now = () => start;
	await says(1);
	await phone.says([demand('demand-held', { title: '等一等' })], { hold: true });
	await phone.says([demand('demand-after', { title: '后面的' })]);
	const door = doorThat(takesAll);
	await handInAll(door.fetch);
	expect(door.asked.flatMap(titles)).toEqual(['第0件']);
	phone.now = () => start + 10_001;
	await handInAll(door.fetch);
	expect(door.asked.flatMap(titles)).toEqual(['第0件', '等一等', '后面的']);
});

test('[O4] what was held for 撤回 is due when its hold is over, also if that was a moment ago', async () => {
	const start = phone.now();
	phone.now = () => start;
	const rest = (later = 0) => restBeforeNext(phone.device, start + later);
	expect(await rest()).toBe(Infinity);
	await phone.says([demand('demand-1')], { hold: true });
	await phone.says([demand('demand-2')]);
	// What was said after it waits for it.
	expect(await rest()).toBe(TAKE_BACK_MS);
	expect(await rest(TAKE_BACK_MS - 1)).toBe(1);
	expect(await rest(TAKE_BACK_MS + 500)).toBe(0);
});
