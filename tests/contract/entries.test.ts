/** Handing in over HTTP: receipts, idempotency, whole commits, clocks, and what a stranger may send. */
import { request } from 'node:http';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEntry } from '#domain/entry.ts';
import type { Receipt } from '#domain/wire.ts';
import { signText } from '../support/device.ts';
import { flawsOf } from '../support/audits.ts';
import { startDistrict, type District } from '../support/district.ts';
import { demand, household, OTHER_COMMUNITY, visit } from '../support/tell.ts';

let district: District;
let url: string;
const door = v7();

beforeAll(async () => {
	district = await startDistrict();
	({ url } = district.relay);
	await district.devices.secretary.says(url, household(door));
});
afterAll(async () => {
	expect(await flawsOf(district.relay)).toEqual([]);
	await district.end();
});

/** How many elements the store holds; refusals must not move it. */
async function elements(): Promise<number> {
	const counted = 'SELECT count(*) AS n FROM element';
	return (await district.relay.store.first<{ n: number }>(counted))?.n ?? 0;
}

function brief(receipts: readonly Receipt[]): unknown[] {
	return receipts.map(({ verdict, reason }) =>
		reason === undefined ? verdict : [verdict, reason]
	);
}

test('[R1] a visit is numbered, placed with desk, member and facts, and answered with its places', async () => {
	const { member } = district.devices;
	const [receipt] = await member.says(url, visit(v7(), door));
	expect(receipt?.verdict).toBe('accepted');
	expect(receipt?.given?.no).toMatch(/^1000-ZF-\d{4}Q[1-4]-0001$/);
	const families = receipt?.places.map(({ ledger }) => ledger.split('/')[0]);
	expect(families).toEqual(['desk', 'member', 'facts']);
	const [second] = await member.says(url, visit(v7(), door));
	expect(second?.given?.no?.slice(-4)).toBe('0002');
});

describe('[E2] the same id', () => {
	test('and text again gives the first receipt again, and nothing new', async () => {
		const { member } = district.devices;
		const commit = member.commit(visit(v7(), door));
		const first = await member.handIn(url, [commit]);
		const before = await elements();
		expect(await member.handIn(url, [commit])).toEqual(first);
		expect(await member.handIn(url, [commit, commit])).toEqual([...first, ...first]);
		const together = await Promise.all([1, 2, 3].map(() => member.handIn(url, [commit])));
		expect(together).toEqual([first, first, first]);
		expect(await elements()).toBe(before);
	});

	test('handed in twice at the same moment is stored once', async () => {
		const { member } = district.devices;
		const commit = member.commit(demand(v7()));
		const before = await elements();
		const answers = await Promise.all([1, 2, 3, 4].map(() => member.handIn(url, [commit])));
		for (const answer of answers) expect(answer).toEqual(answers[0]);
		// desk, member, facts
		expect(await elements()).toBe(before + 3);
	});

	test('with another text is refused, and the first stands', async () => {
		const { member } = district.devices;
		const id = v7();
		const first = await member.says(url, { ...visit(v7(), door), id });
		const before = await elements();
		const other = await member.says(url, { ...visit(v7(), door), id });
		expect(brief(other)).toEqual([['refused', 'same-id-other-text']]);
		expect(await elements()).toBe(before);
		expect(first[0]?.verdict).toBe('accepted');
	});

	test('a refusal is remembered too: what is mended comes under a new id', async () => {
		const { member, secretary } = district.devices;
		const unknown = v7();
		const commit = member.commit(visit(v7(), unknown));
		const first = await member.handIn(url, [commit]);
		expect(brief(first)).toEqual([['refused', 'no-such-reference']]);
		await secretary.says(url, household(unknown));
		expect(await member.handIn(url, [commit])).toEqual(first);
		expect(brief(await member.says(url, visit(v7(), unknown)))).toEqual(['accepted']);
	});

	test('a re-signed twin of a text is the same entry: the signature is not its identity', async () => {
		const { member } = district.devices;
		const [signed] = member.commit(visit(v7(), door));
		if (!signed) throw new Error('no entry');
		const first = await member.handIn(url, [[signed]]);
		const before = await elements();
		const twins = [signText(member.privateKey, signed.text), malleated(signed.sig)];
		for (const sig of twins) {
			expect(sig).not.toBe(signed.sig);
			expect(await member.handIn(url, [[{ text: signed.text, sig }]])).toEqual(first);
		}
		expect(await elements()).toBe(before);
	});

	test('a forged text does not decide the answer of the true one', async () => {
		const { member, secondMember } = district.devices;
		const [signed] = member.commit(visit(v7(), door));
		if (!signed) throw new Error('no entry');
		const forged = { text: signed.text, sig: signText(secondMember.privateKey, signed.text) };
		expect(brief(await secondMember.handIn(url, [[forged]]))).toEqual([
			['refused', 'bad-signature']
		]);
		expect(brief(await secondMember.handIn(url, [[signed]]))).toEqual(['accepted']);
	});
});

