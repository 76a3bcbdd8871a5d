/** [R2] Several relays on one database: one is killed, one is not woken, one is cut off; and what every reader sees. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { RecordId } from '#domain/ids.ts';
import { replyDraft } from '#domain/kinds/draft.ts';
import { Enrolled, sessionText } from '#domain/wire.ts';
import { deskLedger, STANDING } from '#domain/ledgers.ts';
import { encodeUpdate } from '../../../sync-server/ledger-document.ts';
import { createInvitations } from '../../../sync-server/invitations.ts';
import { KEY_FILE, RELAY_PERSON } from '../../../sync-server/keys.ts';
import { flawsOf } from '../../support/audits.ts';
import { databaseOf, storeAt } from '../../support/database.ts';
import { startDistrict, type District } from '../../support/district.ts';
import { writeDraft } from '../../support/draft-writer.ts';
import { signText } from '../../support/device.ts';
import { challengeFor, knock, makePhone, startPeopledRelay } from '../../support/joining.ts';
import { lineTo, type Line } from '../../support/postgres-line.ts';
import { connect, headsIn, until, type Reader } from '../../support/reader.ts';
import {
	REALM,
	spawnRelay,
	startRelay,
	temporaryFolder,
	type RunningRelay,
	type StartOptions
} from '../../support/relay.ts';
import { accepted, COMMUNITY, demand, DISTRICT, household, people } from '../../support/tell.ts';
import { randomFrom } from '../../support/random.ts';
import { createHanding, inspect } from '../../support/trouble.ts';

const desk = deskLedger(COMMUNITY, STANDING);
let district: District;
let databaseUrl: string;
let opened: (() => unknown)[];

beforeEach(async () => {
	opened = [];
	district = await startDistrict();
	databaseUrl = (await databaseOf(district.dataDir)).databaseUrl ?? '';
});
afterEach(async () => {
	for (const end of opened.reverse()) await end();
	await district.end();
});

/** A folder of another machine that serves the same district. */
function otherFolder(): string {
	const folder = temporaryFolder();
	for (const file of [KEY_FILE, 'devices.json', 'database-url'])
		copyFileSync(join(district.dataDir, file), join(folder.path, file));
	opened.push(folder.remove);
	return folder.path;
}

async function another(options: Partial<StartOptions> = {}): Promise<RunningRelay> {
	const relay = await startRelay({ dataDir: otherFolder(), ...options });
	opened.push(() => relay.close());
	return relay;
}

async function lineOf(options?: { readonly isMute: boolean }): Promise<Line> {
	const line = await lineTo(databaseUrl, options);
	opened.push(() => line.end());
	return line;
}

async function reads(url: string, ledger = desk, doc = new Y.Doc()): Promise<Y.Doc> {
	const reader: Reader = await connect(url, district.devices.secretary.cookie);
	opened.push(() => reader.close());
	return reader.open(`${ledger}@${district.relay.store.epoch}`, doc);
}

/** Doors, registered at a relay. */
async function registers(url: string, count = 1): Promise<void> {
	for (let i = 0; i < count; i++) await district.devices.secretary.says(url, household(v7()));
}

async function rowsOf(ledger: string): Promise<Uint8Array> {
	return encodeUpdate(await district.relay.store.elements(ledger, 0, 10_000), 0, Infinity).update;
}

test('[R2] what one relay stores readers at another see; their documents are the same bytes', async () => {
	const other = await another();
	const docs = [await reads(district.relay.url), await reads(other.url)];
	await Promise.all([registers(district.relay.url, 5), registers(other.url, 5)]);
	const whole = await rowsOf(desk);
	await until(() => docs.every((doc) => headsIn(doc).length === headsIn(docs[0] ?? doc).length));
	await until(() => docs.every((doc) => Y.encodeStateAsUpdate(doc).length === whole.length));
	for (const doc of docs) expect(Y.encodeStateAsUpdate(doc)).toEqual(whole);
	expect(await flawsOf(district.relay)).toEqual([]);
});

