/** [R4] Who opens and then takes nothing: what is held for them at each place that speaks to them, and that they get all. */
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import type * as Y from 'yjs';
import { quarterOf } from '#domain/calendar.ts';
import { deskLedger, STANDING } from '#domain/ledgers.ts';
import { startDistrict, type District } from '../support/district.ts';
import { writeDraft } from '../support/draft-writer.ts';
import { connect, until, type Reader } from '../support/reader.ts';
import { accepted, COMMUNITY, demand, household } from '../support/tell.ts';

const WAITING = 300_000;
/** In each group alone, far less than may wait. */
const LONG = '长'.repeat(9_000);

interface Slow {
	readonly reader: Reader;
	readonly doc: Y.Doc;
	/** One group more, of one entry. */
	says(): Promise<void>;
	/** Bytes held for all who are there. */
	held(): number;
}

/** Somebody who opened a ledger, and takes no more of it than a machine takes for them. */
async function within(run: (slow: Slow, district: District) => Promise<void>): Promise<void> {
	const district = await startDistrict({ limits: { waitingBytes: WAITING } });
	try {
		const { relay, devices } = district;
		const { secretary, worker } = devices;
		const reader = await connect(relay.url, secretary.cookie);
		const doc = await reader.open(
			`${deskLedger(COMMUNITY, quarterOf(relay.now()))}@${relay.store.epoch}`
		);
		const says = async () => {
			await worker.says(relay.url, demand(v7(), { channel: 'phone', description: LONG }));
		};
		const held = () => relay.sync.counts.bytesWaiting;
		reader.ws.pause();
		while (held() < WAITING / 2) await says();
		await run({ reader, doc, says, held }, district);
		reader.close();
	} finally {
		await district.end();
	}
}

test('[R4] of a ledger that goes on no more waits than the bound, and all of it comes in the end', async () => {
	await within(async ({ reader, doc, says, held }, { relay }) => {
		for (let i = 0; i < 20; i++) {
			await says();
			expect(held()).toBeLessThan(WAITING + 1_000);
		}
		reader.ws.resume();
		const written = await relay.store.all("SELECT 1 FROM element WHERE ledger LIKE 'desk/%Q%'");
		await until(() => doc.getArray('elements').length === 2 * written.length);
	});
}, 120_000);

test('[R4] of what moved meanwhile it is told once, when there is room', async () => {
	await within(async ({ reader, says }, { relay, devices: { secretary } }) => {
		await says();
		const desk = deskLedger(COMMUNITY, STANDING);
		for (let i = 0; i < 5; i++) {
			await secretary.says(relay.url, household(v7()));
			// Longer than notices are gathered.
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		const last = await relay.store.ledgerHead(desk);
		reader.ws.resume();
		const told = () => reader.told.flatMap(({ moved }) => Object.entries(moved ?? {}));
		const seqs = () => told().flatMap(([name, { seq }]) => (name === desk ? [seq] : []));
		await until(() => seqs().includes(last?.seq));
		expect(seqs()).toEqual([last?.seq]);
	});
}, 120_000);

test('[R4] of a shared draft nothing waits for who holds too much, and the whole comes with the room', async () => {
	await within(async ({ reader, held }, district) => {
		const { relay, devices } = district;
		const asked = v7();
		const draft = `reply-${asked}`;
		const opened = { kind: 'draft.opened.v1', record: draft, body: { of: asked } };
		await devices.secretary.says(relay.url, demand(asked), accepted(asked), opened);
		const seen = reader.open(`shared/${draft}@${relay.store.epoch}`);
		await until(() => relay.drafts.counts.open === 1);
		const writer = await writeDraft({ url: relay.url, store: relay.store }, devices.worker, draft);
		for (let i = 0; i < 6; i++) writer.text.insert(0, 'x'.repeat(30_000));
		await writer.settled();
		expect(held()).toBeLessThan(WAITING + 1_000);
		reader.ws.resume();
		const doc = await seen;
		await until(() => doc.getText('text').length === 180_000);
		writer.end();
	});
}, 120_000);
