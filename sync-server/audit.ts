/** `npm run audit`: re-walks what the store promises and names the first place where it does not hold (L2). */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { GoneHead } from '#domain/element.ts';
import type { Row } from '#domain/family.ts';
import type { RecordId } from '#domain/ids.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import { Receipt } from '#domain/wire.ts';
import { asCommand } from './command.ts';
import { readConfig } from './config.ts';
import { jsonOf } from './http/json.ts';
import { foldStored } from './judging/erase.ts';
import { isSignedBy } from './judging/signature.ts';
import type { Devices } from './judging/verify.ts';
import { KEY_FILE, openKeys, RELAY_DEVICE, type Keys } from './keys.ts';
import { genesis, openHead, sha256 } from './ledgers/chain.ts';
import { itemsPerElement } from './ledgers/ledger-document.ts';
import { refuseForeign } from './store/data-folder.ts';
import { openStoreOf } from './store/open.ts';
import { lacksTold, MARK_FILE } from './store/mark.ts';
import { createPeopleStore } from './store/people.ts';
import { STORE_FILE } from './store/sqlite.ts';
import { ledgerNames, type Sql, type SqlValue } from './store/store.ts';

/** What does not hold, where. */
export interface Flaw {
	readonly where: string;
	readonly what: string;
}

export interface Audit {
	readonly ledgers: number;
	readonly elements: number;
	readonly entries: number;
	readonly records: number;
	readonly flaws: readonly Flaw[];
}

/** Flaws reported before the walk gives up: the first one is what matters. */
const FLAWS = 20;

/** Inside one transaction: what is written meanwhile changes nothing of what is walked. */
export async function audit(sql: Sql, keys: Keys, devices: Devices): Promise<Audit> {
	const flaws: Flaw[] = [];
	const report = (where: string, what: string) => {
		if (flaws.length < FLAWS) flaws.push({ where, what });
	};
	const { facts, ...walked } = await walkLedgers(sql, keys, report);
	const entries = await walkEntries(sql, keys, devices, report);
	const records = await walkRecords(sql, { keys, facts }, report);
	return { ...walked, entries, records, flaws };
}

type Report = (where: string, what: string) => void;

interface LedgerRow {
	readonly num: number;
	readonly name: LedgerName;
	readonly seq: number;
	readonly chain: string;
	readonly clock: number;
}

/** Every head is chained to the one before and tagged by this relay; no seq is missing. */
async function walkLedgers(
	sql: Sql,
	keys: Keys,
	report: Report
): Promise<{ ledgers: number; elements: number; facts: Facts }> {
	const facts = new Map<string, LastFact>();
	const ledgers = await sql.all<LedgerRow>('SELECT * FROM ledger ORDER BY name');
	let elements = 0;
	for (const { num, name, seq: last, chain: tip, clock } of ledgers) {
		let chain = genesis(name);
		let seq = 0;
		let lastKey = 0;
		const texts = createTextsWalk();
		for await (const row of pages<HeadRow>(sql, HEADS, ({ seq: at }) => at, num)) {
			seq += 1;
			elements += 1;
			const where = `${name} seq ${seq}`;
			if (row.seq !== seq) {
				report(where, `the element is missing; the next one is ${row.seq}`);
				seq = row.seq;
			}
			const head = openHead(row.head);
			if (head === null || sha256(chain + head.body) !== head.chain) {
				report(where, 'the head is not chained to the one before');
				break;
			}
			const taggedBy = keys.taggedBy(head.chain, head.tag);
			if (taggedBy === -1) report(where, 'the tag is not of this relay');
			else if (taggedBy < lastKey) report(where, 'the tag is of a key that was given up before');
			lastKey = Math.max(lastKey, taggedBy);
			chain = head.chain;
			if (!row.head.startsWith(`{"seq":${seq},"n":${row.n},`))
				report(where, 'the head says another seq or n than its row');
			if (!row.head.includes(`,"record":${JSON.stringify(row.record)},`))
				report(where, 'the head says another record than its row');
			if (row.hash !== null && !row.head.includes(`"textHash":"${row.hash}"`))
				report(where, 'the head is of another text than its entry');
			for (const what of texts.meet(row)) report(where, what);
			if (row.head.includes(',"kind":"fact",') && row.n >= (facts.get(row.record)?.n ?? 0))
				facts.set(row.record, { n: row.n, hash: sha256(factIn(row.head)) });
		}
		for (const [at, what] of texts.end()) report(`${name} seq ${at}`, what);
		if (seq !== last || chain !== tip) report(name, `it ends at ${seq}, its head says ${last}`);
		if (clock !== last * itemsPerElement(name)) report(name, `its clock is ${clock}`);
	}
	return { ledgers: ledgers.length, elements, facts };
}

