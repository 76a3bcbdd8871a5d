/** 运行情况: who sees how the relay is, makes a copy and takes it along; what a fall leaves to be told. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Operations } from '#domain/operations.ts';
import { audit } from '#relay/audit.ts';
import { createCopies } from '#relay/copies/copies.ts';
import { noteBackup } from '#relay/copies/last-backup.ts';
import { fitsZip, zipBytes } from '#relay/copies/zip.ts';
import { KEY_FILE, openKeys } from '#relay/keys.ts';
import { openFaults } from '#relay/operations/faults.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { openStore, STORE_FILE } from '#relay/store/sqlite.ts';
import { joins, looks, makesAdmin } from '../support/administrator.ts';
import { knock, startPeopledRelay, type PeopledRelay } from '../support/joining.ts';
import { connect, until } from '../support/reader.ts';
import { found, temporaryFolder } from '../support/relay.ts';
import { DAY, people } from '../support/tell.ts';

let relay: PeopledRelay;
beforeEach(async () => {
	relay = await startPeopledRelay();
	await found(relay);
});
afterEach(async () => {
	rmSync(copiesFolder(), { recursive: true, force: true });
	await relay.end();
});

const copiesFolder = () => `${relay.config.dataDir}-backups`;

async function copies(cookie: string): Promise<Operations> {
	const { status } = await knock(relay.url, '/api/operations/backup', {}, { cookie });
	expect(status).toBe(202);
	await until(() => !relay.copies.isRunning);
	return looks(relay.url, cookie);
}

test('whoever runs the district sees how the relay is, in numbers; nobody else does', async () => {
	const officer = await joins(relay, people.district);
	const secretary = await joins(relay, people.secretary);
	const reader = await connect(relay.url, secretary);
	const seen = await looks(relay.url, officer);
	expect(seen).toMatchObject({
		backup: { running: false, last: null, download: false },
		devices: { online: 2, lastDay: 2, all: 2 },
		fault: null
	});
	expect(seen.store.bytes).toBeGreaterThan(4096);
	expect(seen.disk.freeShare).toBeGreaterThan(0);
	const other = await connect(relay.url, officer);
	expect((await looks(relay.url, officer)).devices.online).toBe(2);
	other.close();
	reader.close();
	relay.clock.at += 2 * DAY;
	expect((await looks(relay.url, officer)).devices).toMatchObject({ lastDay: 0, all: 2 });

	for (const path of ['/api/operations', '/api/operations/backup'])
		expect(await knock(relay.url, path, undefined, { cookie: secretary })).toMatchObject({
			status: 403,
			code: 'not-yours'
		});
	expect((await knock(relay.url, '/api/operations')).code).toBe('no-session');
});

test('a copy is made on request, can be gone on with, and is taken along by the administrator alone', async () => {
	await makesAdmin(relay);
	const officer = await joins(relay, people.district);
	const { backup } = await copies(officer);
	expect(backup).toMatchObject({ running: false, download: true });
	expect(backup.last?.bytes).toBeGreaterThan(4096);

	const headers = { cookie: officer };
	const answer = await fetch(`${relay.url}/api/operations/backup`, { headers });
	expect(answer.headers.get('content-disposition')).toMatch(
		/^attachment; filename="lianxinqiao-copy-/
	);
	const zipped = new Uint8Array(await answer.arrayBuffer());
	const files = unzipSync(zipped);
	const held = Object.entries(files).map(([name, { length }]) => ({ name, bytes: length }));
	expect(zipBytes(held)).toBe(zipped.length);
	const there = temporaryFolder();
	for (const [name, bytes] of Object.entries(files)) {
		const path = join(there.path, name.split('/').slice(1).join('/'));
		mkdirSync(join(path, '..'), { recursive: true });
		writeFileSync(path, bytes);
	}
	expect(readdirSync(there.path).toSorted()).toEqual([KEY_FILE, STORE_FILE].toSorted());
	const copy = openStore(there.path);
	expect(copy.epoch).toBe(relay.store.epoch);
	const { flaws } = await audit(copy, openKeys(there.path), createPeopleStore(copy));
	expect(flaws).toEqual([]);
	await copy.close();
	there.remove();
});

test('[R4] a copy is taken along as a zip only where that format has numbers for it', () => {
	const photos = (count: number, bytes: number) =>
		Array.from({ length: count }, (_, n) => ({
			name: `copy-2026-11-20T08-30-00-000Z/media/ab/${String(n).padStart(64, '0')}`,
			bytes
		}));
	expect([fitsZip(photos(65_534, 1_000)), fitsZip(photos(65_535, 1_000))]).toEqual([true, false]);
	// Less than 4 GiB of photos, and more with what stands around them.
	const [one = { name: '', bytes: 0 }, ...others] = photos(14_000, 0);
	const withFirst = (bytes: number) => [{ ...one, bytes }, ...others];
	expect(fitsZip(withFirst(4 * 1024 ** 3 - 1024 ** 2))).toBe(false);
	expect(fitsZip(withFirst(4 * 1024 ** 3 - 5 * 1024 ** 2))).toBe(true);
});

/** The name of a copy that was made so many days ago. */
const old = (days: number) =>
	`copy-${new Date(relay.now() - days * DAY).toISOString().replaceAll(/[:.]/g, '-')}`;

