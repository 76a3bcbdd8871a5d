/** Scope, ledgers as JSON, and the built app: what a device is told to hold and how files are served. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { deskLedger, memberLedger, STANDING } from '#domain/ledgers.ts';
import { sameText } from '#domain/wire.ts';
import { sha256 } from '#relay/ledgers/chain.ts';
import { serve } from '#relay/serve.ts';
import { databaseOf } from '../support/database.ts';
import type { TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { sendRaw } from '../support/raw-socket.ts';
import { peopleOf, startRelay, temporaryFolder } from '../support/relay.ts';
import { makeReadOnly } from '../support/store-trouble.ts';
import { COMMUNITY, demand, DISTRICT, household, people, SUBDISTRICT } from '../support/tell.ts';

const build = temporaryFolder();
let district: District;
let url: string;
let period: string;

const policy = "default-src 'self'; script-src 'self' 'sha256-abc='";
const shell = `<meta http-equiv="content-security-policy" content="${policy.replaceAll("'", '&#39;')}"><p>shell</p>`;
const script = `export const a = '${'a'.repeat(5_000)}';`;

beforeAll(async () => {
	mkdirSync(join(build.path, '_app/immutable'), { recursive: true });
	writeFileSync(join(build.path, 'index.html'), shell);
	writeFileSync(join(build.path, 'sw.js'), 'self.skipWaiting()');
	writeFileSync(join(build.path, 'manifest.webmanifest'), '{}');
	writeFileSync(join(build.path, '_app/version.json'), '{"version":"abc"}');
	writeFileSync(join(build.path, '_app/immutable/a.js'), script);
	writeFileSync(join(build.path, '_app/immutable/a.js.br'), brotliCompressSync(script));
	writeFileSync(join(build.path, '_app/immutable/a.js.gz'), gzipSync(script));
	district = await startDistrict({ build: build.path });
	({ url } = district.relay);
	const [receipt] = await district.devices.member.says(url, demand(v7()));
	period = receipt?.given?.period ?? '';
	await district.devices.secretary.says(url, household(v7()));
});
afterAll(async () => {
	await district.end();
	build.remove();
});

describe('[A2] a scope', () => {
	const cases: readonly [keyof typeof people, (name: string) => boolean][] = [
		['member', (name) => /^(directory|board\/|member\/p-member\/)/.test(name)],
		[
			'secretary',
			(name) => /^(directory|board\/|(desk|facts|member\/p-secretary)\/990101001000\/)/.test(name)
		],
		[
			'stranger',
			(name) => /^(directory|board\/|(desk|member\/p-stranger)\/990101002000\/)/.test(name)
		],
		['officer', (name) => /^(directory|board\/|office\/990101000000|facts\/)/.test(name)],
		['district', (name) => /^(directory|board\/|district\/|facts\/)/.test(name)]
	];
	test.each(cases)('of %s holds what that person reads, no more', async (role, mayHold) => {
		const { hold, moved, duties, drop } = await district.devices[role].scope(url);
		expect(Object.keys(hold).filter((name) => !mayHold(name))).toEqual([]);
		expect(Object.keys(hold)).toContain('directory');
		expect(moved.toSorted()).toEqual(Object.keys(hold).toSorted());
		expect(duties).toHaveLength(1);
		expect(drop).toEqual([]);
	});

	test('names who asks, where, and the realm', async () => {
		const scope = await district.devices.officer.scope(url);
		expect(scope).toMatchObject({
			person: people.officer,
			name: '某subdistrictOfficer',
			duties: [
				{ role: 'subdistrictOfficer', org: SUBDISTRICT, orgName: '柳浦街道', level: 'subdistrict' }
			],
			realm: 'realm-of-tests',
			realmName: '兰桥区',
			demo: false
		});
	});

	test('says only what moved, what to rebuild, and what to drop', async () => {
		const { secretary } = district.devices;
		const first = await secretary.scope(url);
		const still = await secretary.scope(url, first.hold);
		expect([still.moved, still.rebuild, still.drop]).toEqual([[], [], []]);
		expect(still.hold).toEqual(first.hold);

		const desk = deskLedger(COMMUNITY, period);
		await secretary.says(url, demand(v7(), { channel: 'phone' }));
		expect((await secretary.scope(url, first.hold)).moved).toContain(desk);

		const strange = await secretary.scope(url, {
			...first.hold,
			directory: { seq: 1, chain: 'another chain' },
			[`board/${DISTRICT}/standing`]: { seq: 999, chain: 'x' },
			[memberLedger(people.member, COMMUNITY, period)]: { seq: 1, chain: 'x' }
		});
		expect(strange.rebuild.toSorted()).toEqual([`board/${DISTRICT}/standing`, 'directory']);
		expect(strange.moved).toEqual(
			expect.arrayContaining(['directory', `board/${DISTRICT}/standing`])
		);
		expect(strange.drop).toEqual([memberLedger(people.member, COMMUNITY, period)]);
	});

	test('is asked in few bytes, however many there are, whether it is still so', async () => {
		const { member, secretary } = district.devices;
		const { hold, tag } = await member.scope(url);
		const isSame = async (by: TestDevice, held: typeof hold) => {
			const same = sha256(sameText(tag, held));
			const headers = { cookie: by.cookie };
			const body = JSON.stringify({ same, waiting: 0, version: 'test' });
			const response = await fetch(`${url}/api/scope`, { method: 'POST', headers, body });
			const answer = await response.text();
			expect(answer.length + body.length).toBeLessThan(200);
			return JSON.parse(answer).same;
		};
		expect(await isSame(member, hold)).toBe(true);
		expect(await isSame(secretary, hold)).toBe(false);
		const { directory = { seq: 0, chain: '' } } = hold;
		expect(await isSame(member, { ...hold, directory: { ...directory, chain: 'other' } })).toBe(
			false
		);
		expect(await isSame(member, { directory })).toBe(false);
		await member.says(url, demand(v7()));
		expect(await isSame(member, hold)).toBe(false);
	});

	test('of another epoch is rebuilt whole', async () => {
		const { member } = district.devices;
		const { hold } = await member.scope(url);
		const headers = { cookie: member.cookie };
		const body = JSON.stringify({ held: hold, epoch: '00000000' });
		const response = await fetch(`${url}/api/scope`, { method: 'POST', headers, body });
		const { rebuild } = await response.json();
		expect(rebuild.toSorted()).toEqual(Object.keys(hold).toSorted());
	});
});

describe('[R7] a ledger as JSON', () => {
	const ask = async (path: string, role: keyof typeof people = 'secretary') => {
		const headers = { cookie: district.devices[role].cookie };
		const response = await fetch(`${url}/api/ledgers/${path}`, { headers });
		return { status: response.status, body: await response.json() };
	};

	test('is read in parts that make the whole', async () => {
		const seqs: number[] = [];
		let after = 0;
		for (let more = true; more;) {
			const { body } = await ask(`directory?after=${after}&limit=2`);
			expect(body.epoch).toBe(district.relay.store.epoch);
			seqs.push(...body.elements.map((element: { head: { seq: number } }) => element.head.seq));
			after = seqs.at(-1) ?? 0;
			({ more } = body);
		}
		const { seq = 0 } = (await district.relay.store.ledgerHead('directory')) ?? {};
		expect(seqs).toEqual(Array.from({ length: seq }, (_, i) => i + 1));
	});

	test('holds heads with their texts, and facts without', async () => {
		const { body } = await ask(deskLedger(COMMUNITY, period));
		expect(JSON.parse(body.elements[0].text).kind).toBe('demand.registered.v1');
		expect(body.elements[0].sig).toMatch(/^[\w-]{86}$/);
		const facts = await ask(`facts/${COMMUNITY}/${STANDING}`, 'district');
		expect(Object.keys(facts.body.elements[0])).toEqual(['head']);
	});

	test('of nobody, of others or asked for wrongly is refused', async () => {
		expect((await ask('desk')).body.code).toBe('not-yours');
		expect((await ask('../../store.sqlite')).status).toBe(404);
		expect((await ask(deskLedger(COMMUNITY, period), 'member')).status).toBe(403);
		expect((await ask('directory?after=-1')).body.code).toBe('malformed');
		expect((await ask('directory?limit=many')).status).toBe(400);
		expect((await fetch(`${url}/api/ledgers/directory`)).status).toBe(401);
	});
});

describe('the built app', () => {
	/** Asks with the path exactly as written. */
	const ask = (path: string, headers = {}) =>
		new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve) => {
			get({ host: '127.0.0.1', port: district.relay.port, path, headers }, (response) => {
				const parts: Buffer[] = [];
				response.on('data', (part: Buffer) => parts.push(part));
				response.on('end', () =>
					resolve({
						status: response.statusCode ?? 0,
						headers: response.headers,
						body: Buffer.concat(parts)
					})
				);
			});
		});

	test('is the shell for every route, and the shell’s own policy is a header', async () => {
		for (const path of ['/', '/visits/new', '/index.html', '/join']) {
			const { status, headers, body } = await ask(path);
			expect([status, body.toString()]).toEqual([200, shell]);
			expect(headers['cache-control']).toBe('no-cache');
			expect(headers['content-security-policy']).toBe(`${policy}; frame-ancestors 'none'`);
			expect(headers['x-content-type-options']).toBe('nosniff');
			expect(headers['referrer-policy']).toBe('no-referrer');
			// A voice note is spoken into a page of ours, and of nobody else.
			expect(headers['permissions-policy']).toContain('microphone=(self)');
		}
	});

	test('is a page; what a door answers may load and show nothing, and is kept nowhere', async () => {
		const { headers } = await ask('/api/certificate');
		expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
		expect(headers['x-content-type-options']).toBe('nosniff');
		expect(headers['cross-origin-resource-policy']).toBe('same-origin');
		expect(headers['cache-control']).toBe('no-store');
	});

	test('[R4] little is said with what a device asks each time that it comes back', async () => {
		const { devices, relay } = district;
		const { cookie } = devices.member;
		const body = '{"held":{}}';
		const lines = ['POST /api/scope HTTP/1.1', 'host: a', `cookie: ${cookie}`];
		const told = `content-length: ${body.length}\r\n\r\n${body}`;
		const asks = `${lines.join('\r\n')}\r\n${told}`;
		// The connection goes on, though nothing is said of it.
		const last = `GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`;
		const { text } = await sendRaw(relay.port, asks + last);
		const [head = '', ...rest] = text.split('\r\n\r\n');
		expect(head).toMatch(/^HTTP\/1.1 200 [^]*x-content-type-options: nosniff/);
		expect(head.length).toBeLessThan(200);
		expect(rest.join()).toContain('HTTP/1.1 200');
	});

	test('keeps hashed files for ever, and its own version files never', async () => {
		expect((await ask('/_app/immutable/a.js')).headers['cache-control']).toContain('immutable');
		for (const path of ['/sw.js', '/manifest.webmanifest', '/_app/version.json'])
			expect((await ask(path)).headers['cache-control']).toBe('no-cache');
		expect(district.relay.version).toBe('abc');
	});

	test('never answers a missing file with the shell, nor a path outside the build', async () => {
		for (const path of [
			'/_app/immutable/gone.js',
			'/_app/x',
			'/gone.png',
			'/api/gone',
			'/../keys.json',
			'/%2e%2e/keys.json',
			'/_app/../../keys.json',
			'/%'
		])
			expect((await ask(path)).status, path).toBe(404);
	});

	test('is packed for who can unpack it, and not sent again to who has it', async () => {
		const path = '/_app/immutable/a.js';
		const packed = await ask(path, { 'accept-encoding': 'gzip, br' });
		expect(packed.headers['content-encoding']).toBe('br');
		expect(brotliDecompressSync(packed.body).toString()).toBe(script);
		const gzip = await ask(path, { 'accept-encoding': 'gzip' });
		expect(gzip.headers['content-encoding']).toBe('gzip');
		expect(gunzipSync(gzip.body).toString()).toBe(script);
		const plain = await ask(path);
		expect([plain.headers['content-encoding'], `${plain.body}`]).toEqual([undefined, script]);
		expect((await ask(`${path}.br`)).status).toBe(404);
		const again = await ask('/sw.js', { 'if-none-match': (await ask('/sw.js')).headers.etag });
		expect([again.status, again.body.length]).toEqual([304, 0]);
	});
});

