/**
 * Devices of several roles at honest work, with partitions, restarts and phones that come and go. At rest every
 * reader of a ledger has the same rows and the same bytes, figures from facts are those of the records, and no
 * device holds what is out of its scope. The seed is in the failure: LXQ_SEED=<seed> LXQ_WALKS=1 walks it again.
 */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { IndexeddbPersistence } from 'y-indexeddb';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addDays, dayOf } from '#domain/calendar.ts';
import { FactHead } from '#domain/element.ts';
import type { Row } from '#domain/family.ts';
import { figures, type Counted } from '#domain/figures.ts';
import type { PersonId } from '#domain/ids.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import { isReadable, type LedgerName } from '#domain/ledgers.ts';
import { createChance } from '#relay/demo/random.ts';
import { encodeUpdate } from '#relay/ledgers/ledger-document.ts';
import { STORE_FILE } from '#relay/store/sqlite.ts';
import type { StoredElement } from '#relay/store/store.ts';
import { flawsOf } from '../support/audits.ts';
import { textsAmong } from '../support/raw-databases.ts';
import type { RunningRelay } from '../support/relay.ts';
import { makePhone, until, type Phone } from '../unit/app/phone.ts';
import { walkDrafts } from './walk-drafts.ts';
import { PATIENCE_MS, startWalk, type Walk } from './walk.ts';

/** Walks in one run, from a seed on; a night may take two thousand. */
const WALKS = Number(process.env.LXQ_WALKS ?? 100);
const FROM = Number(process.env.LXQ_SEED ?? 0);
const STEPS = 10;
/** Of so many walks one ends with a device that comes afresh. */
const AFRESH = 4;

test(
	`[F1, L1, A2, A3, A5] ${WALKS} walks from seed ${FROM} come to rest with all readers of one mind`,
	async () => {
		for (let seed = FROM; seed < FROM + WALKS; seed++)
			await walkTo(seed).catch((cause: unknown) => {
				throw new Error(`the walk of seed ${seed}`, { cause });
			});
	},
	60_000 + WALKS * 10_000
);

async function walkTo(seed: number): Promise<void> {
	const walk = await startWalk(createChance(`walk/${seed}`));
	try {
		const drafts = walkDrafts(walk, createChance(`drafts/${seed}`));
		for (let i = 0; i < STEPS; i++) {
			await drafts.step();
			await walk.step();
		}
		await walk.rest();
		await comesToRest(walk, { withOneAfresh: seed % AFRESH === 0 });
		await drafts.hold();
	} finally {
		await walk.end();
	}
}

async function comesToRest(
	walk: Walk,
	{ withOneAfresh }: { readonly withOneAfresh: boolean }
): Promise<void> {
	const { relay } = walk.district;
	const phones = walk.handsets.map(({ phone }) => phone);
	const afresh = withOneAfresh ? [await joinAfresh(walk)] : [];
	const told = readStore(relay.dataDir);
	try {
		for (const phone of [...phones, ...afresh]) await holdsItsScope(phone, told, walk);
		for (const follower of walk.followers)
			for (const [ledger, doc] of await follower.catchUp(relay.url))
				expect(bytesOf(doc), `the document of ${ledger}`).toEqual(told.document(ledger));
		for (const org of walk.orgs) await countsAlike(org, told, walk);
		expect(await flawsOf(relay)).toEqual([]);
	} finally {
		told.close();
		for (const phone of afresh) await phone.close();
	}
}

/** Another device of one of them, which knows nothing of what went before. */
async function joinAfresh({ handsets, district }: Walk): Promise<Phone> {
	const [like] = handsets;
	if (like === undefined) throw new Error('convergence: nobody walks');
	const { role, org } = like.phone.speaker.actorIn(like.phone.speaker.org);
	const { relay } = district;
	const phone = await makePhone({ relay, person: like.phone.person, role, org });
	phone.syncs(relay);
	return phone;
}

/** Its rows, its documents and every byte of its databases are what its ledgers hold, and no more. */
async function holdsItsScope(phone: Phone, told: Told, { district, names }: Walk): Promise<void> {
	const { relay } = district;
	const ledgers = told.ledgersOf(relay, phone.person);
	const expected = told.rowsIn(ledgers).map(written);
	await until(
		async () => {
			const held = await phone.rows.rows.toArray();
			return differing(
				expected,
				held.map(({ row }) => written(row))
			);
		},
		(rows) => rows.length === 0,
		PATIENCE_MS
	);
	for (const ledger of ledgers)
		await until(
			() => storedDocument(`${phone.prefix}-${ledger}@${relay.store.epoch}`),
			(bytes) => Buffer.from(bytes).equals(told.document(ledger)),
			PATIENCE_MS
		);
	// What was refused stays with whoever said it.
	const own = JSON.stringify(await phone.device.attention.toArray());
	const texts = told.textsIn(ledgers) + own;
	const foreign = names.filter((name) => !texts.includes(name));
	await until(
		() => textsAmong(phone.prefix, foreign),
		(found) => found.length === 0,
		PATIENCE_MS
	);
}

