/** One data folder is one relay's: another is refused, and what must not meet it; its keeper's other commands are not. */
import { chownSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRelay } from '#relay/relay.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { STORE_FILE } from '#relay/store/sqlite.ts';
import { runs, type Ended } from '../support/commands.ts';
import { databaseOf } from '../support/database.ts';
import { startDistrict, type District } from '../support/district.ts';
import { spawnRelay, startRelay, temporaryFolder } from '../support/relay.ts';

const REFUSED = /^[\w-]+: a relay runs on \/\S+, or a command is at work there; stop it first$/m;
let district: District;
let there: ReturnType<typeof temporaryFolder>;

// Each command is a process.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(async () => {
	there = temporaryFolder();
	district = await startDistrict();
	const people = createPeopleStore(district.relay.store);
	for (const { id, person, publicKey } of Object.values(district.devices))
		await people.addDevice({ id, person, publicKey, label: '', createdAt: Date.now() });
});
afterEach(async () => {
	await district.end();
	there.remove();
});

async function command(script: string, ...args: string[]): Promise<Ended> {
	const { dataDir } = district;
	return runs(script, { dataDir, ...(await databaseOf(dataDir)) }, ...args);
}

test('[R1] a second relay on a folder is refused, until the first has ended, in whatever way', async () => {
	const { dataDir } = district;
	await expect(startRelay({ dataDir })).rejects.toThrow(REFUSED);
	const second = await command('main.ts');
	expect(second.status).toBe(1);
	expect(second.said).toMatch(REFUSED);
	await district.relay.close();
	const killed = await spawnRelay(dataDir);
	await expect(startRelay({ dataDir })).rejects.toThrow(REFUSED);
	await killed.end('SIGKILL');
	district.relay = await startRelay({ dataDir });
});

test('a relay that could not begin does not keep its folder', async () => {
	const { dataDir } = district;
	const people = () => {
		throw new Error('nobody there');
	};
	await district.relay.close();
	const { config } = district.relay;
	await expect(createRelay({ config, people })).rejects.toThrow('nobody there');
	district.relay = await startRelay({ dataDir });
});

test('a folder of another user is left alone by all, and the sentence says whose it is', async () => {
	const isRoot = process.getuid?.() === 0;
	const dataDir = isRoot ? there.path : '/usr';
	if (isRoot) chownSync(dataDir, 12_345, 12_345);
	const before = readdirSync(dataDir);
	const copy = join(district.dataDir, 'copy');
	for (const [script, ...args] of [
		['main.ts'],
		['backup.ts', copy],
		['audit.ts'],
		['export.ts', copy],
		['restore.ts', copy],
		['rotate-key.ts']
	] as const) {
		const ended = await runs(script, { dataDir }, ...args);
		expect(ended.status).toBe(1);
		expect(ended.said).toMatch(/belongs to user \d+, and this is user \d+; run it as its owner/);
	}
	expect(readdirSync(dataDir)).toEqual(before);
});

test('a command does its work also where its folder is reached by a link', async () => {
	const link = join(there.path, 'program');
	symlinkSync(join(import.meta.dirname, '../../sync-server'), link);
	const copy = join(there.path, 'copy');
	const { databaseUrl } = await databaseOf(district.dataDir);
	const place = { dataDir: district.dataDir, databaseUrl };
	const ended = await runs(join(link, 'backup.ts'), place, copy);
	expect(ended, ended.said).toMatchObject({ status: 0 });
	expect(readdirSync(copy)).toContain(STORE_FILE);
});

test('beside a relay a copy is made, audited and exported; nothing is put back, taken in, or given another key', async () => {
	const [copy, files] = [join(there.path, 'copy'), join(there.path, 'files')];
	const allowed = [['backup.ts', copy], ['audit.ts'], ['export.ts', files]] as const;
	for (const [script, ...args] of allowed) {
		const ended = await command(script, ...args);
		expect(ended, ended.said).toMatchObject({ status: 0 });
	}
	const refused = [['restore.ts', copy], ['import.ts', files], ['rotate-key.ts']] as const;
	for (const [script, ...args] of refused) {
		const ended = await command(script, ...args);
		expect(ended.status).toBe(1);
		expect(ended.said).toMatch(REFUSED);
	}
	await district.relay.close();
	expect(await command('rotate-key.ts')).toMatchObject({ status: 0 });
	await district.restart();
});