/** [A3] The last fact under each pseudonym. */
type Facts = ReadonlyMap<string, LastFact>;

interface LastFact {
	readonly n: number;
	readonly hash: string;
}

function factIn(head: string): string {
	return head.slice(head.indexOf(',"fact":') + ',"fact":'.length, head.lastIndexOf(',"chain":'));
}

const HEADS = `SELECT e.seq, e.n, e.record, t.num AS entry, t.hash, e.head,
	CASE WHEN t.text IS NULL THEN 0 ELSE 1 END AS has_text
	FROM element e LEFT JOIN entry t ON t.num = e.entry
	WHERE e.ledger = ? AND e.seq > ? ORDER BY e.seq LIMIT 1000`;
const ENTRIES = `SELECT num, id, hash, text, sig, device, receipt FROM entry
	WHERE num > ? ORDER BY num LIMIT 1000`;
const RECORDS = `SELECT id, n, row, ledgers, family, org, subject, period, fact, fact_n FROM record WHERE id > ? ORDER BY id LIMIT 1000`;

/** Rows a page at a time; the statement's last value is where the last page ended. */
async function* pages<T>(
	sql: Sql,
	statement: string,
	endOf: (row: T) => SqlValue,
	...values: SqlValue[]
): AsyncGenerator<T> {
	let after: SqlValue = statement === RECORDS ? '' : -1;
	for (;;) {
		const rows = await sql.all<T>(statement, ...values, after);
		yield* rows;
		const last = rows.at(-1);
		if (last === undefined) return;
		after = endOf(last);
	}
}

type EntryRow = Readonly<{
	num: number;
	id: string;
	hash: string;
	text: string | null;
	sig: string | null;
	device: string;
	receipt: string;
}>;
type RecordRow = Readonly<{
	id: RecordId;
	n: number;
	row: string;
	ledgers: string;
	family: string;
	org: string;
	subject: string | null;
	period: string;
	fact: string | null;
	fact_n: number;
}>;
type HeadRow = Readonly<{
	seq: number;
	n: number;
	record: string;
	entry: number | null;
	hash: string | null;
	head: string;
	has_text: 0 | 1;
}>;

/**
 * [A1, A4, A5] Along one ledger: a record's elements follow one another from its first; once it has left, none
 * of its texts is there, and of one that has not left none is missing but those that were erased.
 */
