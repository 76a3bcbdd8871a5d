/** 建立本区: once, with the relay's secret, whole or not at all; by the page and from the command line. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { RealmAnswer } from '#domain/wire.ts';
import { openStore } from '#relay/store/sqlite.ts';
import { spawnApp } from '../support/app-process.ts';
import { signWith } from '../support/device.ts';
import {
	cookieOf,
	knock,
	makePhone,
	startPeopledRelay,
	type Answered,
	type PeopledRelay
} from '../support/joining.ts';
import { temporaryFolder } from '../support/relay.ts';

const Founded = z.strictObject({
	realm: z.string(),
	invitations: z.array(
		z.strictObject({
			name: z.string(),
			role: z.string(),
			orgName: z.string(),
			link: z.string(),
			code: z.string(),
			expiresAt: z.int()
		})
	)
});

const units = [
	{ code: '990102000000', name: '南泽区', level: 'district', parent: null },
	{ code: '990102001001', name: '荷花社区', level: 'community', parent: '990102001000' },
	{ code: '990102001000', name: '湖滨街道', level: 'subdistrict', parent: '990102000000' },
	{ code: '990102-D1', name: '南泽区民政局', level: 'departmentUnit', parent: '990102000000' }
];
const firstPeople = [
	{ name: '管小青', phone: '13800004567', role: 'admin', org: '990102000000' },
	{ name: '区一鸣', role: 'districtOfficer', org: '990102000000' },
	{ name: '办二喜', role: 'subdistrictOfficer', org: '990102001000' },
	{ name: '书三多', role: 'communitySecretary', org: '990102001001' },
	{ name: '党四海', role: 'member', org: '990102001001' }
];

let relay: PeopledRelay;
beforeEach(async () => {
	relay = await startPeopledRelay();
});
afterEach(() => relay.end());

function found(more: Record<string, unknown> = {}): Promise<Answered> {
	const secret = relay.keys.foundingSecret;
	return knock(relay.url, '/api/found', {
		secret,
		name: '南泽区',
		units,
		people: firstPeople,
		...more
	});
}

async function realm(): Promise<RealmAnswer> {
	return RealmAnswer.parse((await knock(relay.url, '/api/realm')).json);
}

test('[R9] the one-time secret founds a district once', async () => {
	expect(await realm()).toMatchObject({ realm: null, demo: false, foundable: true });
	expect((await found({ secret: 'guess' })).code).toBe('secret-wrong');
	expect((await realm()).foundable).toBe(true);

	const [answer, late] = await Promise.all([found(), found({ name: '另一区' })]);
	const outcomes = [answer, late].map(({ code }) => code).sort();
	expect(outcomes).toEqual(['', 'already-founded']);
	const made = Founded.parse([answer, late].find(({ code }) => code === '')?.json);
	expect(await realm()).toMatchObject({ realm: made.realm, demo: false, foundable: false });
	expect((await found()).code).toBe('already-founded');
	expect((await knock(relay.url, '/api/demo/start', {})).code).toBe('already-founded');
	expect((await knock(relay.url, '/api/demo/people')).code).toBe('not-found');
	expect((await knock(relay.url, '/api/demo/progress')).code).toBe('not-found');
	expect((await knock(relay.url, '/api/demo/become', { key: 'member' })).code).toBe('not-found');
});

test('the first people join with their invitations and hold their duties', async () => {
	const { realm: id, invitations } = Founded.parse((await found()).json);
	expect(invitations.map(({ name, role, orgName }) => [name, role, orgName])).toEqual([
		['管小青', 'admin', '南泽区'],
		['区一鸣', 'districtOfficer', '南泽区'],
		['办二喜', 'subdistrictOfficer', '湖滨街道'],
		['书三多', 'communitySecretary', '荷花社区'],
		['党四海', 'member', '荷花社区']
	]);
	for (const { link, name } of invitations) {
		const [secret = '', at] = new URL(link).hash.slice(1).split('.');
		expect(link.startsWith(`${relay.url}/join#`)).toBe(true);
		expect(at).toBe(id);
		const phone = makePhone();
		// Only the administrator's phone was registered.
		if (name === '管小青')
			expect((await phone.enrol(relay.url, { secret }, { realm: id })).code).toBe('check-failed');
		const check = name === '管小青' ? { check: '4567' } : {};
		const joined = await phone.enrol(relay.url, { secret }, { realm: id, ...check });
		const scope = await knock(relay.url, '/api/scope', { held: {} }, { cookie: cookieOf(joined) });
		expect(scope.json).toMatchObject({ name, realm: id, realmName: '南泽区', demo: false });
	}
	const [settings] = await relay.store.rowsOfFamily('settings');
	expect(JSON.stringify(settings)).toContain('2026-10-01');
});

test.each([
	[
		'a unit under nobody',
		{ units: [...units, { code: '9', name: '孤社区', level: 'community', parent: '8' }] },
		'organisation-refused'
	],
	[
		'two districts',
		{ units: [...units, { code: '9', name: '又一区', level: 'district' }] },
		'organisation-refused'
	],
	['no district', { units: units.slice(1) }, 'organisation-refused'],
	['a code twice', { units: [...units, units[1]] }, 'organisation-refused'],
	[
		'a person at no unit',
		{ people: [...firstPeople, { name: '某', role: 'member', org: '7' }] },
		'person-refused'
	],
	[
		'a role at another level',
		{ people: [...firstPeople, { name: '某', role: 'member', org: '990102000000' }] },
		'person-refused'
	],
	['no administrator first', { people: firstPeople.slice(1) }, 'person-refused'],
	[
		'the role of the relay itself',
		{ people: [{ name: '某', role: 'setUp', org: '990102000000' }] },
		'malformed'
	],
	['a name too long', { name: '区'.repeat(61) }, 'malformed'],
	['another field', { also: 1 }, 'malformed']
])('%s founds nothing and leaves the secret good', async (_what, more, code) => {
	expect((await found(more)).code).toBe(code);
	expect(await realm()).toMatchObject({ realm: null, foundable: true });
	expect(await relay.store.all('SELECT id FROM record')).toEqual([]);
	expect((await found()).status).toBe(200);
});

test('a wrong secret is not guessed for long', async () => {
	const codes: string[] = [];
	for (let i = 0; i < 62; i++) codes.push((await found({ secret: `guess ${i}` })).code);
	expect(codes.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 'secret-wrong'));
	expect(codes.slice(60)).toEqual(['slow-down', 'slow-down']);
});

test('[R9] once founded, what claims to come from the relay itself is not believed', async () => {
	const { realm: id, invitations } = Founded.parse((await found()).json);
	const [secret = ''] = new URL(invitations[1]?.link ?? '').hash.slice(1).split('.');
	const cookie = cookieOf(await makePhone().enrol(relay.url, { secret }, { realm: id }));
	const draft = {
		kind: 'organisation.renamed.v1',
		record: '990102001001',
		org: '990102000000',
		body: { name: '改名' }
	};
	for (const key of [makePhone().privateKey, relay.keys.setUp.privateKey]) {
		const commit = signWith(key, [draft], { device: 'relay', realm: id, at: relay.clock.at });
		const { json } = await knock(
			relay.url,
			'/api/entries',
			{ now: relay.clock.at, commits: [commit] },
			{ cookie }
		);
		expect(json).toMatchObject({ receipts: [{ verdict: 'refused', reason: 'bad-signature' }] });
	}
});

test('a district of a hundred and twenty communities is founded in one transaction', async () => {
	const [district] = units;
	const many = Array.from({ length: 12 }, (_, i) => String(990102100000 + (i + 1) * 1000)).flatMap(
		(code) => [
			{ code, name: `第${code.slice(7, 9)}街道`, level: 'subdistrict', parent: '990102000000' },
			...Array.from({ length: 10 }, (_, j) => ({
				code: String(Number(code) + j + 1),
				name: `社区${j}`,
				level: 'community',
				parent: code
			}))
		]
	);
	const answer = await found({ units: [district, ...many], people: firstPeople.slice(0, 2) });
	expect(answer.status).toBe(200);
	expect(await relay.store.rowsOfFamily('organisation')).toHaveLength(133);
});

test('the secret is shown until it is used, and nothing personal is ever logged', async () => {
	const app = await spawnApp({ LOG_LEVEL: 'trace' });
	try {
		const secret = /\/setup#([\w-]{22})/.exec(app.said())?.[1] ?? '';
		expect(secret).toHaveLength(22);
		const answer = await knock(app.url, '/api/found', {
			secret,
			name: '南泽区',
			units,
			people: firstPeople
		});
		const { realm: id, invitations } = Founded.parse(answer.json);
		const [hidden = ''] = new URL(invitations[4]?.link ?? '').hash.slice(1).split('.');
		const phone = makePhone();
		const joined = await phone.enrol(app.url, { secret: hidden }, { realm: id });
		expect(joined.status).toBe(200);
		await knock(app.url, '/api/found', { secret, name: '南泽区', units, people: firstPeople });
		await phone.enrol(app.url, { code: '00000000' }, { realm: id });
		await app.stop();
		const before = app.said().length;
		await app.start();
		expect(app.said().slice(before)).not.toContain(secret);
		const token = cookieOf(joined).split('=')[1] ?? 'none';
		const words = ['管小青', '党四海', '13800004567', '荷花', hidden, token];
		for (const word of [...words, ...invitations.map(({ code }) => code)])
			expect(app.said()).not.toContain(word);
	} finally {
		await app.end();
	}
});

test('the command founds from lists as offices keep them, and only once', async () => {
	const folder = temporaryFolder();
	const script = fileURLToPath(new URL('../../sync-server/found.ts', import.meta.url));
	const run = (...options: string[]) =>
		promisify(execFile)(process.execPath, [script, ...options], {
			env: { ...process.env, DATA_DIR: join(folder.path, 'data'), PORT: '1' }
		});
	try {
		const organisations = join(folder.path, 'organisations.csv');
		const people = join(folder.path, 'people.csv');
		writeFileSync(
			organisations,
			'\ufeff代码,名称,上级代码,层级\r\n990102000000,南泽区,,区\r\n990102001000,湖滨街道,990102000000,街道\r\n990102001001,荷花社区,990102001000,社区\r\n,无码社区,990102001000,社区\r\n'
		);
		writeFileSync(
			people,
			'姓名,手机,角色,单位\n管小青,13800004567,系统管理员,南泽区\n书三多,,书记,荷花社区\n'
		);
		const lists = ['--name', '南泽区', '--organisations', organisations, '--people', people];
		const { stdout, stderr } = await run(...lists);
		expect(stdout).toMatch(/3 organisations/);
		expect(stdout.match(/\/join#/g)).toHaveLength(2);
		expect(stderr).toContain('row 5: blank-code');
		await expect(run(...lists)).rejects.toThrow('already-founded');
		await expect(run('--demo')).rejects.toThrow('not empty');
		await expect(run()).rejects.toThrow('usage:');
		const store = openStore(join(folder.path, 'data'));
		expect(await store.meta('realmName')).toBe('南泽区');
		await store.close();
	} finally {
		folder.remove();
	}
});
