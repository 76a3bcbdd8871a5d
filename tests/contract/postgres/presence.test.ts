/** [R3] Who is present at one relay is seen at the others on the same database, and goes as they go. */
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { RecordId, type PersonId } from '#domain/ids.ts';
import { replyDraft } from '#domain/kinds/draft.ts';
import { deskLedger, STANDING } from '#domain/ledgers.ts';
import { createElsewhere } from '#relay/sockets/elsewhere.ts';
import { awarenessMessage } from '#relay/sockets/frames.ts';
import { say } from '../../support/database.ts';
import type { Role } from '../../support/district.ts';
import { startNodes, type Nodes } from '../../support/nodes.ts';
import { connect, until } from '../../support/reader.ts';
import { spawnRelay } from '../../support/relay.ts';
import { accepted, COMMUNITY, demand, household, people } from '../../support/tell.ts';

const desk = deskLedger(COMMUNITY, STANDING);
/** A state is given up 30 s after it was last said. */
const GIVEN_UP_MS = 31_000;
let nodes: Nodes;
beforeEach(async () => {
	nodes = await startNodes();
});
afterEach(() => nodes.end());

interface Present {
	says(state: Record<string, unknown> | null): void;
	/** Says it with other bytes than an awareness would. */
	sayRaw(update: Uint8Array): void;
	/** What is known of another who is there. */
	seen(other: { readonly client: number }): Record<string, unknown> | undefined;
	readonly client: number;
	/** Messages of presence that came. */
	readonly heard: () => number;
	leave(): void;
}

type Relay = { readonly url: string };

/** Somebody with a ledger or a draft open at a relay; `as` is the client that a device had before. */
async function comes(relay: Relay, role: Role, ledger: string, as?: number): Promise<Present> {
	const { devices, relay: first } = nodes.district;
	const channel = `${ledger}@${first.store.epoch}`;
	const reader = await connect(relay.url, devices[role].cookie);
	const doc = new Y.Doc();
	doc.clientID = as ?? doc.clientID;
	const awareness = new Awareness(doc);
	awareness.setLocalState(null);
	let heard = 0;
	reader.ws.on('message', (data) => {
		if (!(data instanceof Buffer)) throw new Error('presence: a frame in pieces');
		const decoder = decoding.createDecoder(data);
		if (decoding.readVarString(decoder) !== channel || decoding.readVarUint(decoder) !== 1) return;
		heard += 1;
		applyAwarenessUpdate(awareness, decoding.readVarUint8Array(decoder), 'relay');
	});
	nodes.onEnd(() => {
		awareness.destroy();
		reader.close();
	});
	await reader.open(channel, doc);
	const sayRaw = (update: Uint8Array) => reader.say(channel, awarenessMessage(update));
	return {
		says(state) {
			awareness.setLocalState(state);
			sayRaw(encodeAwarenessUpdate(awareness, [doc.clientID]));
		},
		sayRaw,
		seen: ({ client }) => awareness.getStates().get(client),
		client: doc.clientID,
		heard: () => heard,
		leave: () => reader.close()
	};
}

/** One state of a client, as y-protocols writes it. */
function stateOf(client: number, clock: number, state: unknown): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const number of [1, client, clock]) encoding.writeVarUint(encoder, number);
	encoding.writeVarString(encoder, JSON.stringify(state));
	return encoding.toUint8Array(encoder);
}

async function openDesk(): Promise<string> {
	const { devices, relay } = nodes.district;
	await devices.secretary.says(relay.url, household(v7()));
	return desk;
}

async function openDraft(): Promise<string> {
	const { devices, relay } = nodes.district;
	const asked = RecordId.parse(v7());
	const draft = replyDraft(asked);
	const opening = { kind: 'draft.opened.v1', record: draft, body: { of: asked } };
	await devices.secretary.says(relay.url, demand(asked), accepted(asked), opening);
	return `shared/${draft}`;
}

const soon = { timeout: 2_000, interval: 10 };

test.each([
	['a desk ledger', openDesk],
	['a shared draft', openDraft]
])('[R3] who is on %s at one relay is seen at another, and gone there too', async (_what, open) => {
	const ledger = await open();
	const other = await nodes.another();
	const here = await comes(nodes.district.relay, 'secretary', ledger);
	const there = await comes(other, 'worker', ledger);
	here.says({ user: { person: 'forged', name: 'forged' }, writing: true });
	const shown = { user: { person: people.secretary }, writing: true };
	await expect.poll(() => there.seen(here), soon).toEqual(shown);
	const late = await comes(other, 'worker', ledger);
	await expect.poll(() => late.seen(here), soon).toEqual(shown);

	here.says({ writing: false });
	await expect.poll(() => there.seen(here)?.writing, soon).toBe(false);
	here.leave();
	await expect.poll(() => there.seen(here), soon).toBeUndefined();
});

test('[R3] a relay that stops says so of everybody who was there', async () => {
	const ledger = await openDesk();
	const other = await nodes.another();
	const here = await comes(other, 'secretary', ledger);
	const there = await comes(nodes.district.relay, 'worker', ledger);
	here.says({ on: 'row-1' });
	await expect.poll(() => there.seen(here), soon).toBeDefined();
	await other.close();
	await expect.poll(() => there.seen(here), soon).toBeUndefined();
});