function createTextsWalk(): {
	meet(row: HeadRow): readonly string[];
	end(): readonly (readonly [number, string])[];
} {
	/** Of the records that are here: the last ordinal, and the seqs of their elements by it. */
	const here = new Map<string, { n: number; seqs: number[] }>();
	const hasText = new Map<number, boolean>();
	const gone = new Set<number>();

	function leave({ n, record, head }: HeadRow): readonly string[] {
		const said = GoneHead.safeParse(jsonOf(head));
		const before = here.get(record);
		here.delete(record);
		if (!said.success) return ['the head cannot be read'];
		for (const seq of said.data.texts) gone.add(seq);
		const isWhole = said.data.texts.join() === before?.seqs.join() && n >= before.n;
		return isWhole ? [] : ['what it took away is not what was there'];
	}

	/** [A4] The texts of one record, and of no other. */
	function erase({ record, head }: HeadRow): readonly string[] {
		const said = GoneHead.safeParse(jsonOf(head));
		if (!said.success) return ['the head cannot be read'];
		for (const seq of said.data.texts) gone.add(seq);
		const isOwn = said.data.texts.every((seq) => here.get(record)?.seqs.includes(seq));
		return isOwn ? [] : ['what it took away is not of its record'];
	}

	return {
		meet(row) {
			if (row.entry === null && row.head.includes(',"kind":"left",')) return leave(row);
			if (row.entry === null && row.head.includes(',"kind":"erased",')) return erase(row);
			const told = here.get(row.record) ?? { n: 0, seqs: [] };
			const { n } = told;
			told.n = row.n;
			told.seqs.push(row.seq);
			here.set(row.record, told);
			if (!row.head.includes(',"kind":"fact",')) hasText.set(row.seq, row.has_text === 1);
			return row.n === n + 1 ? [] : [`n ${row.n} of a record follows ${n}`];
		},
		end: () =>
			[...hasText].flatMap(([seq, has]) => {
				if (has !== gone.has(seq)) return [];
				return [[seq, has ? 'its text should be gone' : 'its text is missing']];
			})
	};
}

/** Every text is what was signed; every receipt points at elements that hold it. */
async function walkEntries(
	sql: Sql,
	keys: Keys,
	devices: Devices,
	report: Report
): Promise<number> {
	const publicKeys = new Map<string, readonly KeyObject[]>([
		[RELAY_DEVICE, [keys.setUp.publicKey, ...keys.former.publicKeys]]
	]);
	const keysOf = async (device: string) => {
		let found = publicKeys.get(device);
		if (found === undefined) {
			const known = await devices.deviceOf(device);
			found = known ? [createPublicKey({ key: known.publicKey, format: 'jwk' })] : [];
			publicKeys.set(device, found);
		}
		return found;
	};
	const placed = `SELECT e.head FROM element e JOIN ledger l ON l.num = e.ledger
		WHERE l.name = ? AND e.seq = ? AND (e.entry = ? OR e.entry IS NULL)`;
	const heard = 'SELECT seq FROM element WHERE entry = ? LIMIT 1';
	let count = 0;
	for await (const row of pages<EntryRow>(sql, ENTRIES, ({ num }) => num)) {
		count += 1;
		const where = `entry ${row.id}`;
		const receipt = Receipt.safeParse(jsonOf(row.receipt));
		if (!receipt.success || receipt.data.id !== row.id) {
			report(where, 'the receipt is not one');
			continue;
		}
		if (row.text === null || row.sig === null) {
			// One that was erased is looked for in the ledgers; a refusal never had one.
			const isErased =
				row.text === null && row.sig === null && (await sql.first(heard, row.num)) !== null;
			if (receipt.data.verdict !== 'refused' && !isErased) report(where, 'the text is missing');
			continue;
		}
		if (sha256(row.text) !== row.hash) report(where, 'the text is not the one that was hashed');
		const own = await keysOf(row.device);
		const { text, sig } = row;
		if (own.length === 0) report(where, 'its device is not enrolled here');
		else if (!own.some((key) => isSignedBy(key, { text, sig })))
			report(where, 'the signature does not fit');
		for (const { ledger, seq } of receipt.data.places) {
			if (ledger.startsWith('facts/')) continue;
			const there = await sql.first<{ head: string }>(placed, ledger, seq, row.num);
			const isThere = there?.head.includes(`"textHash":"${row.hash}"`) ?? false;
			if (!isThere) report(where, `it is not at ${ledger} seq ${seq}`);
		}
	}
	return count;
}

