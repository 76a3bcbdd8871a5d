/** [R8] MEDIA_DIR: photos that lie in another folder than the store, as several relays share one. */
import { mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { expect, test, vi } from 'vitest';
import { KEY_FILE } from '#relay/keys.ts';
import { fileOf, MEDIA_FOLDER } from '#relay/media/files.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { runs } from '../support/commands.ts';
import { databaseOf, isOnPostgres } from '../support/database.ts';
import { startDistrict } from '../support/district.ts';
import { getPhoto, photo, putPhoto } from '../support/photos.ts';
import { startRelay, temporaryFolder } from '../support/relay.ts';
import { household, visit } from '../support/tell.ts';

// Each command is a process.
test(
	'[R8] the relay and every command find photos where MEDIA_DIR says',
	{ timeout: 90_000 },
	async () => {
		const there = temporaryFolder();
		const folder = (name: string) => join(there.path, name);
		for (const name of ['photos', 'moved', 'photos-moved']) mkdirSync(folder(name));
		const district = await startDistrict({ mediaDir: folder('photos') });
		const { relay, devices, dataDir } = district;
		const people = createPeopleStore(relay.store);
		for (const { id, person, publicKey } of Object.values(devices))
			await people.addDevice({ id, person, publicKey, label: '', createdAt: relay.now() });
		const { name, bytes } = photo();
		await putPhoto(relay.url, devices.member, { name, bytes });
		await devices.secretary.says(relay.url, household('door-1'));
		const photos = [{ sha256: name }];
		await devices.member.says(relay.url, visit(v7(), 'door-1', { photos }));
		expect((await getPhoto(relay.url, devices.member, name)).status).toBe(200);
		const lies = (at: string) => readFileSync(fileOf(at, name)).equals(bytes);
		expect(lies(folder('photos'))).toBe(true);

		const command = async (script: string, to: string, ...args: string[]) => {
			const ended = await runs(script, { dataDir: to, ...(await databaseOf(to)) }, ...args);
			expect(ended, ended.said).toMatchObject({ status: 0 });
		};
		vi.stubEnv('MEDIA_DIR', folder('photos'));
		await command('backup.ts', dataDir, folder('copy'));
		await command('export.ts', dataDir, folder('files'));
		for (const made of ['copy', 'files']) expect(lies(join(folder(made), MEDIA_FOLDER))).toBe(true);
		await relay.close();
		truncateSync(fileOf(folder('photos'), name), 0);
		await command('restore.ts', dataDir, ...(isOnPostgres ? ['--replace'] : []), folder('copy'));
		expect(lies(folder('photos'))).toBe(true);
		vi.stubEnv('MEDIA_DIR', folder('photos-moved'));
		const keys = join(dataDir, KEY_FILE);
		await command('import.ts', folder('moved'), folder('files'), '--keys', keys);
		expect(lies(folder('photos-moved'))).toBe(true);
		vi.unstubAllEnvs();

		// Its disk is not there: what comes meanwhile must not lie below.
		const nowhere = startRelay({ dataDir, mediaDir: folder('nowhere') });
		await expect(nowhere).rejects.toThrow('MEDIA_DIR: there is no folder');
		await district.end();
		there.remove();
	}
);
