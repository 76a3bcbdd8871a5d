/** [R5] [O4] A session that goes on, or begins anew, without a person who notices. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import { readStatus } from '#lib/sync/sync-status.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { startPeopledRelay, type PeopledRelay } from '../../support/joining.ts';
import { found } from '../../support/relay.ts';
import { DAY, demand, people } from '../../support/tell.ts';
import { makePhone, until, type Phone } from './phone.ts';

let relay: PeopledRelay;
let phone: Phone;
let cookie: string;
/** What a person of this device asked the relay for. */
let asked: string[];

beforeEach(async () => {
	relay = await startPeopledRelay({ limits: { aliveMs: 1 } });
	await found(relay);
	const { addDevice } = createPeopleStore(relay.store);
	phone = await makePhone({
		person: people.member,
		enrol: (device) => addDevice({ ...device, label: 'Android', createdAt: relay.clock.at })
	});
	phone.now = () => relay.clock.at;
	[cookie, asked] = ['', []];
	phone.syncs(relay, {
		cookie: () => cookie,
		async fetch(path, init) {
			asked.push(path);
			const headers = { ...init?.headers, cookie };
			const response = await fetch(relay.url + path, { ...init, headers });
			cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
			return response;
		}
	});
	await untilOpen();
});
afterEach(async () => {
	await phone.close();
	await relay.end();
});

const signIns = () => asked.filter((path) => path === '/api/session').length;
const untilOpen = () =>
	until(
		async () => relay.sync.counts.sockets,
		(open) => open === 1
	);

test('[R5] a socket that stays open proves the key by itself, and no session begins anew', async () => {
	const first = cookie;
	relay.clock.at += 25 * DAY;
	await until(
		() => relay.store.first<{ ends: number }>('SELECT max(expires_at) AS ends FROM session'),
		(found) => Number(found?.ends) === relay.clock.at + 30 * DAY
	);
	relay.clock.at += 20 * DAY;
	await phone.says([demand('demand-1')]);
	await until(
		() => phone.ask.one('demand', RecordId.parse('demand-1'))(),
		(seen) => seen?.pending === false
	);
	expect([signIns(), cookie]).toEqual([1, first]);
	expect(relay.sync.counts.sockets).toBe(1);
});

test('[R5] [O4] a socket whose session is over comes back under a new one', async () => {
	await until(
		() => readStatus(phone.rows),
		({ net }) => net === 'online'
	);
	const first = cookie;
	await relay.store.run('UPDATE session SET expires_at = ?', relay.clock.at);
	relay.clock.at += 1;
	await until(
		async () => cookie,
		(now) => now !== first
	);
	await untilOpen();
	expect(signIns()).toBe(2);
});
