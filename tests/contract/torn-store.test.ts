/** Torn pages, meddled copies, copies of nights: clear words, and a way back. */
import { createHash, randomBytes } from 'node:crypto';
import {
	closeSync,
	existsSync,
	openSync,
	readFileSync,
	mkdirSync,
	readdirSync,
	rmSync,
	truncateSync,
	writeFileSync,
	writeSync
} from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deskLedger, STANDING } from '#domain/ledgers.ts';
import { MediaName } from '#domain/media.ts';
import { backUp } from '#relay/backup.ts';
import { copyPhotos } from '#relay/copies/copied-photos.ts';
import { verifyCopy } from '#relay/copies/verify-copy.ts';
import { openKeys, rotateKey } from '#relay/keys.ts';
import { fileOf, MEDIA_FOLDER } from '#relay/media/files.ts';
import { restore } from '#relay/restore.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { openStore, STORE_FILE } from '#relay/store/sqlite.ts';
import { runs as runsAt } from '../support/commands.ts';
import { startDistrict, type District } from '../support/district.ts';
import { heldOf, offer } from '../support/offers.ts';
import { spawnRelay, startRelay, temporaryFolder } from '../support/relay.ts';
import { COMMUNITY, demand, household, visit } from '../support/tell.ts';

const DESK = deskLedger(COMMUNITY, STANDING);
const doors = Array.from({ length: 30 }, (_, n) => household(`door-${n}`));

let district: District;
let copy: ReturnType<typeof temporaryFolder>;

beforeEach(async () => {
	copy = temporaryFolder();
	district = await startDistrict();
	const { relay, devices, dataDir } = district;
	// The commands ask the store itself who is enrolled.
	const people = createPeopleStore(relay.store);
	for (const { id, person, publicKey } of Object.values(devices))
		await people.addDevice({ id, person, publicKey, label: '', createdAt: relay.now() });
	for (const door of doors.slice(0, 20)) await devices.secretary.says(relay.url, door);
	await backUp(dataDir, target());
	for (const door of doors.slice(20)) await devices.secretary.says(relay.url, door);
});
afterEach(async () => {
	await district.end();
	copy.remove();
});

const target = () => join(copy.path, 'copy');
const storeFile = (folder = district.dataDir) => join(folder, STORE_FILE);

const runs = (script: string, ...args: string[]) =>
	runsAt(script, { dataDir: district.dataDir }, ...args);

function overwrite(path: string, at: number, bytes: Buffer): void {
	const handle = openSync(path, 'r+');
	writeSync(handle, bytes, 0, bytes.length, at);
	closeSync(handle);
}

/** Puts other letters in the place of a text, wherever it stands in the file. */
function meddle(path: string, text: string): void {
	const file = readFileSync(path);
	let found = 0;
	for (let at = file.indexOf(text); at >= 0; at = file.indexOf(text, at + 1)) {
		overwrite(path, at, Buffer.from(text.replaceAll(/./g, 'x')));
		found += 1;
	}
	expect(found).toBeGreaterThan(0);
}

test('[R6, R1] a log whose last pages are torn gives its tail up; a device ahead gives that back', async () => {
	const { devices, dataDir } = district;
	await district.relay.close();
	const spawned = await spawnRelay(dataDir);
	const { epoch } = await devices.secretary.scope(spawned.url);
	const [receipt] = await devices.secretary.says(spawned.url, household('door-torn'));
	const held = await heldOf(spawned.url, devices.worker, DESK);
	await spawned.end('SIGKILL');
	const log = `${storeFile()}-wal`;
	const written = readFileSync(log);
	const from = written.indexOf('door-torn');
	expect(from).toBeGreaterThan(0);
	overwrite(log, from, Buffer.alloc(written.length - from, 0xaa));

	district.relay = await startRelay({ dataDir });
	const { url, store } = district.relay;
	expect(store.epoch).not.toBe(epoch);
	const answers = await offer(url, devices.worker, held);
	expect(answers.filter(({ is }) => is === 'taken')).toHaveLength(1);
	expect(answers.at(-1)?.receipt).toMatchObject({
		id: receipt?.id,
		receivedAt: receipt?.receivedAt,
		given: receipt?.given
	});
	await district.relay.close();
	expect(await runs('audit.ts')).toMatchObject({ status: 0 });
	district.relay = await startRelay({ dataDir });
});

