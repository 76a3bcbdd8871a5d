/** What stays on a phone that was taken out of use: nothing that others told. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import { readStatus } from '#lib/sync/sync-status.ts';
import { household, people, visit } from '../../support/tell.ts';
import { until } from './phone.ts';
import { openPlace, type Place } from './place.ts';

let place: Place;

beforeEach(async () => {
	place = await openPlace();
	await place.enrolled(people.secretary).says(place.relay.url, household('door-1'));
});
afterEach(() => place.end());

test('[D2] a phone taken out of use holds nobody any more, only what its owner has not handed in', async () => {
	const phone = await place.phoneOf({ person: people.member });
	let isRevoked = false;
	const refuse = (code: string) =>
		Response.json({ title: code, status: 401, code }, { status: 401 });
	const cookie = `lxq=${phone.speaker.signer.device}`;
	phone.syncs(place.relay, {
		noSockets: true,
		fetch: async (path, init) => {
			if (!isRevoked)
				return fetch(place.relay.url + path, { ...init, headers: { ...init?.headers, cookie } });
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