describe('[E7] a commit', () => {
	test('is judged in order, later entries seeing earlier ones', async () => {
		const { member } = district.devices;
		const record = v7();
		const asked = v7();
		const receipts = await member.says(
			url,
			visit(record, door, { demands: [asked] }),
			demand(asked, { visit: record, household: door })
		);
		expect(brief(receipts)).toEqual(['accepted', 'accepted']);
	});

	test('with a refused member is refused whole, and takes no number', async () => {
		const { member } = district.devices;
		const before = await elements();
		const asked = v7();
		const commit = member.commit(visit(v7(), door), visit(v7(), v7()), demand(asked));
		const refused = await member.handIn(url, [commit]);
		expect(brief(refused)).toEqual([
			['refused', 'commit-refused'],
			['refused', 'no-such-reference'],
			['refused', 'commit-refused']
		]);
		expect(await elements()).toBe(before);
		const [last] = await member.says(url, visit(v7(), door));
		const [next] = await member.says(url, visit(v7(), door));
		expect(numberOf(next)).toBe(numberOf(last) + 1);
		expect(await member.handIn(url, [commit])).toEqual(refused);
	});

	test('does not hold up the others of its hand-in', async () => {
		const { member } = district.devices;
		const receipts = await member.handIn(url, [
			member.commit(visit(v7(), door)),
			member.commit(visit(v7(), v7())),
			member.commit(visit(v7(), door))
		]);
		expect(brief(receipts)).toEqual(['accepted', ['refused', 'no-such-reference'], 'accepted']);
	});

	test('that arrives in part or out of order is refused, and may come whole later', async () => {
		const { member } = district.devices;
		const commit = member.commit(visit(v7(), door), demand(v7()));
		const [first, second] = commit;
		if (!first || !second) throw new Error('no entries');
		expect(brief(await member.handIn(url, [[first]]))).toEqual([['refused', 'commit-incomplete']]);
		expect(brief(await member.handIn(url, [[second, first]]))).toEqual([
			['refused', 'commit-incomplete'],
			['refused', 'commit-incomplete']
		]);
		expect(brief(await member.handIn(url, [commit]))).toEqual(['accepted', 'accepted']);
	});
});

describe('[E3] a clock', () => {
	const year = 365 * 86_400_000;
	test.each([-10 * year, 10 * year])('%d ms off blocks nothing and is flagged', async (off) => {
		const { member } = district.devices;
		const now = Date.now() + off;
		const record = v7();
		const text = member
			.commit(demand(record))
			.map(({ text }) => JSON.stringify({ ...JSON.parse(text), at: now }))[0];
		if (text === undefined) throw new Error('no entry');
		const signed = { text, sig: signText(member.privateKey, text) };
		const [receipt] = await member.handIn(url, [[signed]], now);
		expect(receipt?.verdict).toBe('accepted');
		expect(receipt?.given?.offset).toBeGreaterThan(-off - 60_000);
		expect(receipt?.given?.offset).toBeLessThan(-off + 60_000);
		const parsed = parseEntry(text);
		if (!parsed.ok) throw new Error('not an entry');
		const row = await district.relay.store.row(parsed.entry.record);
		expect(row).toMatchObject({ clockOff: true });
		expect(Math.abs((row?.createdAt ?? 0) - Date.now())).toBeLessThan(60_000);
	});

	test('within ten minutes is left as it is', async () => {
		const { member } = district.devices;
		const [receipt] = await member.handIn(
			url,
			[member.commit(demand(v7()))],
			Date.now() - 9 * 60_000
		);
		expect(receipt?.given?.offset).toBeUndefined();
	});
});

