/** The app as screens have it: joining, several persons on one tablet, saying, drafts; against a real relay. */
import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import type { PersonId, RecordId } from '#domain/ids.ts';
import { createApp, type App } from '#lib/app.ts';
import { openDeviceDb } from '#lib/device/device-db.ts';
import type { Fetch } from '#lib/device/relay.ts';
import { openMarks, type Marks } from '#lib/device/storage-mark.ts';
import { draftSaver } from '#lib/drafts/draft-saver.ts';
import type { Socket } from '#lib/sync/multiplexer.ts';
import { runSync } from '#lib/sync/run-sync.ts';
import { createInvitations } from '#relay/people/invitations.ts';
import { startPeopledRelay, type PeopledRelay } from '../../support/joining.ts';
import { found } from '../../support/relay.ts';
import { demand, people, visit } from '../../support/tell.ts';
import { until } from './phone.ts';

let relay: PeopledRelay;
let tablets: App[];
/** The cookie jar of one browser, shared by its tabs and persons. */
let jar: Map<string, string>;

beforeEach(async () => {
	relay = await startPeopledRelay({ at: Date.now() });
	await found(relay);
	tablets = [];
	jar = new Map();
});
afterEach(async () => {
	for (const app of tablets) await app.stop();
	await relay.end();
});

const invite = (person: PersonId) =>
	createInvitations(relay).issue({
		person,
		by: people.secretary,
		as: 'face'
	});

function browserFetch(): Fetch {
	return async (path, init) => {
		const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
		const response = await fetch(relay.url + path, {
			...init,
			headers: { ...init?.headers, cookie }
		});
		for (const set of response.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
			jar.set(name, value);
		}
		return response;
	};
}

function openTab(given: { installation?: string; fetch?: Fetch; marks?: Marks } = {}): App {
	const fetch = given.fetch ?? browserFetch();
	const app = createApp({
		installation: given.installation ?? `installation-${randomBytes(4).toString('hex')}`,
		fetch,
		...(given.marks === undefined ? {} : { marks: given.marks }),
		label: 'test',
		version: 'test',
		startSync: ({ id, person, version, onRole }) =>
			runSync({
				id,
				person,
				version,
				fetch,
				openSocket: () => {
					const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
					const url = `${relay.url.replace('http', 'ws')}/sync`;
					// The socket of `ws` has what the multiplexer uses.
					return new NodeSocket(url, { headers: { cookie } }) as unknown as Socket;
				},
				now: Date.now,
				random: Math.random,
				locks: navigator.locks,
				onRole
			})
	});
	tablets.push(app);
	return app;
}

const is = (app: App, state: App['state']) =>
	until(
		async () => app.state,
		(now) => now === state
	);
const saysOne = (app: App, record: string, options?: Parameters<App['say']>[1]) =>
	// The tests' records are written as plain text.
	app.say([{ ...demand(record), record: record as RecordId }], options);

test('[D1] a device joins with a key nobody can read out, and is somebody at once', async () => {
	const app = openTab();
	await is(app, 'nobody');
	const { secret } = await invite(people.member);
	expect(await app.door.look({ secret })).toMatchObject({ ok: true, value: { name: '某member' } });
	expect(await app.door.enrol({ secret })).toMatchObject({ ok: true });
	await is(app, 'here');
	expect(app.me).toMatchObject({ person: people.member, duty: { role: 'member' } });
	const device = openDeviceDb((await app.people())[0]?.id ?? '');
	const key = await device.keys.get('device');
	if (!key) throw new Error('no key');
	for (const format of ['jwk', 'pkcs8'] as const)
		await expect(crypto.subtle.exportKey(format, key.privateKey)).rejects.toThrow();
	device.close();
	const held = await indexedDB.databases();
	expect(held.map(({ name }) => name)).toContainEqual(expect.stringMatching(/-p-member$/));
	await saysOne(app, 'demand-1');
	await until(app.rows.waiting(), (items) => items.length === 0);
	expect(await app.door.enrol({ secret })).toMatchObject({ ok: false, code: 'invitation-used' });
});

test('[D1] an answer that is lost on the way costs no invitation', async () => {
	const { secret } = await invite(people.member);
	const honest = browserFetch();
	let isLost = true;
	const app = openTab({
		async fetch(path, init) {
			const response = await honest(path, init);
			if (path !== '/api/enrol' || !isLost) return response;
			// With the session that it brought.
			jar.clear();
			throw new TypeError('no network');
		}
	});
	await is(app, 'nobody');
	expect(await app.door.enrol({ secret })).toMatchObject({ ok: false, code: 'unreachable' });
	isLost = false;
	expect(await app.door.enrol({ secret })).toMatchObject({ ok: true });
	await is(app, 'here');
	await saysOne(app, 'demand-1');
	await until(app.rows.waiting(), (items) => items.length === 0);
});

test('[D1] two persons take turns on one tablet; the session follows the one who is active', async () => {
	const app = openTab();
	await app.door.enrol({ secret: (await invite(people.member)).secret });
	await is(app, 'here');
	await app.door.enrol({ secret: (await invite(people.secondMember)).secret });
	await until(
		async () => app.state === 'here' && app.me.person,
		(who) => who === people.secondMember
	);
	await saysOne(app, 'demand-of-second');
	await until(app.rows.waiting(), (items) => items.length === 0);
	const here = await app.people();
	await app.switchTo(here.find(({ person }) => person === people.member)?.id ?? '');
	await until(
		async () => app.state === 'here' && app.me.person,
		(who) => who === people.member
	);
	// The cookie is still the other person's: what is shown and said must not be.
	await saysOne(app, 'demand-of-first');
	await until(app.rows.waiting(), (items) => items.length === 0);
	const page = await until(app.rows.page({ family: 'demand' }), ({ items }) => items.length > 0);
	expect(page.items.map(({ row }) => [row.record, row.raisedBy])).toEqual([
		['demand-of-first', people.member]
	]);
});