function makeOld(name: string): void {
	mkdirSync(join(copiesFolder(), name), { recursive: true });
	writeFileSync(join(copiesFolder(), name, STORE_FILE), '');
}

test('[A4] a copy of the screen that is older than thirty days goes, though none is made any more', async () => {
	const [kept, over] = [old(29), old(31)];
	const made = [kept, over, 'by-hand'];
	const [begun, cutShort] = [old(-0.5), old(0.5)];
	for (const name of [begun, cutShort]) mkdirSync(join(copiesFolder(), name), { recursive: true });
	for (const name of made) makeOld(name);
	const left = () => readdirSync(copiesFolder()).toSorted();
	const daysPass = (days: number) => {
		relay.clock.at += days * DAY;
		relay.dayClock.stop();
		relay.dayClock.start();
	};
	daysPass(1);
	await expect.poll(left).toEqual(['by-hand', kept, begun].toSorted());
	daysPass(1);
	await expect.poll(left).toEqual(['by-hand']);
});

test('what a restore left in the data folder is named while it is there', async () => {
	const officer = await joins(relay, people.district);
	const [folder, at] = ['replaced-2026-11-20T08-30-00-000Z', Date.UTC(2026, 10, 20, 8, 30)];
	expect((await looks(relay.url, officer)).replaced).toEqual([]);
	mkdirSync(join(relay.config.dataDir, folder));
	const { replaced } = await looks(relay.url, officer);
	expect(replaced).toEqual([{ folder, at, goesAt: at + 30 * DAY }]);
});

test('[R4] the files of the last copy are counted once, and others have their turn meanwhile', async () => {
	const folder = temporaryFolder();
	const copy = join(folder.path, 'copy');
	mkdirSync(copy);
	for (let i = 1; i < 50; i++) writeFileSync(join(copy, `file-${i}`), 'x'.repeat(10));
	writeFileSync(join(copy, STORE_FILE), 'x'.repeat(10));
	noteBackup(folder.path, copy, 1);
	const store = { ...relay.store, isShared: false };
	const parts = { dataDir: folder.path, backupDir: folder.path, store };
	const copies = createCopies({ ...parts, now: () => 1 });
	let hadTurn = false;
	setImmediate(() => (hadTurn = true));
	expect(await copies.last()).toMatchObject({ bytes: 500, canZip: true });
	expect(hadTurn).toBe(true);
	writeFileSync(join(copy, 'file-50'), 'x');
	expect(await copies.last()).toMatchObject({ bytes: 500 });
	noteBackup(folder.path, copy, 2);
	expect(await copies.last()).toMatchObject({ bytes: 501 });
	rmSync(copy, { recursive: true });
	expect(await copies.last()).toMatchObject({ bytes: null, canZip: false });
	folder.remove();
});

test('old copies of the screen go, the newest seven stay', async () => {
	const officer = await joins(relay, people.district);
	const others = ['by-hand', old(31), ...[9, 8, 7, 6, 5, 4, 3].map(old)];
	for (const name of others) makeOld(name);
	await copies(officer);
	const left = readdirSync(copiesFolder()).toSorted();
	expect(left).toHaveLength(8);
	expect(left).toContain('by-hand');
	expect(left).not.toContain(old(31));
	expect(left).not.toContain(old(9));
});

test('a copy that cannot be made is told as a fault, and leaves nothing half made', async () => {
	const officer = await joins(relay, people.district);
	rmSync(join(relay.config.dataDir, KEY_FILE));
	const seen = await copies(officer);
	expect(seen.backup.last).toBeNull();
	expect(seen.fault).toEqual({ at: relay.now(), code: 'backup-failed' });
	expect(readdirSync(copiesFolder())).toEqual([]);
});

test('[R4] a copy that has no room is not begun, and is told as that', async () => {
	const officer = await joins(relay, people.district);
	// As if the records needed all that is left.
	vi.stubEnv('LIMIT_FREE_BYTES', '999999999999999');
	const seen = await copies(officer);
	vi.unstubAllEnvs();
	expect(seen.fault).toEqual({ at: relay.now(), code: 'backup-no-room' });
	expect(readdirSync(copiesFolder())).toEqual([]);
	expect((await copies(officer)).backup.last).not.toBeNull();
});

test('a relay that fell is told after its next start, one that stopped in order is not', () => {
	const folder = temporaryFolder();
	const now = () => 1;
	openFaults(folder.path, now).stopped();
	const orderly = openFaults(folder.path, now);
	expect(orderly.last()).toBeNull();
	const afterFall = openFaults(folder.path, () => 2);
	expect(afterFall.last()).toEqual({ at: 2, code: 'unclean-stop' });
	afterFall.note('request-failed');
	afterFall.stopped();
	expect(openFaults(folder.path, now).last()).toEqual({ at: 2, code: 'request-failed' });
	expect(existsSync(join(folder.path, 'running'))).toBe(true);
	folder.remove();
});
