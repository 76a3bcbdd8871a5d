/** Rows in their database: the same from any batching, duplication and interleaving of ledgers. */
import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Row } from '#domain/family.ts';
import type { RecordId } from '#domain/ids.ts';
import { dropLedger, foldIntoRows } from '#lib/rows/fold-into-rows.ts';
import type { LedgerElement } from '#lib/rows/ledger-element.ts';
import { linesOf, openRowsDb, type RowsDb } from '#lib/rows/rows-db.ts';
import {
	accepted,
	COMMUNITY,
	demand,
	foundedWorld,
	HOUR,
	household,
	people,
	visit,
	type Said,
	type World
} from '../../support/tell.ts';

const DESK = `desk/${COMMUNITY}/2026Q4`;
const MEMBER = `member/${people.member}/${COMMUNITY}/2026Q4`;
let count = 0;
let opened: RowsDb[] = [];

function emptyRows(): RowsDb {
	count += 1;
	const db = openRowsDb(`fold-${count}`);
	opened.push(db);
	return db;
}

afterEach(async () => {
	for (const db of opened) await db.delete();
	opened = [];
});

/** Some weeks of work on four demands and two doors, legal and illegal, by several devices. */
function busyWorld(choices: readonly number[]): World {
	const world = foundedWorld();
	world.says(people.secretary, household('door-1'));
	world.says(people.secretary, household('door-2', people.secondMember));
	choices.forEach((choice, i) => {
		const target = `demand-${choice % 4}`;
		const sayings: Said[] = [
			demand(target),
			accepted(target),
			{ kind: 'demand.handled.v1', record: target, body: { outcome: 'solved', reply: '修好了' } },
			{ kind: 'demand.voided.v1', record: target, body: { reason: '登记错了' } },
			visit(`visit-${i}`, choice % 2 ? 'door-1' : 'door-2'),
			{
				kind: 'demand.corrected.v1',
				record: target,
				device: `tablet-${choice % 3}`,
				rev: Math.max(1, (choice % 5) - 1),
				body: { title: `改${choice}`, reason: '更正' }
			}
		];
		const said = sayings[choice % sayings.length];
		if (said) world.says(choice % 3 ? people.secretary : people.member, said);
		world.later(HOUR);
	});
	return world;
}

function elementsOf(world: World, ledger: string): readonly LedgerElement[] {
	return (world.ledgers.get(ledger) ?? []).map(({ head, entry }) => ({ is: 'entry', head, entry }));
}

async function heldRows(db: RowsDb): Promise<Map<RecordId, Row>> {
	return new Map((await db.rows.toArray()).map(({ record, row }) => [record, row]));
}

/** The oracle: what the judge of the stories folded, of the records these ledgers carry. */
function rowsIn(world: World, ledgers: readonly string[]): Map<RecordId, Row> {
	const carried = ledgers.flatMap((name) => world.ledgers.get(name) ?? []);
	const records = [...new Set(carried.map(({ head }) => head.record))].sort();
	return new Map(
		records.flatMap((record) => {
			const row = world.rows.get(record);
			return row ? [[record, row]] : [];
		})
	);
}

test('[F1] any batching, duplication and interleaving of ledgers gives the same rows', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.nat(200), { minLength: 5, maxLength: 30 }),
			fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 7 }), fc.nat(3)), { maxLength: 25 }),
			async (choices, steps) => {
				const world = busyWorld(choices);
				const names = [DESK, MEMBER, `desk/${COMMUNITY}/standing`, 'directory'];
				const db = emptyRows();
				const cursors = names.map(() => 0);
				for (const [pick, size, back] of steps) {
					const at = pick % names.length;
					const ledger = names[at] ?? DESK;
					// Some of what was folded comes again.
					const from = Math.max(0, (cursors[at] ?? 0) - back);
					const batch = elementsOf(world, ledger).slice(from, from + size);
					await foldIntoRows(db, ledger, batch);
					cursors[at] = Math.max(cursors[at] ?? 0, from + batch.length);
				}
				for (const [at, ledger] of names.entries())
					await foldIntoRows(db, ledger, elementsOf(world, ledger).slice(cursors[at] ?? 0));
				expect(await heldRows(db)).toEqual(rowsIn(world, names));
				const lines = (await db.rows.toArray()).flatMap(linesOf);
				expect(lines).toHaveLength(new Set(lines.map((line) => line.entry)).size);
				await db.delete();
			}
		),
		{ numRuns: 60 }
	);
});

