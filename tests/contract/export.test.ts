/** A district as plain files: taken to another folder, where the same audit finds the same. */
import {
	appendFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { STANDING, deskLedger } from '#domain/ledgers.ts';
import { exportedTables, leftBehind } from '#relay/copies/exported.ts';
import { exportDistrict } from '#relay/export.ts';
import { importDistrict } from '#relay/import.ts';
import { KEY_FILE } from '#relay/keys.ts';
import { fileOf, MEDIA_FOLDER } from '#relay/media/files.ts';
import { openPeople } from '#relay/people/people.ts';
import { createRelay } from '#relay/relay.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { STORE_FILE } from '#relay/store/sqlite.ts';
import type { Store } from '#relay/store/store.ts';
import { begins, runs as runsAt } from '../support/commands.ts';
import { databaseOf, isOnPostgres, storeAt } from '../support/database.ts';
import { startDistrict } from '../support/district.ts';
import { photo, putPhoto } from '../support/photos.ts';
import { temporaryFolder } from '../support/relay.ts';
import { COMMUNITY, demand, household, visit } from '../support/tell.ts';

async function runs(script: string, dataDir: string, ...args: string[]) {
	mkdirSync(dataDir, { recursive: true });
	return runsAt(script, { dataDir, ...(await databaseOf(dataDir)) }, ...args);
}

test(
	'[R6, L2] an exported district goes on elsewhere: same elements, audit whole, a new epoch',
	{ timeout: 90_000 },
	async () => {
		const there = temporaryFolder();
		const files = join(there.path, 'district');
		const keys = join(there.path, 'keys-of-the-relay.json');
		const moved = join(there.path, 'moved');
		const district = await startDistrict();
		const { relay, devices, dataDir } = district;
		const people = createPeopleStore(relay.store);
		for (const { id, person, publicKey } of Object.values(devices))
			await people.addDevice({ id, person, publicKey, label: '', createdAt: relay.now() });
		await devices.secretary.says(relay.url, household('door-1'));
		await devices.member.says(relay.url, demand('demand-1'), demand('demand-2'));

		// While the relay runs; its keys only where they are asked for.
		expect(await runs('export.ts', dataDir, files)).toMatchObject({ status: 0 });
		expect(existsSync(join(files, 'keys.json'))).toBe(false);
		expect(await runs('import.ts', moved, files)).toMatchObject({ status: 1 });
		expect(await runs('export.ts', dataDir, `${files}-2`, '--keys', keys)).toMatchObject({
			status: 0
		});
		const imported = await runs('import.ts', moved, files, '--keys', keys);
		expect(imported).toMatchObject({ status: 0 });
		expect(imported.said).toContain('"flaws":0');
		expect(await runs('audit.ts', moved)).toMatchObject({ status: 0 });
		expect(await runs('import.ts', moved, files, '--keys', keys)).toMatchObject({ status: 1 });

		const entries = readFileSync(join(files, 'entry.jsonl'), 'utf8').trimEnd().split('\n');
		const said = entries.map((line) => JSON.parse(line)).filter(({ device }) => device !== 'relay');
		expect(said.map(({ text, sig }) => typeof text + typeof sig)).toEqual(
			Array(3).fill('stringstring')
		);

		const config = { ...relay.config, dataDir: moved, ...(await databaseOf(moved)), port: 0 };
		const second = await createRelay({
			config,
			people: openPeople,
			build: join(moved, 'no-build')
		});
		const desk = deskLedger(COMMUNITY, STANDING);
		expect(await second.store.elements(desk, 0, 100)).toEqual(
			await relay.store.elements(desk, 0, 100)
		);
		expect(second.store.epoch).not.toBe(relay.store.epoch);
		await second.close();
		await district.end();

		appendFileSync(join(files, 'element.jsonl'), '\n');
		const refused = await runs('import.ts', join(there.path, 'other'), files, '--keys', keys);
		expect(refused.said).toContain('element.jsonl is not the one that was exported');
		expect(refused.status).toBe(1);
		there.remove();
	}
);

test.skipIf(isOnPostgres)(
	'[R6] what is left of an export that was killed is its keeper’s alone, holds no keys, and goes with the next one',
	async () => {
		const there = temporaryFolder();
		const files = join(there.path, 'district');
		const { dataDir, end } = await startDistrict();
		const made = () => readdirSync(there.path, { recursive: true, encoding: 'utf8' });
		const killed = begins('export.ts', { dataDir }, [files], 'umask 022');
		while (!made().some((name) => name.endsWith(STORE_FILE))) await wait(1);
		killed.process.kill('SIGKILL');
		await killed.ended;
		expect(readdirSync(there.path)).toEqual(['district']);
		expect(made().join()).not.toContain(KEY_FILE);
		const modes = made().map((name) => statSync(join(there.path, name)).mode & 0o077);
		expect(modes).toEqual(modes.map(() => 0));
		expect(await runs('export.ts', dataDir, files)).toMatchObject({ status: 0 });
		expect(made().filter((name) => name.includes('.sqlite'))).toEqual([]);
		await end();
		there.remove();
	}
);

test('[R8] a district whose photo is damaged or missing in its export is not taken in', async () => {
	const there = temporaryFolder();
	const folder = (name: string) => join(there.path, name);
	const district = await startDistrict();
	const { relay, devices, dataDir } = district;
	const people = createPeopleStore(relay.store);
	for (const { id, person, publicKey } of Object.values(devices))
		await people.addDevice({ id, person, publicKey, label: '', createdAt: relay.now() });
	const { name, bytes } = photo();
	await putPhoto(relay.url, devices.member, { name, bytes });
	const photos = [{ sha256: name }];
	await devices.secretary.says(relay.url, household('door-1'));
	await devices.member.says(relay.url, visit(v7(), 'door-1', { photos }));
	const files = folder('district');
	await exportDistrict(relay.store, join(dataDir, MEDIA_FOLDER), files, Date.now());
	const exported = fileOf(join(files, MEDIA_FOLDER), name);
	const imports = (to: string) =>
		runs('import.ts', folder(to), files, '--keys', join(dataDir, KEY_FILE));
	truncateSync(exported, 7);
	expect((await imports('first')).said).toContain(`the photo ${name} is damaged`);
	rmSync(exported);
	const missing = await imports('second');
	expect(missing.said).toContain(`the photo ${name} is missing, and an entry names it`);
	expect(missing.status).toBe(1);
	await district.end();
	there.remove();
});

test('[R6] what is imported waits for what came before it, a batch at a time', async () => {
	const district = await startDistrict();
	const { relay, dataDir } = district;
	await relay.store.transaction(async (tx) => {
		for (let n = 0; n < 450; n++) tx.write('INSERT INTO counter VALUES (?, ?)', `of tests ${n}`, n);
	});
	const there = temporaryFolder();
	const files = join(there.path, 'district');
	await exportDistrict(relay.store, join(dataDir, MEDIA_FOLDER), files, Date.now());
	const store = await storeAt(there.path);
	let most = 0;
	const watched: Store = {
		...store,
		transaction: (work) =>
			store.transaction((tx) => {
				let waiting = 0;
				const begin = () => void (most = Math.max(most, ++waiting));
				return work({
					...tx,
					run(...said) {
						begin();
						return tx.run(...said).finally(() => waiting--);
					},
					// Nobody knows when it is done.
					write(...said) {
						begin();
						tx.write(...said);
					}
				});
			})
	};
	await importDistrict(files, watched);
	expect(most).toBe(1);
	const count = 'SELECT count(*) AS n FROM counter';
	expect(await store.first(count)).toEqual(await relay.store.first(count));
	await store.close();
	await district.end();
	there.remove();
});

test('every table is exported, or left behind on purpose', async () => {
	const district = await startDistrict();
	const tables = await district.relay.store.all<{ name: string }>(
		isOnPostgres
			? `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'
				AND table_name <> 'schema_version'`
			: `SELECT name FROM sqlite_schema WHERE type = 'table'`
	);
	const known = [...exportedTables.map(([table]) => table), ...leftBehind];
	expect(tables.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
	await district.end();
});