test('health, readiness and metrics are there, without a person in them', async () => {
	expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
	const metrics = await (await fetch(`${url}/metrics`)).text();
	expect(metrics).toMatch(/^lxq_entries_accepted \d+$/m);
	expect(metrics).not.toContain('p-member');
});

/** What was found within the last second is told again. */
const soon = { timeout: 5_000 };

test('[R4] many who ask at once cost the store one probe, and a question of metrics the sockets one look', async () => {
	const { sync, store } = district.relay;
	const probes = vi.spyOn(store, 'transaction');
	const looks = vi.spyOn(sync, 'counts', 'get');
	const asked = Array.from({ length: 30 }, () => fetch(`${url}/readyz`));
	for (const { status } of await Promise.all(asked)) expect(status).toBe(200);
	expect(probes.mock.calls.length).toBeLessThan(10);
	await fetch(`${url}/metrics`);
	expect(looks).toHaveBeenCalledTimes(1);
	vi.restoreAllMocks();
});

test('a relay says that it is not ready, and why: no room on the disk, a store that takes nothing', async () => {
	let free = 0.5;
	const watched = await startDistrict({ freeShare: () => Promise.resolve(free) });
	const { url, store } = watched.relay;
	const ready = async () => {
		const answer = await fetch(`${url}/readyz`);
		return [answer.status, await answer.text()];
	};
	expect(await ready()).toEqual([200, 'ready\n']);
	expect(await store.meta('probe')).toBeNull();
	free = 0.09;
	await expect.poll(ready, soon).toEqual([503, 'not ready: disk\n']);
	expect(await (await fetch(`${url}/metrics`)).text()).toContain('lxq_disk_free_share 0.09\n');
	free = 0.5;
	const makeWritable = await makeReadOnly(watched.relay);
	await expect.poll(ready, soon).toEqual([503, 'not ready: store\n']);
	await makeWritable();
	await expect.poll(ready, soon).toEqual([200, 'ready\n']);
	await watched.end();
});