test('a store whose last pages are gone stops the relay, and comes back from its backup', async () => {
	const { devices, dataDir } = district;
	const held = await heldOf(district.relay.url, devices.worker, DESK);
	await district.relay.close();
	truncateSync(storeFile(), readFileSync(storeFile()).length - 3 * 4096);
	await expect(startRelay({ dataDir })).rejects.toThrow(/store.sqlite|restore a backup/);
	rotateKey(dataDir, { at: Date.now(), stolen: false });
	const { fingerprint } = openKeys(dataDir);
	const restored = await runs('restore.ts', target());
	expect(restored).toMatchObject({ status: 0 });
	// A key that was given up since does not come back with the copy.
	expect(openKeys(dataDir).fingerprint).toBe(fingerprint);
	expect(restored.said).toContain('"flaws":0');
	expect(readdirSync(dataDir).filter((name) => name.startsWith('replaced-'))).toHaveLength(1);

	district.relay = await startRelay({ dataDir });
	const answers = await offer(district.relay.url, devices.worker, held);
	expect(answers.filter(({ is }) => is === 'taken')).toHaveLength(10);
	expect(answers.filter(({ is }) => is === 'known').length).toBe(held.length - 10);
});

test('[L2] a key that was stolen does not come back with a copy, and what it tagged is judged anew', async () => {
	const { devices, dataDir } = district;
	const held = await heldOf(district.relay.url, devices.worker, DESK);
	await district.relay.close();
	rotateKey(dataDir, { at: Date.now(), stolen: true });
	const keys = openKeys(dataDir);
	expect(await runs('restore.ts', target())).toMatchObject({ status: 0 });
	expect(openKeys(dataDir).tag('a')).toBe(keys.tag('a'));
	district.relay = await startRelay({ dataDir });
	const answers = await offer(district.relay.url, devices.worker, held.slice(-10));
	expect(new Set(answers.map(({ is }) => is))).toEqual(new Set(['untagged']));
});

test('[L2] what was changed behind the relay’s back is named by its first seq, and is no copy to restore', async () => {
	const { dataDir } = district;
	await district.relay.close();
	const store = openStore(dataDir);
	const [third] = await store.elements(DESK, 7, 1);
	await store.close();
	const textHash = /"textHash":"([\w-]+)"/.exec(third?.head ?? '')?.[1] ?? '';
	meddle(storeFile(), textHash);
	meddle(storeFile(target()), textHash);
	const audited = await runs('audit.ts');
	expect(audited.status).toBe(1);
	expect(audited.said).toContain(`${DESK} seq 8: the head is not chained to the one before`);
	const before = readFileSync(storeFile());
	const refused = await runs('restore.ts', target());
	expect(refused.status).toBe(1);
	expect(refused.said).toMatch(
		/restore: the copy does not hold: .* seq \d+: .*nothing was replaced/
	);
	expect(readFileSync(storeFile()).equals(before)).toBe(true);
	expect(await runs('backup.ts', join(copy.path, 'again'))).toMatchObject({ status: 1 });
	district.relay = await startRelay({ dataDir });
});

/** A member brings a photo. */
async function bringsPhoto(): Promise<MediaName> {
	const { member } = district.devices;
	const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(2_000)]);
	const name = MediaName.parse(createHash('sha256').update(bytes).digest('hex'));
	const range = `bytes 0-${bytes.length - 1}/${bytes.length}`;
	const answer = await fetch(`${district.relay.url}/api/media/${name}`, {
		method: 'PUT',
		headers: { cookie: member.cookie, 'content-range': range },
		body: new Uint8Array(bytes)
	});
	expect(answer.status).toBe(200);
	return name;
}

test('[R8] a copy without a photo that an entry names is none, unless the photo is there already', async () => {
	const { devices, dataDir } = district;
	const [named, orphan] = [await bringsPhoto(), await bringsPhoto()];
	const photos = [{ sha256: named }];
	await devices.member.says(district.relay.url, visit(v7(), 'door-1', { photos }));
	const again = join(copy.path, 'again');
	await backUp(dataDir, again);
	await verifyCopy(again);
	rmSync(fileOf(join(again, MEDIA_FOLDER), orphan));
	await verifyCopy(again);
	rmSync(fileOf(join(again, MEDIA_FOLDER), named));
	const missing = `the photo ${named} is missing, and an entry names it`;
	await expect(verifyCopy(again)).rejects.toThrow(missing);
	await expect(restore(again, join(copy.path, 'elsewhere'), 0)).rejects.toThrow(missing);
	await district.relay.close();
	await restore(again, dataDir, 0);
	district.relay = await startRelay({ dataDir });
	rmSync(fileOf(join(dataDir, MEDIA_FOLDER), named));
	expect((await runs('backup.ts', join(copy.path, 'lacking'))).said).toContain(missing);
});

