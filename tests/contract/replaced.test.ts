/** What a restore left in the data folder: there for who wants it back, and gone after its term. */
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TAKING } from '#relay/copies/replaced.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { runs } from '../support/commands.ts';
import { databaseOf, forgetErased, isOnPostgres } from '../support/database.ts';
import { startDistrict, type District } from '../support/district.ts';
import { filesHolding } from '../support/files-holding.ts';
import { startRelay, temporaryFolder } from '../support/relay.ts';
import { COMMUNITY, DAY, household } from '../support/tell.ts';

const CANARY = '要删掉的名字';
let district: District;
let there: ReturnType<typeof temporaryFolder>;
let now: number;

// Each command is a process.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(async () => {
	there = temporaryFolder();
	now = Date.now();
	district = await startDistrict({ now: () => now });
});
afterEach(async () => {
	await district.end();
	there.remove();
});

const replaced = () =>
	readdirSync(district.dataDir).filter((name) => /^(replaced-|restoring)/.test(name));

async function command(script: string, ...args: string[]): Promise<void> {
	const { dataDir } = district;
	const ended = await runs(script, { dataDir, ...(await databaseOf(dataDir)) }, ...args);
	expect(ended, ended.said).toMatchObject({ status: 0 });
}

/** The relay is stopped, its store restored, and another relay begun on it. */
async function restores(copy: string): Promise<void> {
	await district.relay.close();
	await command('restore.ts', ...(isOnPostgres ? ['--replace'] : []), copy);
	district.relay = await startRelay({ dataDir: district.dataDir, now: () => now });
}

async function passes(days: number): Promise<void> {
	now += days * DAY;
	await district.restart({ now: () => now });
}

test('[A4] what was erased is gone with the replaced store thirty days after the restore', async () => {
	const { relay, devices, dataDir } = district;
	const door = v7();
	const said = household(door);
	const people = createPeopleStore(relay.store);
	for (const { id, person, publicKey } of Object.values(devices))
		await people.addDevice({ id, person, publicKey, label: '', createdAt: relay.now() });
	await devices.secretary.says(relay.url, { ...said, body: { ...said.body, head: CANARY } });
	const copy = join(there.path, 'copy');
	await command('backup.ts', copy);
	await restores(copy);
	// As a restore that is killed leaves it.
	cpSync(copy, join(dataDir, TAKING), { recursive: true });
	const [order] = await devices.secretary.says(district.relay.url, {
		kind: 'erasure.ordered.v1',
		record: v7(),
		body: { of: door, at: COMMUNITY, entries: 'all', ground: 'requested' }
	});
	expect(order?.verdict).toBe('accepted');
	await forgetErased(dataDir);
	const [aside] = replaced().filter((name) => name !== TAKING);
	expect(filesHolding(dataDir, CANARY).join()).toContain(aside);

	await passes(29);
	await expect.poll(replaced).toEqual([aside]);
	await passes(2);
	await expect.poll(replaced).toEqual([]);
	expect(filesHolding(dataDir, CANARY)).toEqual([]);
});
