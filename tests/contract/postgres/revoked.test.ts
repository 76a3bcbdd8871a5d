/** [R5] A device that one relay takes out of use loses its socket at another, woken or not, however many go at once. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeviceId, type PersonId } from '#domain/ids.ts';
import { KEY_FILE } from '#relay/keys.ts';
import { REVOKED_FILE } from '#relay/people/revoked.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { databaseOf } from '../../support/database.ts';
import {
	joinsAs,
	knock,
	makePhone,
	startPeopledRelay,
	type PeopledRelay
} from '../../support/joining.ts';
import { lineTo } from '../../support/postgres-line.ts';
import { connect, type Reader } from '../../support/reader.ts';
import { found, temporaryFolder } from '../../support/relay.ts';
import { people } from '../../support/tell.ts';

let one: PeopledRelay;
let opened: (() => unknown)[];

beforeEach(async () => {
	opened = [];
	one = await startPeopledRelay();
	await found(one);
});
afterEach(async () => {
	for (const end of opened.reverse()) await end();
	await one.end();
});

/** Another relay on the same database; `isDeaf`: no wake-up reaches it. */
async function another({ isDeaf = false } = {}): Promise<PeopledRelay> {
	const folder = temporaryFolder();
	copyFileSync(join(one.config.dataDir, KEY_FILE), join(folder.path, KEY_FILE));
	const { databaseUrl = '' } = await databaseOf(one.config.dataDir);
	const line = await lineTo(databaseUrl, { isMute: isDeaf });
	writeFileSync(join(folder.path, 'database-url'), line.url);
	const relay = await startPeopledRelay({ dataDir: folder.path });
	opened.push(
		folder.remove,
		() => line.end(),
		() => relay.end()
	);
	return relay;
}

const joins = (person: PersonId) => joinsAs(one, person);

async function reads({ url, store }: PeopledRelay, cookie: string): Promise<Reader> {
	const reader = await connect(url, cookie);
	opened.push(() => reader.close());
	await reader.open(`directory@${store.epoch}`);
	return reader;
}

/** How a socket closed, unless it is open after two seconds still. */
function closedSoon(reader: Reader): Promise<number | string> {
	const tooLate = new Promise<string>((resolve) => setTimeout(resolve, 2_000, 'still open'));
	return Promise.race([reader.closed, tooLate]);
}

test.each([
	['that is woken', false],
	['that no wake-up reaches', true]
])('[R5] a socket at a relay %s is closed within two seconds', async (_how, isDeaf) => {
	const lost = await joins(people.member);
	const secretary = await joins(people.secretary);
	const other = await another({ isDeaf });
	const [reader, kept] = [await reads(other, lost.cookie), await reads(other, secretary.cookie)];
	const { cookie } = secretary;
	const asked = { device: lost.device };
	const { json } = await knock(one.url, '/api/devices/revoke', asked, { cookie });
	expect(json).toEqual({ revoked: true });
	expect(await closedSoon(reader)).toBe(4401);
	const again = await knock(other.url, '/api/scope', { held: {} }, { cookie: lost.cookie });
	expect(again.code).toBe('no-session');
	expect(kept.ws.readyState).toBe(kept.ws.OPEN);
	// [R6] Whichever relay begins first on a restored database has it told.
	expect(readFileSync(join(other.config.dataDir, REVOKED_FILE), 'utf8')).toContain(lost.device);
});

test('[R5] of two hundred devices that are taken out of use at once each loses its socket', async () => {
	const lost = await joins(people.member);
	const other = await another();
	const reader = await reads(other, lost.cookie);
	const publicKey = makePhone().publicKey;
	const enrolled = createPeopleStore(one.store);
	for (let n = 100; n < 300; n++) {
		// Listed before the one with the socket, in whatever order.
		const id = DeviceId.parse(`00000000-0000-7000-8000-000000000${n}`);
		const device = { id, person: people.member, publicKey, label: '', createdAt: one.now() };
		await enrolled.addDevice(device);
	}
	await one.store.run(
		'UPDATE device SET revoked_at = ? WHERE person = ?',
		...[one.now(), people.member]
	);
	expect(await closedSoon(reader)).toBe(4401);
});