test('[R8, A4] a photo that is erased while the copy is made fails no copy; one that is lost does', async () => {
	const { devices, dataDir, relay } = district;
	const [erased, lost] = [await bringsPhoto(), await bringsPhoto()];
	const visits = [erased, lost].map((sha256) => visit(v7(), 'door-1', { photos: [{ sha256 }] }));
	await devices.member.says(relay.url, ...visits);
	const again = join(copy.path, 'again');
	await backUp(dataDir, again);
	// As if the photos came only now.
	rmSync(join(again, MEDIA_FOLDER), { recursive: true });
	const body = { of: visits[0]?.record, at: COMMUNITY, entries: 'all', ground: 'requested' };
	await devices.secretary.says(relay.url, { kind: 'erasure.ordered.v1', record: v7(), body });
	await expect.poll(() => existsSync(fileOf(join(dataDir, MEDIA_FOLDER), erased))).toBe(false);
	await copyPhotos(join(dataDir, MEDIA_FOLDER), again, relay.store);
	await verifyCopy(again);
	await restore(again, join(copy.path, 'elsewhere'), 0);
	rmSync(fileOf(join(dataDir, MEDIA_FOLDER), lost));
	rmSync(join(again, MEDIA_FOLDER), { recursive: true });
	await copyPhotos(join(dataDir, MEDIA_FOLDER), again, relay.store);
	await expect(verifyCopy(again)).rejects.toThrow(`the photo ${lost} is missing`);
});

test('[R8] a damaged photo gives way to the one of the copy; one that is whole stays where the copy’s is damaged', async () => {
	const { devices, dataDir } = district;
	const [torn, whole] = [await bringsPhoto(), await bringsPhoto()];
	const photos = [{ sha256: torn }, { sha256: whole }];
	await devices.member.says(district.relay.url, visit(v7(), 'door-1', { photos }));
	const again = join(copy.path, 'again');
	await backUp(dataDir, again);
	const own = (name: MediaName) => fileOf(join(dataDir, MEDIA_FOLDER), name);
	const copied = (name: MediaName) => fileOf(join(again, MEDIA_FOLDER), name);
	const bytes = [torn, whole].map((name) => readFileSync(own(name)));
	truncateSync(own(torn), 0);
	truncateSync(copied(whole), 0);
	await district.relay.close();
	await restore(again, dataDir, 0);
	expect([torn, whole].map((name) => readFileSync(own(name)))).toEqual(bytes);
	// And where neither is, nothing is restored.
	truncateSync(own(whole), 0);
	await expect(restore(again, dataDir, 0)).rejects.toThrow(`the photo ${whole} is damaged`);
	district.relay = await startRelay({ dataDir });
});

test('a running relay is not restored over, and a copy of a healthy store is verified', async () => {
	const refused = await runs('restore.ts', target());
	expect(refused).toMatchObject({ status: 1 });
	expect(refused.said).toContain('a relay runs on');
	const again = await runs('backup.ts', join(copy.path, 'again'));
	expect(again).toMatchObject({ status: 0 });
	expect(again.said).toContain('verified');
	expect(readdirSync(join(copy.path, 'again')).toSorted()).toEqual(['keys.json', STORE_FILE]);
	const elsewhere = join(copy.path, 'elsewhere');
	const { aside, audit } = await restore(join(copy.path, 'again'), elsewhere, 0);
	expect(aside).toBeNull();
	expect(audit.flaws).toEqual([]);
	expect(district.relay.store.epoch).toBeDefined();
	await district.devices.member.says(district.relay.url, demand(v7()));
});

test('of the copies of nights the newest fourteen stay, once the new one is verified', async () => {
	const nights = join(copy.path, 'nights');
	const old = Array.from({ length: 15 }, (_, i) => `lianxinqiao-2020-01-${10 + i}-0215`);
	for (const name of [...old, 'by-hand']) {
		mkdirSync(join(nights, name), { recursive: true });
		writeFileSync(join(nights, name, STORE_FILE), '');
	}
	expect(await runs('backup.ts', '--nightly', nights)).toMatchObject({ status: 0 });
	const left = readdirSync(nights).toSorted();
	expect(left.slice(0, 14)).toEqual(['by-hand', ...old.slice(2)]);
	expect(left.slice(14)).toEqual([expect.stringMatching(/^lianxinqiao-20\d\d-\d\d-\d\d-\d{4}$/)]);
	// A copy that is none pushes nothing out.
	rmSync(join(district.dataDir, 'keys.json'));
	rmSync(join(nights, left[14] ?? ''), { recursive: true });
	mkdirSync(join(nights, old[0] ?? ''));
	mkdirSync(join(nights, old[1] ?? ''));
	expect(await runs('backup.ts', '--nightly', nights)).toMatchObject({ status: 1 });
	expect(readdirSync(nights)).toEqual(['by-hand', ...old]);
});
