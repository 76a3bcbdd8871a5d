/**
 * Traces of real Yjs documents, and seeded mutations of them, thrown at every door of a relay: ledgers stay as they
 * are, shared drafts come to what the traces come to, and the relay goes on.
 */
import { v7 } from 'uuid';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { boardLedger, deskLedger, STANDING } from '#domain/ledgers.ts';
import { audit } from '#relay/audit.ts';
import { syncMessage } from '#relay/sockets/frames.ts';
import type { TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { writeDraft, type DraftWriter } from '../support/draft-writer.ts';
import { randomFrom } from '../support/random.ts';
import { connect, until } from '../support/reader.ts';
import { accepted, COMMUNITY, demand, DISTRICT, household, people } from '../support/tell.ts';
import { throwAtDoors, type DoorsReport } from './throw-at-doors.ts';
import { largeTrace, readSession, readTraces, type Session, type Trace } from './yjs-traces.ts';

export interface TracesReport {
	readonly seed: number;
	/** Documents thrown at a draft of their own, and those that did not come to what was expected. */
	readonly drafts: number;
	readonly astray: readonly string[];
	/** What two typed at once, in the order of a real session. */
	readonly typed: number;
	readonly isSessionReached: boolean;
	/** Bent updates, and the drafts that two then read differently. */
	readonly bent: number;
	readonly diverged: number;
	readonly isLargeRefused: boolean;
	readonly isLedgerTouched: boolean;
	readonly doors: DoorsReport;
	readonly flaws: number;
	readonly isUp: boolean;
}

const LANES = 4;
const SEED = 20261125;
/** Of so many traces one is bent. */
const BENT_OF = 5;

export async function throwTraces(folder: string): Promise<TracesReport> {
	const many = { draftMessagesPer10s: 1e9, framesPer10s: 1e9, bytesPer10s: 1e12 };
	const district = await startDistrict({ limits: { ...many, waitingBytes: 64 * 1024 * 1024 } });
	try {
		const { relay, devices } = district;
		const traces = readTraces(folder);
		const session = readSession(folder);
		const random = randomFrom(SEED);
		const some = traces.filter((_, i) => i % BENT_OF === 0);
		const bent = some.map(({ updates }) => updates.map((update) => bend(update, random)));
		const all = [...some.flatMap(({ updates }) => updates), ...bent.flat()];
		await devices.secretary.says(relay.url, household('door-of-traces'));
		const astray = await throwAtDrafts(district, traces);
		const isSessionReached = await typeTogether(district, session);
		const diverged = await throwBent(district, bent);
		const isLargeRefused = await throwLarge(district, largeTrace(folder));
		const isLedgerTouched = await throwAtLedgers(district, all);
		const doors = await throwAtDoors(all, SEED);
		const [receipt] = await devices.member.says(relay.url, demand(v7()));
		const { flaws } = await audit(relay.store, relay.keys, relay.people.devices);
		return {
			seed: SEED,
			drafts: traces.length,
			astray,
			typed: session.typed.length,
			isSessionReached,
			bent: bent.flat().length,
			diverged,
			isLargeRefused,
			isLedgerTouched,
			doors,
			flaws: flaws.length,
			isUp: receipt?.verdict === 'accepted'
		};
	} finally {
		await district.end();
	}
}

export function areTracesBorne(told: TracesReport): boolean {
	const { doors } = told;
	const bad =
		told.astray.length + told.diverged + told.flaws + doors.badAnswers.length + doors.flaws;
	const good = told.isSessionReached && told.isLargeRefused && told.isUp && doors.isUp;
	return bad === 0 && good && !told.isLedgerTouched && !doors.isLedgerTouched;
}

/** Each document is written by one device as its updates came, all of it twice, and read by another. */
async function throwAtDrafts(
	district: District,
	traces: readonly Trace[]
): Promise<readonly string[]> {
	const astray: string[] = [];
	await inLanes(district, traces, async (trace, writes, reads) => {
		const draft = await openDraft(district);
		const writer = await writeDraft(district.relay, writes, draft);
		for (const update of [...trace.updates, ...trace.updates]) writer.send(update);
		await writer.settled();
		const reader = await writeDraft(district.relay, reads, draft);
		if (!trace.isReached(reader.doc)) astray.push(trace.name);
		for (const one of [writer, reader]) one.end();
	});
	return astray;
}

async function typeTogether(district: District, { typed, end }: Session): Promise<boolean> {
	const draft = await openDraft(district);
	const { secretary, worker } = district.devices;
	const writers = [
		await writeDraft(district.relay, secretary, draft),
		await writeDraft(district.relay, worker, draft)
	];
	for (const [i, { agent, update }] of typed.entries()) {
		const writer = writers[agent];
		if (writer !== undefined) Y.applyUpdate(writer.doc, update, 'typed');
		if (i % 500 === 0) await settleAll(writers);
	}
	await settleAll(writers);
	// As after a broken link: each tells all it has, since either may have heard of the other too late.
	for (const { doc, send } of writers) send(Y.encodeStateAsUpdate(doc));
	await settleAll(writers);
	const late = await writeDraft(district.relay, district.enrol(people.worker), draft);
	const texts = [...writers, late].map(({ text }) => text.toString());
	for (const one of [...writers, late]) one.end();
	return texts.every((text) => text === end);
}

async function settleAll(writers: readonly DraftWriter[]): Promise<void> {
	for (const writer of writers) await writer.settled();
}

/** A draft that took some of it still reads the same to everybody, holds nothing half, and goes on. */
async function throwBent(
	district: District,
	all: readonly (readonly Uint8Array[])[]
): Promise<number> {
	let diverged = 0;
	await inLanes(district, all, async (updates, writes, reads) => {
		const draft = await openDraft(district);
		const writer = await writeDraft(district.relay, writes, draft);
		const other = await writeDraft(district.relay, reads, draft);
		for (const update of updates) writer.send(update);
		await writer.settled();
		other.text.insert(0, 'honest');
		await other.settled();
		const late = await writeDraft(district.relay, reads, draft);
		const state = Buffer.from(Y.encodeStateVector(late.doc));
		const isSame = state.equals(Y.encodeStateVector(other.doc));
		const isWhole = late.doc.store.pendingStructs === null && late.doc.store.pendingDs === null;
		if (!isSame || !isWhole || !late.text.toString().includes('honest')) diverged += 1;
		for (const one of [writer, other, late]) one.end();
	});
	return diverged;
}

/** Larger than a frame: its socket is closed, and the draft stays empty. */
async function throwLarge(district: District, update: Uint8Array): Promise<boolean> {
	const draft = await openDraft(district);
	const writer = await writeDraft(district.relay, district.devices.secretary, draft);
	writer.send(update);
	const code = await writer.closed;
	const reader = await writeDraft(district.relay, district.devices.worker, draft);
	const isEmpty = Y.encodeStateAsUpdate(reader.doc).length <= 2;
	reader.end();
	return code === 1009 && isEmpty;
}

/** As updates and as answers: on a board and a desk, over the shared socket and a plain one. */
async function throwAtLedgers(
	{ relay, devices }: District,
	updates: readonly Uint8Array[]
): Promise<boolean> {
	const board = `${boardLedger(DISTRICT, STANDING)}@${relay.store.epoch}`;
	const desk = `${deskLedger(COMMUNITY, STANDING)}@${relay.store.epoch}`;
	const before = await marks(relay);
	const shared = await connect(relay.url, devices.secretary.cookie);
	for (const channel of [board, desk]) await shared.open(channel);
	const path = `${relay.url.replace('http', 'ws')}/sync/${board}`;
	const plain = new WebSocket(path, { headers: { cookie: devices.member.cookie } });
	await new Promise((resolve) => plain.once('open', resolve));
	plain.send(syncMessage('step1', Uint8Array.of(0)));
	for (const [i, update] of updates.entries()) {
		for (const kind of ['update', 'step2'] as const) {
			for (const channel of [board, desk]) shared.say(channel, syncMessage(kind, update));
			plain.send(syncMessage(kind, update));
		}
		plain.send(update);
		if (i % 100 === 0) await until(() => plain.bufferedAmount + shared.ws.bufferedAmount === 0);
	}
	const again = await connect(relay.url, devices.worker.cookie);
	await again.open(desk);
	const isSame = (await marks(relay)) === before;
	for (const one of [shared, again, plain]) one.close();
	return !isSame;
}

async function marks({ store }: District['relay']): Promise<string> {
	const found = ['board/', 'desk/', 'member/'].map((prefix) => store.ledgersUnder(prefix));
	return JSON.stringify((await Promise.all(found)).map((ledgers) => [...ledgers]));
}

async function openDraft({ relay, devices }: District): Promise<string> {
	const asked = v7();
	const record = `reply-${asked}`;
	const opened = { kind: 'draft.opened.v1', record, body: { of: asked } };
	await devices.secretary.says(relay.url, demand(asked), accepted(asked), opened);
	return record;
}

/** A few at a time, each lane with devices of its own. */
async function inLanes<T>(
	{ enrol }: District,
	items: readonly T[],
	run: (item: T, writes: TestDevice, reads: TestDevice) => Promise<void>
): Promise<void> {
	const queue = [...items];
	const lane = async () => {
		const [writes, reads] = [enrol(people.secretary), enrol(people.worker)];
		for (let next = queue.shift(); next !== undefined; next = queue.shift())
			await run(next, writes, reads);
	};
	await Promise.all(Array.from({ length: LANES }, lane));
}

/** One to three bytes changed, cut off, doubled or put in. */
function bend(update: Uint8Array, random: () => number): Uint8Array {
	const bytes = [...update];
	const place = () => Math.floor(random() * bytes.length);
	for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
		const how = Math.floor(random() * 4);
		if (how === 0) bytes[place()] = Math.floor(random() * 256);
		else if (how === 1) bytes.length = Math.max(1, place());
		else if (how === 2) bytes.splice(place(), 0, ...bytes.slice(place(), place() + 8));
		else bytes.splice(place(), 0, Math.floor(random() * 256));
	}
	return Uint8Array.from(bytes);
}
