/** [R6] A dump of PostgreSQL that is restored into a new database is a store to go on with. */
import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deskLedger, STANDING } from '#domain/ledgers.ts';
import { KEY_FILE } from '#relay/keys.ts';
import type { Relay } from '#relay/relay.ts';
import { flawsOf } from '../../support/audits.ts';
import { BARE, databaseOf, say } from '../../support/database.ts';
import { startDistrict, type District } from '../../support/district.ts';
import { findProgram } from '../../support/postgres.ts';
import { connect, headsIn, until } from '../../support/reader.ts';
import { startRelay, temporaryFolder } from '../../support/relay.ts';
import { COMMUNITY, DISTRICT, household, people } from '../../support/tell.ts';

const desk = deskLedger(COMMUNITY, STANDING);
const [dump, restore] = ['pg_dump', 'pg_restore'].map(findProgram);
let district: District;
let restored: ReturnType<typeof temporaryFolder>;
let elsewhere: ReturnType<typeof temporaryFolder>;

beforeEach(async () => {
	district = await startDistrict();
	[restored, elsewhere] = [temporaryFolder(), temporaryFolder()];
});
afterEach(async () => {
	await district.end();
	for (const { remove } of [restored, elsewhere]) remove();
});

/** As README says: the dump, and the folder with the keys. */
async function moveTo(dataDir: string): Promise<void> {
	const from = await databaseOf(district.dataDir);
	const to = await databaseOf(dataDir, { from: BARE });
	const file = join(dataDir, 'dump');
	execFileSync(dump ?? '', ['--format=custom', '--file', file, from.databaseUrl ?? '']);
	const into = ['--exit-on-error', '--dbname', to.databaseUrl ?? '', file];
	execFileSync(restore ?? '', into);
	for (const kept of [KEY_FILE, 'devices.json'])
		copyFileSync(join(district.dataDir, kept), join(dataDir, kept));
	// The server that it came from had counted its transactions further.
	for (const table of ['ledger', 'record', 'shared_draft'])
		await say(
			to.databaseUrl ?? '',
			`ALTER TABLE ${table} DISABLE TRIGGER USER; UPDATE ${table} SET moved = 1000000000000;
			ALTER TABLE ${table} ENABLE TRIGGER USER`
		);
}

test('a restored dump is whole, and devices go on with it at several relays', async ({ skip }) => {
	skip(!dump || !restore, 'pg_dump and pg_restore are not to be had: no dump was restored');
	const { secretary, district: officer } = district.devices;
	const before = secretary.commit(household(v7()));
	const [first] = await secretary.handIn(district.relay.url, [before]);
	const { path: dataDir } = restored;
	await moveTo(dataDir);
	const lost = secretary.commit(household(v7()));
	await secretary.handIn(district.relay.url, [lost]);
	const { epoch } = district.relay.store;
	await district.relay.close();

	const relay = await startRelay({ dataDir });
	for (const kept of [KEY_FILE, 'devices.json', 'database-url'])
		copyFileSync(join(dataDir, kept), join(elsewhere.path, kept));
	const other = await startRelay({ dataDir: elsewhere.path });
	expect(relay.store.formerEpoch).toBe(epoch);
	expect(relay.store.epoch).not.toBe(epoch);
	expect(other.store.epoch).toBe(relay.store.epoch);
	expect(await flawsOf(relay)).toEqual([]);

	const reader = await connect(other.url, secretary.cookie);
	const doc = await reader.open(`${desk}@${relay.store.epoch}`);
	const held = headsIn(doc).length;
	expect(await secretary.handIn(relay.url, [before])).toEqual([first]);
	const [again] = await secretary.handIn(relay.url, [lost]);
	expect(again?.verdict).toBe('accepted');
	await until(() => headsIn(doc).length === held + 1);

	await officer.says(relay.url, {
		kind: 'duty.ended.v1',
		record: `duty-${people.stranger}`,
		org: DISTRICT,
		body: { to: Date.now() - 1, reason: '换届' }
	});
	const isOver = (at: Relay) => at.directory.dutiesOnWire(people.stranger, Date.now()).length === 0;
	expect(isOver(relay)).toBe(true);
	await until(() => isOver(other));
	expect(await flawsOf(relay)).toEqual([]);
	reader.close();
	await Promise.all([relay.close(), other.close()]);
});
