/** [R4] The bounds of shared drafts that no attack reaches by itself; set small here, as a clerk would by LIMIT_…. */
import * as encoding from 'lib0/encoding';
import { v7 } from 'uuid';
import { expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { createDraftBench } from '../../sync-server/draft-bench.ts';
import { work } from '../../sync-server/draft-job.ts';
import type { Limits } from '../../sync-server/limits.ts';
import { startDistrict, type District } from '../support/district.ts';
import { writeDraft } from '../support/draft-writer.ts';
import { connect, until } from '../support/reader.ts';
import { accepted, demand } from '../support/tell.ts';

async function within(
	limits: Partial<Limits>,
	run: (district: District) => Promise<void>
): Promise<void> {
	const district = await startDistrict({ limits });
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

test('a thread that cannot begin for want of memory answers all the same', async () => {
	await within({ draftHeapMib: 8 }, async (district) => {
		const { relay, devices } = district;
		const channel = `shared/${await openDraft(district)}@${relay.store.epoch}`;
		const reader = await connect(relay.url, devices.secretary.cookie);
		void reader.open(channel);
		await until(() => reader.framesOn(channel).length > 0);
		expect(relay.drafts.counts.broken).toBe(1);
		reader.close();
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
		const job = { stored: [], writers: new Map(), most: 1_000, compact: false };
		const { answers } = work({ ...job, asked: [{ is: 'write', device: 'any', update }] });
		expect(answers).toEqual([{ is: 'refused', why: 'malformed' }]);
	} finally {
		vi.unstubAllGlobals();
	}
	expect(lengths).not.toContain(2 ** 25);
});

/** A thread that is slow since it stands still, or since it works. */
function slowly(how: string): URL {
	const program = `import { parentPort } from 'node:worker_threads';
		parentPort.on('message', async () => { ${how}; parentPort.postMessage({ answers: [] }); });
		parentPort.postMessage('ready');`;
	return new URL(`data:text/javascript,${encodeURIComponent(program)}`);
}

test('time of the thread is what it works: on a machine that lets it wait nobody is refused', async () => {
	const job = { stored: [], writers: new Map(), asked: [], most: 1_000, compact: false };
	const outcomes = [];
	for (const how of [
		'await new Promise((done) => setTimeout(done, 600))',
		'const begun = Date.now(); while (Date.now() - begun < 20_000)'
	]) {
		const bench = createDraftBench({ budgetMs: 200, heapMb: 128, script: slowly(how) });
		outcomes.push(await bench.work(job));
		await bench.close();
	}
	expect(outcomes).toEqual([{ answers: [] }, 'too-heavy']);
});