test('[R3] whose relay was killed is gone once the time is over, unless it came back at another', async () => {
	const ledger = await openDesk();
	let ahead = 0;
	const relay = await nodes.another({ now: () => Date.now() + ahead });
	const dying = await spawnRelay(nodes.otherFolder());
	nodes.onEnd(() => dying.end('SIGKILL'));
	const lost = await comes(dying, 'secretary', ledger);
	const moved = await comes(dying, 'secretary', ledger);
	const there = await comes(relay, 'worker', ledger);
	lost.says({ on: 'row-1' });
	moved.says({ on: 'row-2' });
	await expect.poll(() => there.seen(lost) && there.seen(moved), soon).toBeDefined();
	await dying.end('SIGKILL');
	ahead = GIVEN_UP_MS / 2;
	const back = await comes(relay, 'secretary', ledger, moved.client);
	back.sayRaw(stateOf(moved.client, 100, { on: 'row-3' }));
	await expect.poll(() => there.seen(moved)?.on, soon).toBe('row-3');
	await new Promise((resolve) => setTimeout(resolve, 1_200));
	expect(there.seen(lost)).toBeDefined();
	ahead = GIVEN_UP_MS;
	await expect.poll(() => there.seen(lost), soon).toBeUndefined();
	const late = await comes(relay, 'worker', ledger);
	await expect.poll(() => late.seen(moved)?.on, soon).toBe('row-3');
	expect(late.seen(lost)).toBeUndefined();
});

test('[R3] who speaks as a client of somebody at another relay is not heard', async () => {
	const ledger = await openDesk();
	const other = await nodes.another();
	const here = await comes(nodes.district.relay, 'secretary', ledger);
	const there = await comes(other, 'worker', ledger);
	here.says({ on: 'row-1' });
	await expect.poll(() => there.seen(here), soon).toBeDefined();
	const seen = await comes(other, 'secretary', ledger);
	await expect.poll(() => seen.seen(here), soon).toBeDefined();
	there.sayRaw(stateOf(here.client, 1_000, { on: 'row-2' }));
	there.sayRaw(stateOf(here.client, 1_001, null));
	there.says({ on: 'row-3' });
	await expect.poll(() => seen.seen(there)?.on, soon).toBe('row-3');
	expect(seen.seen(here)).toEqual({ user: { person: people.secretary }, on: 'row-1' });
});

test('[R4] a flood of presence goes on in a few calls, and others are heard meanwhile', async () => {
	const ledger = await openDesk();
	const other = await nodes.another();
	const flooding = await comes(nodes.district.relay, 'worker', ledger);
	const honest = await comes(nodes.district.relay, 'secretary', ledger);
	const there = await comes(other, 'secretary', ledger);
	const padding = 'x'.repeat(900);
	let said = 0;
	const flood = setInterval(() => {
		// Three that stay, and ever new ones that come and go.
		for (const client of [1, 2, 3, 1_000 + said])
			flooding.sayRaw(stateOf(client, said, { padding }));
		flooding.sayRaw(stateOf(1_000 + said, said, null));
		said += 5;
	}, 30);
	const begun = performance.now();
	await until(() => there.heard() > 2);
	honest.says({ on: 'row-1' });
	await expect.poll(() => there.seen(honest)?.on, soon).toBe('row-1');
	await nodes.district.devices.secretary.says(other.url, household(v7()));
	await until(() => said > 300);
	clearInterval(flood);
	const calls = (performance.now() - begun) / 200;
	expect(there.heard()).toBeLessThan(calls + 3);
	expect(said).toBeGreaterThan(there.heard() * 5);
});

test('what else is called on the database changes nothing', async () => {
	const ledger = await openDraft();
	const { relay } = nodes.district;
	const [here, there] = [
		await comes(relay, 'secretary', ledger),
		await comes(relay, 'worker', ledger)
	];
	const [client, clock, state] = [here.client, 9, { user: { person: people.member } }];
	const said = [{ ledger: 'shared/../x', client, clock, state }];
	for (const text of ['', 'x', '[]', JSON.stringify({ relay: 'r', said })])
		await say(nodes.databaseUrl, `NOTIFY lxq_calls, '${text}'`);
	here.says({ writing: true });
	await expect.poll(() => there.seen(here), soon).toMatchObject({ writing: true });
});

test('[R4] in a call each person has a turn, the newest of a client alone, and nobody has many waiting', async () => {
	const calls: { client: number; clock: number }[][] = [];
	const elsewhere = createElsewhere(async (text) => {
		expect(Buffer.byteLength(text)).toBeLessThan(8_000);
		calls.push(JSON.parse(text).said);
	});
	const tell = (person: PersonId, client: number, clock: number) => {
		const padding = '门'.repeat(300);
		const state = { user: { person }, padding };
		elsewhere.tell(person, { ledger: desk, client, clock, state });
	};
	for (let client = 0; client < 1_000; client++) tell(people.worker, client, 1);
	tell(people.worker, 0, 2);
	tell(people.secretary, 5_000, 1);
	await until(() => calls.length > 1);
	const [first = []] = calls;
	expect(first).toMatchObject([
		...[{ client: 0, clock: 2 }, { client: 5_000 }, { client: 1 }, { client: 2 }],
		{ client: 3 }
	]);
	await until(() => calls.flat().length === 65);
	await elsewhere.close();
	expect(new Set(calls.flat().map(({ client }) => client)).size).toBe(65);
});
