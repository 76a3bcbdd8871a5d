/** [R2] Several relays on one database: one is killed, one is not woken, one is cut off; and what every reader sees. */
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { deskLedger, STANDING } from '#domain/ledgers.ts';
import { Enrolled, sessionText } from '#domain/wire.ts';
import { RELAY_PERSON } from '#relay/keys.ts';
import { encodeUpdate } from '#relay/ledgers/ledger-document.ts';
import { createInvitations } from '#relay/people/invitations.ts';
import type { News } from '#relay/store/store.ts';
import { flawsOf } from '../../support/audits.ts';
import { storeAt } from '../../support/database.ts';
import { signText } from '../../support/device.ts';
import type { District } from '../../support/district.ts';
import { challengeFor, knock, makePhone, startPeopledRelay } from '../../support/joining.ts';
import { startNodes, type Nodes } from '../../support/nodes.ts';
import { randomFrom } from '../../support/random.ts';
import { connect, headsIn, until, within, type Reader } from '../../support/reader.ts';
import { REALM, spawnRelay, startRelay, temporaryFolder } from '../../support/relay.ts';
import { COMMUNITY, DISTRICT, household, people } from '../../support/tell.ts';
import { createHanding, inspect } from '../../support/trouble.ts';

const desk = deskLedger(COMMUNITY, STANDING);
/** [R2, R5] By then readers have caught up, and have lost what is not theirs any more. */
const SOON_MS = 2_000;
let nodes: Nodes;
let district: District;

beforeEach(async () => {
	nodes = await startNodes();
	({ district } = nodes);
});
afterEach(() => nodes.end());

async function reads(url: string, ledger = desk, doc = new Y.Doc()): Promise<Y.Doc> {
	const reader: Reader = await connect(url, district.devices.secretary.cookie);
	nodes.onEnd(() => reader.close());
	return reader.open(`${ledger}@${district.relay.store.epoch}`, doc);
}

/** Doors, registered at a relay; answers their records. */
async function registers(url: string, count = 1): Promise<readonly string[]> {
	const doors = Array.from({ length: count }, () => v7());
	for (const door of doors) await district.devices.secretary.says(url, household(door));
	return doors;
}

function holds(doc: Y.Doc, records: readonly string[]): boolean {
	const held = new Set(headsIn(doc).map(({ record }) => record));
	return records.every((record) => held.has(record));
}

async function rowsOf(ledger: string): Promise<Uint8Array> {
	return encodeUpdate(await district.relay.store.elements(ledger, 0, 10_000), 0, Infinity).update;
}

test('[R2] what one relay stores readers at another see; their documents are the same bytes', async () => {
	const other = await nodes.another();
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
	const other = await nodes.another();
	await registers(district.relay.url, 3);
	const resumed = await reads(other.url, desk, away);
	expect(headsIn(resumed).length).toBe(held + 3);
	expect(Y.encodeStateAsUpdate(resumed)).toEqual(await rowsOf(desk));
});

test('[R2] where no wake-up comes through, readers catch up all the same, within two seconds', async () => {
	const line = await nodes.lineOf({ isMute: true });
	const deaf = await nodes.another({ databaseUrl: line.url });
	const doc = await reads(deaf.url);
	const doors = await registers(district.relay.url, 3);
	await within(SOON_MS, () => holds(doc, doors));
	expect(Y.encodeStateAsUpdate(doc)).toEqual(await rowsOf(desk));
});

test('[R2] what one could not take in is told to it again', async () => {
	const store = await storeAt(district.dataDir);
	nodes.onEnd(() => store.close());
	let heard = 0;
	let failing = 0;
	const told: unknown[] = [];
	const hear = ({ ledgers }: News) => {
		const { seq } = ledgers.get(desk) ?? { seq: heard };
		if (failing === 0) heard = seq;
		else if (seq > heard) failing -= 1;
		return seq > heard ? Promise.reject(new Error('not now')) : Promise.resolve();
	};
	store.onNews(hear, { onBroken: (cause) => void told.push(cause) });
	const said = async () => (await store.ledgerHead(desk))?.seq;
	while (heard === 0) await registers(district.relay.url);
	await expect.poll(() => heard, { timeout: 10_000 }).toBe(await said());
	failing = 2;
	await registers(district.relay.url);
	await expect.poll(() => heard, { timeout: 10_000 }).toBe(await said());
	expect(told).toEqual([new Error('not now')]);
});

test('[R5] a duty that one relay ends closes what its person reads at another, within two seconds', async () => {
	const other = await nodes.another();
	const reader = await connect(other.url, district.devices.stranger.cookie);
	nodes.onEnd(() => reader.close());
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
	const isDenied = () => reader.told.some((told) => JSON.stringify(told).includes(channel));
	await within(SOON_MS, isDenied);
});

test('[R2] of two relays one is killed in the middle: no receipt is lost, and the other goes on', async () => {
	const { devices, relay, dataDir } = district;
	const dying = await spawnRelay(nodes.otherFolder());
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

test('[R2] a relay that is cut off from the database shows no receipt that is not stored, and its readers catch up within two seconds of healing', async () => {
	const { devices, relay, dataDir } = district;
	const line = await nodes.lineOf();
	const cut = await nodes.another({ databaseUrl: line.url });
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
	const doors = await registers(relay.url, 2);
	expect(holds(doc, doors)).toBe(false);
	line.heal();
	await within(SOON_MS, () => holds(doc, doors));
	const healed = handing.count;
	await until(() => handing.count > healed + 10);
	isOver = true;
	await working;
	const shown = await handing.end();
	const whole = await rowsOf(desk);
	await until(() => Y.encodeStateAsUpdate(doc).length === whole.length);
	const store = await storeAt(dataDir);
	nodes.onEnd(() => store.close());
	expect((await inspect(store, dataDir, shown)).accepted).toBe(shown.length + 2);
	expect(await flawsOf(cut)).toEqual([]);
}, 90_000);

test('a challenge that one relay gave is answered at another, and at no relay a second time', async () => {
	const place = { dataDir: nodes.otherFolder(), at: Date.now() };
	const giving = await startPeopledRelay(place);
	nodes.onEnd(() => giving.end());
	const answering = await startPeopledRelay({ ...place, dataDir: nodes.otherFolder() });
	nodes.onEnd(() => answering.end());
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
	nodes.onEnd(folder.remove);
	const { databaseUrl } = nodes;
	await expect(startRelay({ dataDir: folder.path, databaseUrl })).rejects.toThrow(
		/are not those of this database/
	);
});