test('[E5] an unknown kind is answered later, with its whole commit, and stored nowhere', async () => {
	const { member } = district.devices;
	const before = await elements();
	const unknown = { kind: 'miracle.happened.v1', record: v7(), body: {} };
	const commit = member.commit(visit(v7(), door), unknown);
	const receipts = await member.handIn(url, [commit, member.commit(visit(v7(), door))]);
	expect(brief(receipts)).toEqual([
		['later', 'unknown-kind'],
		['later', 'unknown-kind'],
		'accepted'
	]);
	expect(await elements()).toBe(before + 3);
});

describe('[E6] a stranger’s text', () => {
	const cases: readonly [string, (text: string) => string][] = [
		['is not JSON', () => '{"v":1'],
		['is not an entry', () => '{}'],
		['has a field too many', (text) => text.replace('{', '{"extra":1,')],
		['names a prototype', (text) => text.replace('"body":{', '"body":{"__proto__":{},')],
		['names a constructor', (text) => text.replace('"body":{', '"body":{"constructor":1,')],
		[
			'is nested deep',
			(text) => text.replace('"body":{', `"body":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)},`)
		],
		['has half a character', (text) => text.replace('"body":{', '"body":{"a":"\\ud800",')],
		['is too large', (text) => text.replace('"body":{', `"body":{"a":"${'字'.repeat(11_000)}",`)],
		['has a body its kind does not know', (text) => text.replace('"title"', '"tittle"')],
		['has a wild clock', (text) => text.replace(/"at":\d+/, '"at":1e300')],
		['has spaces around it', (text) => ` ${text} `]
	];
	test.each(cases)('that %s is answered by a receipt and stops nobody', async (_what, bend) => {
		const { member } = district.devices;
		const before = await elements();
		const [signed] = member.commit(demand(v7()));
		if (!signed) throw new Error('no entry');
		const text = bend(signed.text);
		const bent = { text, sig: signText(member.privateKey, text) };
		const receipts = await member.handIn(url, [[bent], member.commit(demand(v7()))]);
		expect(receipts[1]?.verdict).toBe('accepted');
		// Spaces are part of the text as signed (E1); all else is refused.
		const isSpace = text.startsWith(' ');
		expect(receipts[0]?.verdict).toBe(isSpace ? 'accepted' : 'refused');
		expect(['malformed', 'too-large', undefined]).toContain(receipts[0]?.reason);
		expect(await elements()).toBe(before + (isSpace ? 6 : 3));
	});

	test('with a signature that is none is refused alone', async () => {
		const { member } = district.devices;
		const [signed] = member.commit(demand(v7()));
		if (!signed) throw new Error('no entry');
		for (const sig of ['', 'x', 'A'.repeat(86), '!'.repeat(86), signed.sig.slice(1)])
			expect(brief(await member.handIn(url, [[{ ...signed, sig }]]))).toEqual([
				['refused', 'bad-signature']
			]);
	});

	test('with one bit of any signed field changed is refused', async () => {
		const { member } = district.devices;
		const [signed] = member.commit(demand(v7()));
		if (!signed) throw new Error('no entry');
		const bends: readonly [RegExp, string][] = [
			[/"at":\d/, '"at":9'],
			[/"rev":0/, '"rev":1'],
			[/灯/, '等'],
			[/"urgency":"normal"/, '"urgency":"urgent"']
		];
		for (const [from, to] of bends) {
			const text = signed.text.replace(from, to);
			expect(text).not.toBe(signed.text);
			expect(brief(await member.handIn(url, [[{ text, sig: signed.sig }]]))).toEqual([
				['refused', 'bad-signature']
			]);
		}
	});
});

