/** [R4] The bounds of shared drafts that no attack reaches by itself; set small here, as a clerk would by LIMIT_…. */
import * as encoding from 'lib0/encoding';
import { v7 } from 'uuid';
import { expect, test, vi } from 'vitest';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { RecordId } from '#domain/ids.ts';
import { deskLedger, STANDING } from '#domain/ledgers.ts';
import { createDraftThread } from '#relay/drafts/thread.ts';
import { work } from '#relay/drafts/job.ts';
import { createDraftStore } from '#relay/drafts/store.ts';
import { defaultLimits, type Limits } from '#relay/limits.ts';
import { awarenessMessage, syncMessage } from '#relay/sockets/frames.ts';
import { startDistrict, type District } from '../support/district.ts';
import { deletesBackwards, writeDraft } from '../support/draft-writer.ts';
import { connect, until } from '../support/reader.ts';
import { accepted, COMMUNITY, demand, people } from '../support/tell.ts';

async function within(
	limits: Partial<Limits>,
	run: (district: District) => Promise<void>,
	now = Date.now
): Promise<void> {
	const district = await startDistrict({ limits, now });
	try {
		await run(district);
	} finally {
		await district.end();
	}
}

async function openDraft({ relay, devices }: District): Promise<string> {
	const asked = v7();
	const draft = `reply-${asked}`;
	const opened = { kind: 'draft.opened.v1', record: draft, body: { of: asked } };
	await devices.secretary.says(relay.url, demand(asked), accepted(asked), opened);
	return draft;
}

/** An update of one client that says how many structs follow, and ends. */
function promising(structs: number): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const number of [1, structs, 5, 0]) encoding.writeVarUint(encoder, number);
	return encoding.toUint8Array(encoder);
}

const HOLDS_NOTHING = Uint8Array.of(0);

/** What somebody says of being there, so many times, each time anew. */
function beingThere(doc: Y.Doc, times: number): Uint8Array[] {
	const awareness = new Awareness(doc);
	const said = Array.from({ length: times }, (_, on) => {
		awareness.setLocalState({ on });
		return awarenessMessage(encodeAwarenessUpdate(awareness, [doc.clientID]));
	});
	awareness.destroy();
	return said;
}

test('drafts open on one socket: one more is denied, until one of them is closed', async () => {
	await within({ draftsPerSocket: 2 }, async (district) => {
		const { relay, devices } = district;
		const drafts = [
			await openDraft(district),
			await openDraft(district),
			await openDraft(district)
		];
		const [first, second, third] = drafts.map((draft) => `shared/${draft}@${relay.store.epoch}`);
		if (first === undefined || second === undefined || third === undefined)
			throw new Error('three');
		const reader = await connect(relay.url, devices.secretary.cookie);
		await reader.open(first);
		await reader.open(second);
		void reader.open(third);
		await until(() => reader.told.length > 0);
		expect(reader.told).toEqual([{ denied: [third] }]);
		reader.shut(first);
		await reader.open(third);
		expect(relay.drafts.counts.open).toBe(2);
		reader.close();
	});
});

test('what is said on drafts by one socket, also in vain, and who is there', async () => {
	await within({ draftMessagesPer10s: 20 }, async (district) => {
		const { relay, devices } = district;
		const draft = await openDraft(district);
		const guessing = await connect(relay.url, devices.stranger.cookie);
		for (let i = 0; i < 21; i++)
			guessing.say(
				`shared/reply-${v7()}@${relay.store.epoch}`,
				syncMessage('step1', HOLDS_NOTHING)
			);
		expect(await guessing.closed).toBe(1008);
		const there = await writeDraft(relay, devices.secretary, draft);
		for (const update of beingThere(there.doc, 20)) there.sendRaw(update);
		expect(await there.closed).toBe(1008);
	});
});