test('[F2] each ledger keeps how far it is folded, and what was folded is not folded again', async () => {
	const world = busyWorld([0, 1, 4, 5, 4]);
	const db = emptyRows();
	const elements = elementsOf(world, DESK);
	expect(await foldIntoRows(db, DESK, elements.slice(0, 2))).not.toHaveLength(0);
	expect(await db.ledgers.get(DESK)).toMatchObject({ seq: 2 });
	expect(await foldIntoRows(db, DESK, elements.slice(0, 2))).toEqual([]);
	await foldIntoRows(db, DESK, elements);
	expect(await db.ledgers.get(DESK)).toMatchObject({ seq: elements.length });
	expect(await heldRows(db)).toEqual(rowsIn(world, [DESK]));
});

test('[F1] a fold that breaks in the middle leaves neither rows nor mark', async () => {
	const world = busyWorld([0, 1, 4]);
	const db = emptyRows();
	const broken = () => {
		throw new Error('the disk said no');
	};
	db.ledgers.hook('creating', broken);
	await expect(foldIntoRows(db, DESK, elementsOf(world, DESK))).rejects.toThrow();
	db.ledgers.hook('creating').unsubscribe(broken);
	expect(await db.rows.count()).toBe(0);
	expect(await db.ledgers.count()).toBe(0);
	await foldIntoRows(db, DESK, elementsOf(world, DESK));
	expect(await heldRows(db)).toEqual(rowsIn(world, [DESK]));
});

test('[D2] a ledger that left takes its rows along, except those another ledger carries', async () => {
	const world = busyWorld([0, 3, 6, 9, 4, 8, 10, 12, 16]);
	const db = emptyRows();
	for (const ledger of [DESK, MEMBER]) await foldIntoRows(db, ledger, elementsOf(world, ledger));
	expect((await heldRows(db)).size).toBeGreaterThan(rowsIn(world, [MEMBER]).size);
	await dropLedger(db, DESK);
	expect(await heldRows(db)).toEqual(rowsIn(world, [MEMBER]));
	await dropLedger(db, MEMBER);
	expect(await db.rows.count()).toBe(0);
	expect(await db.ledgers.count()).toBe(0);
	// Coming back is a full copy.
	await foldIntoRows(db, DESK, elementsOf(world, DESK));
	expect(await heldRows(db)).toEqual(rowsIn(world, [DESK]));
});

test('[E5] a record of unknown kinds has a history and no row, however often it comes', async () => {
	const world = busyWorld([0]);
	const [first] = elementsOf(world, DESK);
	if (first?.is !== 'entry' || first.entry === null) throw new Error('no element');
	const kind = 'wish.granted.v3';
	const strange: LedgerElement = {
		is: 'entry',
		head: { ...first.head, kind },
		entry: { ...first.entry, kind }
	};
	const db = emptyRows();
	await foldIntoRows(db, DESK, [strange]);
	await foldIntoRows(db, MEMBER, [strange]);
	expect(await db.rows.count()).toBe(0);
	expect(await db.strays.toArray()).toMatchObject([{ ledgers: [DESK, MEMBER] }]);
	expect(linesOf((await db.strays.toArray())[0])).toMatchObject([{ kind }]);
	await dropLedger(db, DESK);
	expect(await db.strays.count()).toBe(1);
	await dropLedger(db, MEMBER);
	expect(await db.strays.count()).toBe(0);
});