/** A row with its fields in one order: what was taken out and came back stands elsewhere in the relay's JSON. */
function written(row: Row): string {
	return JSON.stringify(row, (_key, value: unknown) => {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
		return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
	});
}

function differing(these: readonly string[], those: readonly string[]): readonly string[] {
	const [left, right] = [new Set(these), new Set(those)];
	return [
		...these.filter((each) => !right.has(each)).map((each) => `missing ${each}`),
		...those.filter((each) => !left.has(each)).map((each) => `too much ${each}`)
	];
}

async function storedDocument(name: string): Promise<Uint8Array> {
	const doc = new Y.Doc();
	const stored = new IndexeddbPersistence(name, doc);
	await stored.whenSynced;
	const bytes = bytesOf(doc);
	await stored.destroy();
	doc.destroy();
	return bytes;
}

function bytesOf(doc: Y.Doc): Buffer {
	return Buffer.from(Y.encodeStateAsUpdate(doc));
}

/** [A3] The same figures upstairs, from facts, as at the desk, from its records. */
async function countsAlike(org: string, told: Told, { district, handsets }: Walk): Promise<void> {
	const { keys, now } = district.relay;
	const today = dayOf(now());
	const span = { from: addDays(today, -400), to: addDays(today, 1) };
	const moment = now();
	const rows = told.rowsOf(org);
	const counted = rows.flatMap(({ record, row }): Counted[] => {
		const fact = row && familyNamed(row.family)?.fact?.(row);
		return fact ? [{ record, fact }] : [];
	});
	// Of what was erased the last fact stays: it is about no person.
	const erased = new Set(rows.flatMap(({ row, record }) => (row ? [] : [keys.pseudonym(record)])));
	const isKept = ({ record }: Counted) => !erased.has(record);
	const expected = figures(counted, span, moment);
	expect(figures(told.factsOf(org).filter(isKept), span, moment)).toEqual(expected);
	for (const { phone } of handsets) {
		const reads = told.ledgersOf(district.relay, phone.person);
		if (!reads.some((ledger) => ledger.startsWith(`facts/${org}/`))) continue;
		const facts = await phone.rows.facts.where('org').equals(org).toArray();
		expect(figures(facts.filter(isKept), span, moment)).toEqual(expected);
	}
}

/** What the store of a relay holds, read past the relay. */
interface Told {
	ledgersOf(relay: RunningRelay, person: PersonId): readonly LedgerName[];
	/** Rows of the records that any of these ledgers carries, by record. */
	rowsIn(ledgers: readonly LedgerName[]): readonly Row[];
	rowsOf(org: string): readonly { readonly record: string; readonly row: Row | null }[];
	textsIn(ledgers: readonly LedgerName[]): string;
	factsOf(org: string): readonly Counted[];
	/** [L1] The document as its rows alone make it. */
	document(ledger: LedgerName): Buffer;
	close(): void;
}

function readStore(dataDir: string): Told {
	const db = new DatabaseSync(join(dataDir, STORE_FILE), { readOnly: true });
	const all = (sql: string, ...values: string[]) => db.prepare(sql).all(...values);
	const elements = (ledger: LedgerName): StoredElement[] =>
		// The columns that are named here.
		all(
			`SELECT e.seq, e.head, t.text, t.sig FROM element e JOIN ledger l ON l.num = e.ledger
			LEFT JOIN entry t ON t.num = e.entry WHERE l.name = ? ORDER BY e.seq`,
			ledger
		) as unknown as StoredElement[];
	const rows = () =>
		all(`SELECT id, org, row, ledgers FROM record`).map(({ id, org, row, ledgers }) => ({
			record: String(id),
			org: String(org),
			row: JSON.parse(String(row)) as Row | null,
			ledgers: JSON.parse(String(ledgers)) as LedgerName[]
		}));
	return {
		ledgersOf(relay, person) {
			const { prefixes } = relay.directory.reading(person, relay.now());
			const names = all('SELECT name FROM ledger ORDER BY name').map(({ name }) => String(name));
			return names.filter((name) => isReadable(prefixes, name));
		},
		rowsIn(ledgers) {
			const theirs = rows().filter((each) => each.ledgers.some((name) => ledgers.includes(name)));
			return theirs.flatMap(({ row }) => row ?? []);
		},
		rowsOf: (org) => rows().filter((each) => each.org === org),
		textsIn: (ledgers) =>
			ledgers.flatMap((ledger) => elements(ledger).map(({ text }) => text)).join(),
		factsOf(org) {
			const names = all('SELECT name FROM ledger WHERE name LIKE ?', `facts/${org}/%`);
			return names.flatMap(({ name }) =>
				elements(String(name)).map(({ head }) => FactHead.parse(JSON.parse(head)))
			);
		},
		document(ledger) {
			const doc = new Y.Doc();
			Y.applyUpdate(doc, encodeUpdate(elements(ledger), 0, Infinity).update);
			const bytes = bytesOf(doc);
			doc.destroy();
			return bytes;
		},
		close: () => db.close()
	};
}