test('a relay that is told to stop says so to a balancer first, and serves until that has seen it', async () => {
	const folder = temporaryFolder();
	const { config } = district.relay;
	const own = {
		...config,
		...(await databaseOf(folder.path)),
		dataDir: folder.path,
		drainMs: 1_500
	};
	const people = () => peopleOf(folder.path);
	const serving = await serve({ config: { ...own, port: 0 }, people, build: build.path });
	const url = `http://127.0.0.1:${serving.port}`;
	expect(await (await fetch(`${url}/readyz`)).text()).toBe('ready\n');
	const closing = serving.close();
	const ready = await fetch(`${url}/readyz`);
	expect([ready.status, await ready.text()]).toEqual([503, 'not ready: stopping\n']);
	expect((await fetch(`${url}/api/certificate`)).status).not.toBe(503);
	await closing;
	await expect(fetch(`${url}/readyz`)).rejects.toThrow();
	folder.remove();
});

test.each([
	{ whom: 'nobody', trustedProxies: [], statuses: [401, 401, 429, 429] },
	{ whom: 'the proxy', trustedProxies: ['127.0.0.1'], statuses: [401, 401, 401, 429] }
])('[R4] believing $whom, askers are told apart by the address that it adds', async (told) => {
	const folder = temporaryFolder();
	const { trustedProxies, statuses } = told;
	const limits = { openRequestsPerMinute: 2 };
	const relay = await startRelay({ dataDir: folder.path, limits, trustedProxies });
	const answers: number[] = [];
	// The last of the first three comes from another asker; each may claim what it likes before it.
	for (const from of ['198.51.100.7', '6.6.6.6, 198.51.100.7', '198.51.100.8', '198.51.100.7']) {
		const headers = { 'x-forwarded-for': from };
		answers.push((await fetch(`${relay.url}/api/ledgers/directory`, { headers })).status);
	}
	expect(answers).toEqual(statuses);
	await relay.close();
	folder.remove();
});