test('[R2] a reader half way at one relay resumes at another', async () => {
	await registers(district.relay.url, 3);
	const half = await reads(district.relay.url);
	const held = headsIn(half).length;
	const away = new Y.Doc();
	Y.applyUpdate(away, Y.encodeStateAsUpdate(half));
	const other = await another();
	await registers(district.relay.url, 3);
	const resumed = await reads(other.url, desk, away);
	expect(headsIn(resumed).length).toBe(held + 3);
	expect(Y.encodeStateAsUpdate(resumed)).toEqual(await rowsOf(desk));
});

test('[R2] where no wake-up comes through, readers catch up all the same', async () => {
	const line = await lineOf({ isMute: true });
	const deaf = await another({ databaseUrl: line.url });
	const doc = await reads(deaf.url);
	const before = headsIn(doc).length;
	await registers(district.relay.url, 3);
	await until(() => headsIn(doc).length === before + 3);
	expect(Y.encodeStateAsUpdate(doc)).toEqual(await rowsOf(desk));
});

test('[R2] what one could not take in is told to it again', async () => {
	const store = await storeAt(district.dataDir);
	opened.push(() => store.close());
	let heard = 0;
	let isFailing = false;
	store.onNews(({ ledgers }) => {
		const { seq } = ledgers.get(desk) ?? { seq: heard };
		if (!isFailing) heard = seq;
		else if (seq > heard) isFailing = false;
		return seq > heard ? Promise.reject(new Error('not now')) : Promise.resolve();
	});
	const said = async () => (await store.ledgerHead(desk))?.seq;
	while (heard === 0) await registers(district.relay.url);
	await expect.poll(() => heard, { timeout: 10_000 }).toBe(await said());
	isFailing = true;
	await registers(district.relay.url);
	await expect.poll(() => heard, { timeout: 10_000 }).toBe(await said());
});

test('[R2] a duty that one relay ends closes what its person reads at another', async () => {
	const other = await another();
	const reader = await connect(other.url, district.devices.stranger.cookie);
	opened.push(() => reader.close());
	const scope = await district.devices.stranger.scope(other.url);
	const ledger = Object.keys(scope.hold).find((name) => name.startsWith('desk/'));
	const channel = `${ledger}@${scope.epoch}`;
	await reader.open(channel);
	const [ended] = await district.devices.district.says(district.relay.url, {
		kind: 'duty.ended.v1',
		record: `duty-${people.stranger}`,
		org: DISTRICT,
		body: { to: Date.now() - 1, reason: '换届' }
	});
	expect(ended?.verdict).toBe('accepted');
	await until(() => reader.told.some((told) => JSON.stringify(told).includes(channel)));
});

test('[R2] of two relays one is killed in the middle: no receipt is lost, and the other goes on', async () => {
	const { devices, relay, dataDir } = district;
	const dying = await spawnRelay(otherFolder());
	const atDying = new Set([devices.member, devices.worker]);
	let isGone = false;
	const handing = createHanding(
		[devices.member, devices.secondMember, devices.secretary, devices.worker],
		(by) => (atDying.has(by) && !isGone ? dying.url : relay.url),
		randomFrom(20261125)
	);
	const begun = Date.now();
	const working = handing.until(() => isGone && Date.now() - begun > 3_000);
	await until(() => handing.count > 20);
	await dying.end('SIGKILL');
	isGone = true;
	await working;
	const shown = await handing.end();
	expect((await inspect(relay.store, dataDir, shown)).accepted).toBe(shown.length);
});

test('[R2] a relay that is cut off from the database shows no receipt that is not stored, and comes back', async () => {
	const { devices, relay, dataDir } = district;
	const line = await lineOf();
	const cut = await another({ databaseUrl: line.url });
	const atCut = new Set([devices.member, devices.worker]);
	const handing = createHanding(
		[devices.member, devices.secondMember, devices.secretary, devices.worker],
		(by) => (atCut.has(by) ? cut.url : relay.url),
		randomFrom(20261126)
	);
	const doc = await reads(cut.url);
	let isOver = false;
	const working = handing.until(() => isOver);
	await until(() => handing.count > 20);
	line.cut();
	// Whoever is at the other relay goes on, and what it says is there once the line is whole.
	const before = handing.count;
	await until(() => handing.count > before + 10);
	await registers(relay.url, 2);
	line.heal();
	const healed = handing.count;
	await until(() => handing.count > healed + 10);
	isOver = true;
	await working;
	const shown = await handing.end();
	const whole = await rowsOf(desk);
	await until(() => Y.encodeStateAsUpdate(doc).length === whole.length);
	const store = await storeAt(dataDir);
	opened.push(() => store.close());
	expect((await inspect(store, dataDir, shown)).accepted).toBe(shown.length + 2);
	expect(await flawsOf(cut)).toEqual([]);
}, 90_000);