/** [F1] Every row is the fold of its record's elements. */
async function walkRecords(
	sql: Sql,
	{ keys, facts }: { readonly keys: Keys; readonly facts: Facts },
	report: Report
): Promise<number> {
	const standing = `SELECT l.name, count(*) AS texts FROM element e JOIN ledger l ON l.num = e.ledger
		WHERE e.record = ? AND e.entry IS NOT NULL GROUP BY l.num, l.name`;
	let count = 0;
	const records = pages<RecordRow>(sql, RECORDS, ({ id }) => id);
	for await (const each of records) {
		const { id, n, row, ledgers } = each;
		const there = await sql.all<{ name: LedgerName; texts: number }>(standing, id);
		const isWhole = there.every(({ texts }) => texts === n);
		const names = there.map(({ name }) => name).sort();
		if (!isWhole || names.join() !== [...ledgerNames(ledgers)].sort().join())
			report(`record ${id}`, 'it is not whole in the ledgers of its readers');
		count += 1;
		if (!isSameJson(await foldedJson(sql, id), row))
			report(`record ${id}`, 'its row is not its fold');
		if (!(await isFiledByRow(sql, each)))
			report(`record ${id}`, 'its columns are not those of its row');
		if (!isLastFact(facts.get(keys.pseudonym(id)), each))
			report(`record ${id}`, 'its fact is not the last that was told');
	}
	return count;
}

/** What it is looked up by. Where a text was erased, an organisation or a person of before may stand there still. */
async function isFiledByRow(sql: Sql, record: RecordRow): Promise<boolean> {
	// Written by the placing, and found to be its fold.
	const row = JSON.parse(record.row) as Row | null;
	if (row === null) return true;
	if (row.family !== record.family || row.period !== record.period) return false;
	const person = familyNamed(row.family)?.indexes(row).person ?? null;
	if (row.org === record.org && person === record.subject) return true;
	const erased = `SELECT 1 FROM element e JOIN entry t ON t.num = e.entry
		WHERE e.record = ? AND t.text IS NULL LIMIT 1`;
	return (await sql.first(erased, record.id)) !== null;
}

function isLastFact(told: LastFact | undefined, { fact, fact_n: n }: RecordRow): boolean {
	if (told === undefined || fact === null) return told === undefined && fact === null && n === 0;
	return told.n === n && told.hash === sha256(fact);
}

/** Null where an element cannot be read. */
async function foldedJson(sql: Sql, record: RecordId): Promise<string | null> {
	try {
		return JSON.stringify(await foldStored(sql, record));
	} catch {
		// The head of an element is not one: the walk of its ledger names it.
		return null;
	}
}

/** A field that was taken out of a row and came back stands in another place than in one fold of all texts. */
function isSameJson(one: string | null, other: string): boolean {
	if (one === null) return false;
	return one === other || isDeepStrictEqual(jsonOf(one), jsonOf(other));
}

/** Exit code 0: everything holds; 1: something does not; 2: there is nothing to audit. */
async function main(): Promise<number> {
	const config = readConfig(process.env);
	const { dataDir } = config;
	refuseForeign(dataDir, 'audit');
	const needed = config.databaseUrl === undefined ? [STORE_FILE, KEY_FILE] : [KEY_FILE];
	const missing = needed.find((file) => !existsSync(join(dataDir, file)));
	if (missing !== undefined) {
		console.error(`audit: there is no ${missing} in ${resolve(dataDir)}`);
		return 2;
	}
	const keys = openKeys(dataDir);
	const store = await openStoreOf(config, keys);
	const { flaws: found, ...counts } = await store.snapshot((stored) =>
		audit(stored, keys, createPeopleStore(stored))
	);
	const flaws = (await lacksTold(dataDir, store))
		? [{ where: MARK_FILE, what: 'the store lacks what it last told' }, ...found]
		: found;
	await store.close();
	for (const { where, what } of flaws) console.error(`${where}: ${what}`);
	console.log(JSON.stringify({ ...counts, flaws: flaws.length }));
	return flaws.length === 0 ? 0 : 1;
}

await asCommand(import.meta.url, async () => {
	process.exitCode = await main();
});