test('[D1] another tab of the tablet follows when the person is switched', async () => {
	const one = openTab({ installation: 'shared-tablet' });
	const other = openTab({ installation: 'shared-tablet' });
	await is(other, 'nobody');
	await one.door.enrol({ secret: (await invite(people.member)).secret });
	await is(other, 'here');
	expect(other.me.person).toBe(people.member);
	expect([one.role, other.role].sort()).toEqual(['follower', 'leader']);
});

test('[O1] a form that is said leaves no draft behind, one that cannot be said keeps it', async () => {
	const app = openTab();
	await app.door.enrol({ secret: (await invite(people.member)).secret });
	await is(app, 'here');
	const key = 'visit:door-1';
	const saver = draftSaver(
		app.drafts,
		() => ({ key, schemaVersion: 1 }),
		() => undefined,
		() => undefined
	);
	const { flush, stop } = saver;
	app.drafts.open({ key, isDirty: () => true, flush, rewrite: flush, stop });
	saver.touch('typed');
	const bad = { ...visit('visit-1', 'door-1', { mode: 'by balloon' }), record: app.newRecord() };
	expect(await app.say([bad], { draft: key })).toEqual({ ok: false, reason: 'malformed' });
	expect(await app.drafts.read(key)).toMatchObject({ value: 'typed' });
	expect(app.dirtyForms()).toBe(1);
	expect(await saysOne(app, 'demand-1', { draft: key })).toMatchObject({ ok: true });
	expect(await app.drafts.read(key)).toBeUndefined();
	expect(app.dirtyForms()).toBe(0);
});

test('the browser is asked to keep what is stored at the first save, and only then', async () => {
	const persist = vi.fn(async () => true);
	Object.defineProperty(navigator, 'storage', { configurable: true, value: { persist } });
	onTestFinished(() => void Reflect.deleteProperty(navigator, 'storage'));
	const app = openTab();
	await app.door.enrol({ secret: (await invite(people.member)).secret });
	await is(app, 'here');
	const bad = { ...visit('visit-1', 'door-1', { mode: 'by balloon' }), record: app.newRecord() };
	expect(await app.say([bad])).toMatchObject({ ok: false });
	expect(persist).not.toHaveBeenCalled();
	for (const record of ['demand-1', 'demand-2'])
		expect(await saysOne(app, record)).toMatchObject({ ok: true });
	expect(persist).toHaveBeenCalledTimes(1);
});

test('numbers of this device count on, and name it', async () => {
	const app = openTab();
	await app.door.enrol({ secret: (await invite(people.member)).secret });
	await is(app, 'here');
	const numbers = [await app.draftNo(), await app.draftNo()];
	expect(numbers[0]).toMatch(/^[A-Z]\d-0001$/);
	expect(numbers[1]).toBe(numbers[0]?.replace('0001', '0002'));
});

test('[J1] the same judge foretells what is possible, and says unknown where rows are missing', async () => {
	const app = openTab();
	await app.door.enrol({ secret: (await invite(people.member)).secret });
	await is(app, 'here');
	await saysOne(app, 'demand-1');
	const record = 'demand-1' as RecordId;
	const withdrawn = { kind: 'demand.withdrawn.v1', record, body: { reason: '说错了' } };
	expect(await app.predict(withdrawn)).toBe(true);
	expect(await app.predict({ ...withdrawn, record: app.newRecord() })).toBe('unknown');
	const declined = { kind: 'demand.declined.v1', record, body: { code: 'secret', reply: '不办' } };
	expect(await app.predict(declined)).toBe('not-allowed');
});

test('what a browser lost is told at the next start, and joining again ends it', async () => {
	const kept = new Map<string, string>();
	const storage = {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => void kept.set(key, value),
		removeItem: (key: string) => void kept.delete(key)
	};
	const browser = { installation: 'losing', marks: openMarks({ storage, cookies: undefined }) };
	const before = openTab(browser);
	await is(before, 'nobody');
	await before.door.enrol({ secret: (await invite(people.member)).secret });
	await is(before, 'here');
	await saysOne(before, 'demand-1');
	const number = await before.draftNo();
	const [mark] = browser.marks.all();
	expect(mark?.said).toBeGreaterThan(0);
	expect(mark?.numbered).toBe(Number(number.slice(-4)));
	const [person] = await before.people();
	await before.stop();
	await Dexie.delete(person?.id ?? '');

	const after = openTab(browser);
	await is(after, 'nobody');
	expect(after.losses).toMatchObject([{ is: 'lost', name: '某member' }]);
	await after.door.enrol({ secret: (await invite(people.member)).secret });
	await is(after, 'here');
	expect(after.losses).toEqual([]);
	expect(await after.draftNo()).not.toBe(number);
	expect(browser.marks.all()).toMatchObject([{ device: after.me.device, said: 0, numbered: 1 }]);
});