test('bytes of one socket that wait to be worked on', async () => {
	await within({ waitingBytes: 10_000 }, async (district) => {
		const { relay, devices } = district;
		const draft = await openDraft(district);
		const writer = await writeDraft(relay, devices.secretary, draft);
		const update = new Uint8Array(6_000);
		writer.send(update);
		await writer.settled();
		for (let i = 0; i < 2; i++) writer.send(update);
		expect(await writer.closed).toBe(1008);
	});
});

/** What somebody says of being there, in so many bytes. */
function beingThereIn(bytes: number): Uint8Array {
	const doc = new Y.Doc();
	const awareness = new Awareness(doc);
	const said = (length: number) => {
		awareness.setLocalState({ on: 'x'.repeat(length) });
		return encodeAwarenessUpdate(awareness, [doc.clientID]);
	};
	const update = said(bytes - (said(bytes - 100).length - (bytes - 100)));
	awareness.destroy();
	expect(update.length).toBe(bytes);
	return awarenessMessage(update);
}

test('who is there is told in a kibibyte, and nothing of more', async () => {
	await within({}, async ({ relay, devices }) => {
		const desk = `${deskLedger(COMMUNITY, STANDING)}@${relay.store.epoch}`;
		const [one, other] = [
			await connect(relay.url, devices.secretary.cookie),
			await connect(relay.url, devices.worker.cookie)
		];
		await one.open(desk);
		await other.open(desk);
		const before = other.framesOn(desk).length;
		one.say(desk, beingThereIn(1_025));
		await until(() => relay.sync.counts.writesIgnored === 1);
		one.say(desk, beingThereIn(1_024));
		await until(() => other.framesOn(desk).length > before);
		expect(relay.sync.counts.writesIgnored).toBe(1);
		one.close();
		other.close();
	});
});

test('who is there is told in rounds, the newest at last', async () => {
	await within({}, async (district) => {
		const { relay, devices } = district;
		const draft = await openDraft(district);
		const [reader, restless] = [
			await writeDraft(relay, devices.worker, draft),
			await writeDraft(relay, devices.secretary, draft)
		];
		const seen = new Awareness(reader.doc);
		let heard = 0;
		reader.onAwareness((update) => {
			heard += 1;
			applyAwarenessUpdate(seen, update, null);
		});
		const begun = Date.now();
		for (const update of beingThere(restless.doc, 300)) restless.sendRaw(update);
		await until(() => seen.getStates().get(restless.doc.clientID)?.['on'] === 299);
		expect(heard).toBeLessThanOrEqual(2 + (Date.now() - begun) / 200);
		for (const one of [reader, restless]) one.end();
		seen.destroy();
	});
});