test('[E1] an entry of another realm, of a device nobody enrolled, or without a duty is refused', async () => {
	const { member } = district.devices;
	const bend = (change: Record<string, unknown>) => {
		const [signed] = member.commit(demand(v7()));
		const text = JSON.stringify({ ...JSON.parse(signed?.text ?? ''), ...change });
		return [{ text, sig: signText(member.privateKey, text) }];
	};
	const receipts = await member.handIn(url, [
		bend({ realm: 'another-realm' }),
		bend({ device: 'nobodys-device' }),
		bend({ device: 'relay' }),
		bend({ device: district.devices.secretary.id }),
		bend({ org: OTHER_COMMUNITY })
	]);
	expect(brief(receipts)).toEqual([
		['refused', 'wrong-realm'],
		['refused', 'bad-signature'],
		['refused', 'bad-signature'],
		['refused', 'bad-signature'],
		['refused', 'no-duty']
	]);
});

test('[R4] a request without session, of the wrong shape or too large is named so', async () => {
	const { member } = district.devices;
	const send = async (
		body: string,
		headers: Record<string, string> = { cookie: member.cookie }
	) => {
		const response = await fetch(`${url}/api/entries`, { method: 'POST', headers, body });
		expect(response.headers.get('content-type')).toBe('application/problem+json');
		const { status, code }: { status: number; code: string } = JSON.parse(await response.text());
		expect(status).toBe(response.status);
		return [status, code];
	};
	const good = { now: Date.now(), commits: [member.commit(demand(v7()))] };
	expect(await send(JSON.stringify(good), {})).toEqual([401, 'no-session']);
	expect(await raw(member.cookie, null)).toBe(400);
	expect(await send('{')).toEqual([400, 'malformed']);
	expect(await send('{"now":1,"commits":[]}')).toEqual([400, 'malformed']);
	expect(await send(JSON.stringify({ ...good, more: 1 }))).toEqual([400, 'malformed']);
	expect(await send('x'.repeat(4 * 1024 * 1024 + 1))).toEqual([413, 'too-big']);
	const commits = Array.from({ length: 101 }, () => good.commits[0]);
	expect(await send(JSON.stringify({ ...good, commits }))).toEqual([413, 'too-big']);
	// In chunks, without a length that could be checked beforehand.
	expect(await raw(member.cookie, Buffer.alloc(4 * 1024 * 1024 + 1))).toBe(413);
	const foreign = { cookie: member.cookie, origin: 'https://elsewhere.example' };
	expect(await send(JSON.stringify(good), foreign)).toEqual([403, 'wrong-origin']);
});

test('[R4] a device beyond its rate is told how long to wait', async () => {
	const slow = await startDistrict({ limits: { entriesPerMinute: 5 } });
	try {
		const { member } = slow.devices;
		const five = Array.from({ length: 5 }, () => member.commit(demand(v7())));
		expect((await member.post(slow.relay.url, five)).status).toBe(200);
		const response = await member.post(slow.relay.url, [member.commit(demand(v7()))]);
		expect(response.status).toBe(429);
		expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
		const other = await slow.devices.secretary.post(slow.relay.url, [
			slow.devices.secretary.commit(demand(v7()))
		]);
		expect(other.status).toBe(200);
	} finally {
		await slow.end();
	}
});

/** A POST without a length: in chunks, or with no body at all, as some tools send it. */
function raw(cookie: string, body: Buffer | null): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		const options = { method: 'POST', headers: { cookie } };
		const asked = request(`${url}/api/entries`, options, (response) =>
			resolve(response.resume().statusCode)
		);
		asked.useChunkedEncodingByDefault = body !== null;
		asked.once('error', reject);
		if (body !== null) asked.write(body);
		asked.end();
	});
}

function numberOf(receipt: Receipt | undefined): number {
	return Number(receipt?.given?.no?.split('-').at(-1));
}

/** (r, n − s): another signature that verifies for the same text and key. */
function malleated(sig: string): string {
	const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
	const bytes = Buffer.from(sig, 'base64url');
	const s = BigInt(`0x${bytes.subarray(32).toString('hex')}`);
	const twin = (n - s).toString(16).padStart(64, '0');
	return Buffer.concat([bytes.subarray(0, 32), Buffer.from(twin, 'hex')]).toString('base64url');
}
