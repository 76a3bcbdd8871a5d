/** 运行情况 at several relays on PostgreSQL: a copy is everybody's news, and who has its files hands them out. */
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isBackupLate } from '#domain/operations.ts';
import { LAST_BACKUP } from '#relay/copies/last-backup.ts';
import { verifyCopy } from '#relay/copies/verify-copy.ts';
import { KEY_FILE } from '#relay/keys.ts';
import { STORE_FILE } from '#relay/store/sqlite.ts';
import { joins, looks, makesAdmin } from '../../support/administrator.ts';
import { databaseOf } from '../../support/database.ts';
import { knock, startPeopledRelay, type PeopledRelay } from '../../support/joining.ts';
import { found, spawnRelay, temporaryFolder } from '../../support/relay.ts';
import { DAY, people } from '../../support/tell.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let folders: readonly ReturnType<typeof temporaryFolder>[];
let relay: PeopledRelay;
let other: PeopledRelay;
let cookie: string;

beforeEach(async () => {
	folders = [temporaryFolder(), temporaryFolder()];
	const [dataDir = '', elsewhere = ''] = folders.map(({ path }) => path);
	relay = await startPeopledRelay({ dataDir, at: Date.now() });
	await found(relay);
	await makesAdmin(relay);
	cookie = await joins(relay, people.district);
	for (const file of [KEY_FILE, 'database-url'])
		copyFileSync(join(dataDir, file), join(elsewhere, file));
	other = await startPeopledRelay({ dataDir: elsewhere, at: Date.now() });
});
afterEach(async () => {
	await Promise.all([relay.end(), other.end()]);
	for (const { path, remove } of folders) {
		rmSync(`${path}-backups`, { recursive: true, force: true });
		remove();
	}
});

const copiesOf = ({ config }: PeopledRelay) => `${config.dataDir}-backups`;
const copyOf = async (at: PeopledRelay) => (await looks(at.url, cookie)).backup;
const asksFor = (url: string) => knock(url, '/api/operations/backup', {}, { cookie });
const comes = (asked: () => Promise<boolean>) => expect.poll(asked, { timeout: 60_000 }).toBe(true);

/** Whoever makes a copy waits until this answers. */
async function holdsUp(): Promise<() => Promise<void>> {
	const { databaseUrl = '' } = await databaseOf(relay.config.dataDir);
	const client = new pg.Client(databaseUrl);
	await client.connect();
	await client.query('BEGIN; LOCK TABLE invitation IN ACCESS EXCLUSIVE MODE');
	return () => client.end();
}

test('a copy asked for at one relay is seen at the other, where nobody makes a second one meanwhile', async () => {
	expect(await copyOf(other)).toMatchObject({ running: false, last: null });
	const letGo = await holdsUp();
	expect(await asksFor(relay.url)).toMatchObject({
		status: 202,
		json: { backup: { running: true } }
	});
	expect(await copyOf(other)).toMatchObject({ running: true });
	expect(await asksFor(other.url)).toMatchObject({ status: 202 });
	await letGo();
	await comes(async () => !(await copyOf(other)).running && !other.copies.isRunning);
	const { last, download } = await copyOf(other);
	expect(download).toBe(true);
	expect(last).toMatchObject({ machine: hostname() });
	expect((await copyOf(relay)).last).toEqual(last);
	expect(readdirSync(copiesOf(relay))).toHaveLength(1);
	expect(() => readdirSync(copiesOf(other))).toThrow('ENOENT');
	expect(other.faults.last()).toBeNull();
});

test('without a copy for two days it is amber at whichever relay', async () => {
	expect(isBackupLate(await looks(other.url, cookie), Date.now())).toBe(true);
	await relay.copies.make();
	const told = await looks(other.url, cookie);
	const at = told.backup.last?.at ?? 0;
	expect(isBackupLate(told, at + 2 * DAY)).toBe(false);
	expect(isBackupLate(told, at + 2 * DAY + 1)).toBe(true);
});

test('a copy whose files lie on another machine is told with its name, and cannot be had here', async () => {
	const note = { at: 1, folder: join(copiesOf(relay), 'copy'), machine: 'another-machine' };
	await relay.store.setMeta(LAST_BACKUP, JSON.stringify(note));
	const { last, download } = await copyOf(relay);
	expect({ last, download }).toEqual({
		last: { at: 1, bytes: null, machine: 'another-machine' },
		download: false
	});
	const taken = await knock(relay.url, '/api/operations/backup', undefined, { cookie });
	expect(taken.code).toBe('not-found');
	// One that this machine had lies nowhere any more.
	await relay.store.setMeta(LAST_BACKUP, JSON.stringify({ ...note, machine: hostname() }));
	expect((await copyOf(relay)).last).toEqual({ at: 1, bytes: null, machine: null });
});

test('a relay that is killed half way leaves a copy that comes to its end, or none', async () => {
	const { dataDir } = relay.config;
	await relay.end();
	const spawned = await spawnRelay(dataDir, { REAL_PEOPLE: '1' });
	const letGo = await holdsUp();
	expect(await asksFor(spawned.url)).toMatchObject({ status: 202 });
	await spawned.end('SIGKILL');
	expect(await copyOf(other)).toMatchObject({ running: true, last: null });
	// Whoever copies says so first, and makes its folder then.
	const names = () => readdirSync(copiesOf(relay));
	await comes(async () => names().length === 1);
	const folder = join(copiesOf(relay), ...names());
	expect(readdirSync(folder)).not.toContain(STORE_FILE);
	await letGo();
	await comes(async () => (await copyOf(other)).last !== null);
	expect((await verifyCopy(folder)).flaws).toEqual([]);
});
