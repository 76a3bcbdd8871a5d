/** A district that grows: from the database to a file, and from a file to a database, each time the same district. */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { deskLedger, STANDING } from '#domain/ledgers.ts';
import { exportDistrict } from '#relay/export.ts';
import { KEY_FILE } from '#relay/keys.ts';
import { fileOf, MEDIA_FOLDER } from '#relay/media/files.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { openStore } from '#relay/store/sqlite.ts';
import type { SqlValue, Store } from '#relay/store/store.ts';
import { flawsOf } from '../../support/audits.ts';
import { runs } from '../../support/commands.ts';
import { databaseOf, say } from '../../support/database.ts';
import { startDistrict } from '../../support/district.ts';
import { photo, putPhoto } from '../../support/photos.ts';
import { startRelay, temporaryFolder } from '../../support/relay.ts';
import { COMMUNITY, demand, household } from '../../support/tell.ts';

test('[R6, L2] a district goes from a database to a file and on to another database, whole each time', async () => {
	const there = temporaryFolder();
	const folder = (name: string) => join(there.path, name);
	const district = await startDistrict();
	const { relay, devices, dataDir } = district;
	const people = createPeopleStore(relay.store);
	for (const { id, person, publicKey } of Object.values(devices))
		await people.addDevice({ id, person, publicKey, label: '', createdAt: relay.now() });
	await devices.secretary.says(relay.url, household('door-1'));
	await devices.member.says(relay.url, demand('demand-1'), demand('demand-2'));
	const desk = deskLedger(COMMUNITY, STANDING);
	const held = await relay.store.elements(desk, 0, 100);
	const { databaseUrl } = await databaseOf(dataDir);

	// While the relay runs.
	const keys = folder('keys-of-the-relay.json');
	const first = await runs('export.ts', { dataDir, databaseUrl }, folder('first'), '--keys', keys);
	expect(first, first.said).toMatchObject({ status: 0 });
	expect(readFileSync(join(folder('first'), 'record.jsonl'), 'utf8')).not.toContain('"moved"');
	const file = await runs(
		'import.ts',
		{ dataDir: folder('file') },
		folder('first'),
		'--keys',
		keys
	);
	expect(file, file.said).toMatchObject({ status: 0 });
	const store = openStore(folder('file'));
	expect(await store.elements(desk, 0, 100)).toEqual(held);
	await store.close();

	const second = await runs('export.ts', { dataDir: folder('file') }, folder('second'));
	expect(second, second.said).toMatchObject({ status: 0 });
	mkdirSync(folder('grown'));
	copyFileSync(join(dataDir, 'devices.json'), join(folder('grown'), 'devices.json'));
	const grown = (await databaseOf(folder('grown'))).databaseUrl;
	const taken = await runs(
		'import.ts',
		{ dataDir: folder('grown'), databaseUrl: grown },
		folder('second'),
		'--keys',
		keys
	);
	expect(taken, taken.said).toMatchObject({ status: 0 });
	expect(taken.said).toContain('"flaws":0');
	const again = await runs(
		'import.ts',
		{ dataDir: folder('grown'), databaseUrl: grown },
		folder('second')
	);
	expect(again.said).toContain('a district is founded in this store already');

	const { epoch } = relay.store;
	await district.relay.close();
	const next = await startRelay({ dataDir: folder('grown') });
	expect(await next.store.elements(desk, 0, 100)).toEqual(held);
	expect(next.store.epoch).not.toBe(epoch);
	await devices.secretary.says(next.url, household(v7()));
	expect(await flawsOf(next)).toEqual([]);
	await next.close();
	await district.end();
	there.remove();
});

test('[R6] an export may wait for its disk, and holds no moment of the store while it copies photos', async () => {
	const there = temporaryFolder();
	const files = join(there.path, 'district');
	const district = await startDistrict();
	const { relay, devices, dataDir } = district;
	const brought = photo();
	await putPhoto(relay.url, devices.member, brought);
	/** The disk is slower than a relay that was cut off is given. */
	const store: Store = {
		...relay.store,
		snapshot: (work) =>
			relay.store.snapshot(async (stored) => {
				const written = await work({
					...stored,
					async all<T>(sql: string, ...values: SqlValue[]) {
						if (sql.includes('FROM entry')) await wait(2_500);
						return stored.all<T>(sql, ...values);
					}
				});
				expect(existsSync(join(files, MEDIA_FOLDER))).toBe(false);
				return written;
			})
	};
	const photos = join(dataDir, MEDIA_FOLDER);
	const { tables } = await exportDistrict(store, photos, files, Date.now());
	expect(tables.media).toMatchObject({ lines: 1 });
	expect(existsSync(fileOf(join(files, MEDIA_FOLDER), brought.name))).toBe(true);
	await district.end();
	there.remove();
});

test('[R6] an import takes as long as its database does', { timeout: 90_000 }, async () => {
	const there = temporaryFolder();
	const district = await startDistrict();
	const { dataDir } = district;
	const { databaseUrl } = await databaseOf(dataDir);
	const [files, slow] = [join(there.path, 'district'), join(there.path, 'slow')];
	mkdirSync(slow);
	copyFileSync(join(dataDir, KEY_FILE), join(slow, KEY_FILE));
	expect(await runs('export.ts', { dataDir, databaseUrl }, files)).toMatchObject({ status: 0 });
	const { databaseUrl: at = '' } = await databaseOf(slow);
	// Longer than anything that a device waits for may take.
	await say(
		at,
		`CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
			$$ BEGIN PERFORM pg_sleep(12); RETURN NULL; END $$;
		CREATE TRIGGER dawdles AFTER INSERT ON entry FOR EACH STATEMENT EXECUTE PROCEDURE dawdle()`
	);
	const imported = await runs('import.ts', { dataDir: slow, databaseUrl: at }, files);
	expect(imported, imported.said).toMatchObject({ status: 0 });
	await district.end();
	there.remove();
});
