/** What stays on a phone that was taken out of use: nothing that others told. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import { readStatus } from '#lib/sync/sync-status.ts';
import { makeDevice } from '../../support/device.ts';
import {
	addDevices,
	found,
	REALM,
	startRelay,
	temporaryFolder,
	type RunningRelay
} from '../../support/relay.ts';
import { household, people, visit } from '../../support/tell.ts';
import { makePhone, until, type Phone } from './phone.ts';

let folder: ReturnType<typeof temporaryFolder>;
let relay: RunningRelay;
let phones: Phone[];

beforeEach(async () => {
	folder = temporaryFolder();
	relay = await startRelay({ dataDir: folder.path });
	await found(relay);
	phones = [];
	const desk = makeDevice(people.secretary, REALM);
	addDevices(folder.path, [{ id: desk.id, person: desk.person, publicKey: desk.publicKey }]);
	await desk.says(relay.url, household('door-1'));
});
afterEach(async () => {
	for (const phone of phones) await phone.close();
	await relay.close();
	folder.remove();
});

test('[D2] a phone taken out of use holds nobody any more, only what its owner has not handed in', async () => {
	const phone = await makePhone({ relay, person: people.member });
	phones.push(phone);
	let isRevoked = false;
	const refuse = (code: string) =>
		Response.json({ title: code, status: 401, code }, { status: 401 });
	const cookie = `lxq=${phone.speaker.signer.device}`;
	phone.syncs(relay, {
		noSockets: true,
		fetch: async (path, init) => {
			if (!isRevoked)
				return fetch(relay.url + path, { ...init, headers: { ...init?.headers, cookie } });
			if (path === '/api/session/challenge') return Response.json({ challenge: 'c' });
			return refuse(path === '/api/session' ? 'revoked' : 'no-session');
		}
	});
	await until(
		() => phone.ask.one('household', RecordId.parse('door-1'))(),
		(seen) => seen !== null
	);
	isRevoked = true;
	await phone.says([visit('visit-1', 'door-1')]);
	await until(
		() => phone.ask.one('household', RecordId.parse('door-1'))(),
		(seen) => seen === null
	);
	await until(
		async () =>
			(await indexedDB.databases()).filter(({ name }) => name?.includes(`${phone.prefix}-`)),
		(left) => left.every(({ name }) => !name?.includes('member/'))
	);
	expect(await phone.rows.rows.count()).toBe(0);
	expect(await phone.device.outbox.count()).toBe(1);
	await until(
		() => readStatus(phone.rows),
		({ reason }) => reason === 'revoked'
	);
});