/** A demand that waits for its reply, with the draft of it opened. */
async function openDraft(): Promise<{ asked: RecordId; draft: RecordId }> {
	const { devices, relay } = district;
	const asked = RecordId.parse(v7());
	const draft = replyDraft(asked);
	const opening = { kind: 'draft.opened.v1', record: draft, body: { of: asked } };
	await devices.secretary.says(relay.url, demand(asked), accepted(asked), opening);
	return { asked, draft };
}

test('[A4] a draft whose demand is erased at one relay closes at another', async () => {
	const { asked, draft } = await openDraft();
	const other = await another();
	const writer = await writeDraft(other, district.devices.secretary, draft);
	opened.push(() => writer.end());
	writer.text.insert(0, '已转办。');
	await writer.settled();
	const [receipt] = await district.devices.secretary.says(district.relay.url, {
		kind: 'erasure.ordered.v1',
		record: v7(),
		body: { of: asked, at: COMMUNITY, entries: [1], ground: 'requested' }
	});
	expect(receipt?.verdict).toBe('accepted');
	await until(() => writer.refusals.some((words) => words.startsWith('erased: ')));
});

test('[R1] who opens a draft while a writer who has left is still being stored gets that writing', async () => {
	const [{ draft }, elsewhere] = [await openDraft(), await openDraft()];
	const { relay, devices } = district;
	const left = await writeDraft(relay, devices.secretary, draft);
	let isHeld = true;
	let isBegun = false;
	const holding = relay.store.transaction(async (tx) => {
		isBegun = true;
		while (isHeld) await tx.meta('realm');
	});
	await until(() => isBegun);
	left.text.insert(0, '已转办。');
	left.end();
	await until(() => relay.drafts.counts.open === 0);
	const opening = writeDraft(relay, devices.worker, draft);
	await until(() => relay.drafts.counts.open === 1);
	// What was asked before this was answered, where it could be.
	(await writeDraft(relay, devices.worker, elsewhere.draft)).end();
	isHeld = false;
	await holding;
	const next = await opening;
	opened.push(() => next.end());
	await until(() => next.text.toString() === '已转办。');
});

test('a challenge that one relay gave is answered at another, and at no relay a second time', async () => {
	const place = { dataDir: otherFolder(), at: Date.now() };
	const giving = await startPeopledRelay(place);
	opened.push(() => giving.end());
	const answering = await startPeopledRelay({ ...place, dataDir: otherFolder() });
	opened.push(() => answering.end());
	const invited = { person: people.member, by: RELAY_PERSON };
	const { secret } = await createInvitations(giving).issue(invited);
	const phone = makePhone();
	const { device } = Enrolled.parse((await phone.enrol(giving.url, { secret })).json);
	const challenge = await challengeFor(giving.url, device);
	const sig = signText(phone.privateKey, sessionText(REALM, challenge));
	const answer = (url: string) => knock(url, '/api/session', { device, challenge, sig });
	const answers = await Promise.all([answering, giving, answering].map(({ url }) => answer(url)));
	expect(answers.map(({ code }) => code).toSorted()).toEqual([
		'',
		'challenge-unknown',
		'challenge-unknown'
	]);
	const next = await challengeFor(giving.url, device);
	const signed = signText(phone.privateKey, sessionText(REALM, next));
	const opening = { device, challenge: next, sig: signed };
	expect((await knock(answering.url, '/api/session', opening)).status).toBe(200);
});

test('a relay with other keys does not serve a district', async () => {
	const folder = temporaryFolder();
	opened.push(folder.remove);
	await expect(startRelay({ dataDir: folder.path, databaseUrl })).rejects.toThrow(
		/are not those of this database/
	);
});