test('what a person may cost the thread in a minute, with whichever devices: the rest waits for the next, and nothing is lost', async () => {
	let later = 0;
	const bounds = { draftPersonMsPerMinute: 150, draftMessagesPer10s: 10_000 };
	const run = async (district: District) => {
		const { relay, devices } = district;
		const [draft, other] = [await openDraft(district), await openDraft(district)];
		const reader = await writeDraft(relay, devices.worker, draft);
		const honest = await writeDraft(relay, devices.worker, other);
		const restless = await writeDraft(relay, devices.secretary, draft);
		const second = await writeDraft(relay, district.enrol(people.secretary), other);
		restless.text.insert(0, 'x'.repeat(60_000));
		await restless.settled();
		restless.send(deletesBackwards(restless.doc.clientID, 6_000));
		while (restless.refusals.length === 0) {
			restless.text.insert(0, '字');
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		expect(restless.refusals[0]).toMatch(/^not-stored: /);
		second.text.insert(0, '字');
		await until(() => second.refusals.length > 0);
		expect(second.refusals[0]).toMatch(/^not-stored: /);
		later = 50_000;
		honest.text.insert(0, '灯已修好');
		await honest.settled();
		expect(honest.refusals).toEqual([]);
		// As soon as the minute is over.
		await restless.settled();
		await until(() => reader.text.toString() === restless.text.toString());
		for (const one of [reader, honest, restless, second]) one.end();
	};
	await within(bounds, run, () => Date.now() + later);
});

test('pieces of a draft are merged before their bytes are many, however little is left of them', async () => {
	await within({}, async (district) => {
		const { relay, devices } = district;
		const draft = await openDraft(district);
		const writer = await writeDraft(relay, devices.secretary, draft);
		for (let i = 0; i < 8; i++) {
			writer.text.insert(0, 'x'.repeat(180 * 1024));
			writer.text.delete(0, writer.text.length);
			await writer.settled();
		}
		expect(writer.refusals).toEqual([]);
		const { pieces } = await createDraftStore(relay.store).read(RecordId.parse(draft));
		const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
		expect(bytes).toBeLessThanOrEqual(2 * defaultLimits.draftBytes);
		writer.end();
	});
});

test('memory of the thread: what needs more is refused, and the draft goes on', async () => {
	await within({ draftHeapMib: 16 }, async (district) => {
		const { relay, devices } = district;
		const draft = await openDraft(district);
		const honest = await writeDraft(relay, devices.worker, draft);
		honest.text.insert(0, '灯已修好');
		await honest.settled();
		const hostile = await writeDraft(relay, devices.secretary, draft);
		const many = new Y.Doc();
		many.getArray('many').insert(
			0,
			Array.from({ length: 20_000 }, () => new Y.Map())
		);
		hostile.send(Y.encodeStateAsUpdate(many));
		await hostile.settled();
		expect(hostile.refusals).toEqual([expect.stringMatching(/^too-heavy: /)]);
		expect(relay.drafts.counts.broken).toBeGreaterThan(0);
		honest.text.insert(4, '。');
		await honest.settled();
		expect(honest.refusals).toEqual([]);
		const late = await writeDraft(relay, devices.secretary, draft);
		expect(late.text.toString()).toBe('灯已修好。');
		for (const one of [honest, hostile, late]) one.end();
	});
});

test('structs that an update promises and does not hold take no room', () => {
	const lengths: unknown[] = [];
	const construct = (of: typeof Array, given: unknown[]) => {
		lengths.push(given[0]);
		return Reflect.construct(of, given);
	};
	vi.stubGlobal('Array', new Proxy(Array, { construct }));
	try {
		const update = promising(2 ** 25);
		const asked = [{ is: 'write', device: 'any', update }] as const;
		const { answers } = work({ ...job, asked }, () => 0);
		expect(answers).toEqual([{ is: 'refused', why: 'malformed' }]);
	} finally {
		vi.unstubAllGlobals();
	}
	expect(lengths).not.toContain(2 ** 25);
});

function script(program: string): URL {
	return new URL(`data:text/javascript,${encodeURIComponent(program)}`);
}

/** A thread that is slow since it stands still, or since it works. */
function slowly(how: string): URL {
	return script(`import { parentPort } from 'node:worker_threads';
		parentPort.on('message', async () => { ${how}; parentPort.postMessage({ answers: [] }); });
		parentPort.postMessage('ready');`);
}

const job = { stored: [], writers: new Map(), asked: [], most: 1_000 };

test('a thread that cannot begin for want of memory answers all the same', async () => {
	const greedy = script('const held = []; for (;;) held.push(new Array(100_000).fill(held));');
	const bench = createDraftThread({ budgetMs: 200, heapMb: 16, script: greedy });
	expect(await Promise.all([bench.work(job), bench.work(job)])).toEqual(['too-heavy', 'too-heavy']);
	await bench.close();
});

test('time of the thread is what it works: on a machine that lets it wait nobody is refused', async () => {
	const outcomes = [];
	for (const how of [
		'await new Promise((done) => setTimeout(done, 600))',
		'const begun = Date.now(); while (Date.now() - begun < 20_000)'
	]) {
		const bench = createDraftThread({ budgetMs: 200, heapMb: 128, script: slowly(how) });
		outcomes.push(await bench.work(job));
		await bench.close();
	}
	expect(outcomes).toEqual([{ answers: [] }, 'too-heavy']);
});
