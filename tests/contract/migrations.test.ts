/** A store that an older relay wrote is led forward with what it holds; one that a newer relay wrote is left alone. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPostgres } from '#relay/store/postgres.ts';
import { MEDIA_BYTES_KEY, migrations } from '#relay/store/schema.ts';
import { openStore } from '#relay/store/sqlite.ts';
import type { Store } from '#relay/store/store.ts';
import { BARE, databaseOf } from '../support/database.ts';
import { temporaryFolder } from '../support/relay.ts';

/** What a relay of some later day may bring: a table, and a column of an old one. */
const next = `
CREATE TABLE later_day (id TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
ALTER TABLE device ADD COLUMN colour TEXT;
`;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => folder.remove());

async function open(steps: readonly string[]): Promise<Store> {
	const { databaseUrl } = await databaseOf(folder.path, { from: BARE });
	return databaseUrl === undefined
		? openStore(folder.path, steps)
		: openPostgres(databaseUrl, { steps });
}

/** An entry at two places and a fact, which has none: in every version the same columns. */
async function fill(store: Store): Promise<void> {
	for (const num of [1, 2])
		await store.run(
			'INSERT INTO ledger VALUES (?, ?, 2, ?, 4)',
			num,
			`desk/${num}`,
			`chain-${num}`
		);
	await store.run(
		'INSERT INTO entry VALUES (1, ?, ?, ?, ?, ?, 1900000000000, ?)',
		...['entry-1', 'hash', '{"said":"灯不亮"}', 'sig', 'device', '{}']
	);
	for (const [ledger, seq, entry] of [
		[2, 1, 1],
		[1, 1, 1],
		[1, 2, null]
	] as const)
		await store.run(
			'INSERT INTO element (ledger, seq, n, record, entry, head) VALUES (?, ?, 1, ?, ?, ?)',
			...[ledger, seq, 'record-1', entry, `{"seq":${seq},"of":${ledger}}`]
		);
}

async function held(store: Store): Promise<readonly unknown[]> {
	const elements = 'SELECT ledger, seq, n, record, entry, head FROM element ORDER BY ledger, seq';
	return [
		await store.all('SELECT * FROM ledger ORDER BY num'),
		await store.all('SELECT * FROM entry ORDER BY num'),
		await store.all(elements)
	];
}

test('every older version is led forward, step by step, and keeps what it holds', async () => {
	const steps = [...migrations, next];
	for (let version = 1; version < steps.length; version++) {
		const old = await open(steps.slice(0, version));
		await old.setMeta('realm', 'kept');
		await fill(old);
		const before = await held(old);
		const { epoch } = old;
		await old.close();
		const led = await open(steps);
		expect([led.epoch, await led.meta('realm')]).toEqual([epoch, 'kept']);
		expect(await held(led)).toEqual(before);
		await led.run('INSERT INTO later_day VALUES (?, ?)', 'one', 1_900_000_000_000);
		expect(await led.all('SELECT id, n FROM later_day')).toEqual([
			{ id: 'one', n: 1_900_000_000_000 }
		]);
		expect(await led.all('SELECT colour FROM device')).toEqual([]);
		await led.close();
		await expect(open(steps.slice(0, version))).rejects.toThrow(/written by a newer relay/);
		folder.remove();
		folder = temporaryFolder();
	}
});

test('[R6, R4] of an older store official numbers are found as such, and its photos are counted', async () => {
	const old = await open(migrations.slice(0, 1));
	const insert = `INSERT INTO record (id, family, org, n, period, row, ledgers, fact_n)
		VALUES (?, ?, 'org-1', 1, '2026', ?, '[]', 0)`;
	for (const [record, family, row] of [
		['demand-1', 'demand', '{"no":"SQ-0001"}'],
		['demand-2', 'demand', '{"state":"raised"}'],
		['demand-3', 'demand', 'null'],
		['visit-1', 'visit', '{"no":"ZF-0001"}'],
		['grid-1', 'grid', '{"no":"01"}']
	] as const)
		await old.run(insert, record, family, row);
	for (const name of ['a', 'b'])
		await old.run(`INSERT INTO media VALUES (?, 'image/jpeg', 3000, 0)`, name);
	await old.close();
	const led = await open(migrations);
	expect(await led.first('SELECT n FROM counter WHERE key = ?', MEDIA_BYTES_KEY)).toEqual({
		n: 6_000
	});
	expect(await led.all('SELECT family, org, no FROM official_number ORDER BY no')).toEqual([
		{ family: 'demand', org: 'org-1', no: 'SQ-0001' },
		{ family: 'visit', org: 'org-1', no: 'ZF-0001' }
	]);
	await led.close();
});

test('a step that fails leaves the store as it was', async () => {
	await (await open(migrations)).close();
	await expect(open([...migrations, `${next} CREATE TABLE device (id TEXT);`])).rejects.toThrow();
	const again = await open([...migrations, next]);
	expect(await again.all('SELECT id FROM later_day')).toEqual([]);
	await again.close();
});

test(
	'a step takes as long as it takes, and whoever begins meanwhile waits for it',
	{ timeout: 60_000 },
	async () => {
		await (await open(migrations)).close();
		// Longer than anything that a device waits for may take; the file has nothing to wait for.
		const steps = [...migrations, `-- postgres: SELECT pg_sleep(12);\n${next}`];
		const both = await Promise.all([open(steps), open(steps)]);
		for (const store of both) {
			expect(await store.all('SELECT id FROM later_day')).toEqual([]);
			await store.close();
		}
	}
);
