/** Folds: rows are a pure function of elements in order of `n`, whatever way they arrive. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { figures } from '#domain/figures.ts';
import { fold, foldPending } from '#domain/fold.ts';
import type { Row } from '#domain/family.ts';
import type { RecordId } from '#domain/ids.ts';
import { families } from '#domain/kinds/index.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import {
	accepted,
	COMMUNITY,
	DAY,
	demand,
	foundedWorld,
	HOUR,
	household,
	MORNING,
	people,
	visit,
	type Element,
	type Said
} from '../../support/tell.ts';

/** A quarter of mixed work, legal and illegal, by two desks' worth of devices. */
function busyWorld(choices: readonly number[]) {
	const world = foundedWorld();
	world.says(people.secretary, household('door-1'));
	world.says(people.secretary, household('door-2', people.secondMember));
	choices.forEach((choice, i) => {
		const target = `demand-${choice % 4}`;
		const sayings: Said[] = [
			demand(target),
			accepted(target),
			{
				kind: 'demand.handled.v1',
				record: target,
				body: { outcome: 'solved', reply: '修好了' }
			},
			{ kind: 'demand.voided.v1', record: target, body: { reason: '登记错了' } },
			visit(`visit-${i}`, choice % 2 ? 'door-1' : 'door-2'),
			{
				kind: 'demand.corrected.v1',
				record: target,
				device: `tablet-${choice % 3}`,
				rev: Math.max(1, (choice % 5) - 1),
				body: { title: `改${choice}`, reason: '更正' }
			},
			{ kind: 'demand.merged.v1', record: target, body: { into: 'demand-0' } }
		];
		const said = sayings[choice % sayings.length];
		if (said) world.says(choice % 3 ? people.secretary : people.member, said);
		world.later(HOUR);
	});
	return world;
}

/** Folds elements as they come, several ledgers interleaved, into rows by record. */
function rowsOf(elements: readonly Element[]): Map<RecordId, Row> {
	const rows = new Map<RecordId, Row>();
	for (const { head, entry } of elements) {
		const { row } = fold(rows.get(entry.record) ?? null, head, entry);
		if (row) rows.set(entry.record, row);
	}
	return rows;
}

const choices = fc.array(fc.nat(200), { minLength: 5, maxLength: 40 });

test('[F1] folding a ledger gives the rows the judge saw', () => {
	fc.assert(
		fc.property(choices, (steps) => {
			const world = busyWorld(steps);
			const folded = rowsOf(world.ledgers.get(`desk/${COMMUNITY}/2026Q4`) ?? []);
			for (const [record, row] of folded) expect(row).toEqual(world.rows.get(record));
		})
	);
});

test('[F1] any duplication and any interleaving of ledgers gives the same rows', () => {
	fc.assert(
		fc.property(choices, fc.array(fc.nat(), { maxLength: 60 }), (steps, picks) => {
			const world = busyWorld(steps);
			const ledgers = [...world.ledgers.values()];
			const straight = rowsOf(ledgers.flat());
			const cursors = ledgers.map(() => 0);
			const mixed: Element[] = [];
			for (const pick of picks) {
				const at = pick % ledgers.length;
				const next = ledgers[at]?.[cursors[at] ?? 0];
				if (!next) continue;
				mixed.push(next);
				if (pick % 3) cursors[at] = (cursors[at] ?? 0) + 1;
			}
			ledgers.forEach((elements, at) => mixed.push(...elements.slice(cursors[at])));
			const shuffled = rowsOf(mixed);
			expect(new Map([...shuffled].sort())).toEqual(new Map([...straight].sort()));
		})
	);
});

test('[L2] an element that the row already has is ignored', () => {
	const world = busyWorld([0, 1]);
	const elements = world.ledgers.get(`desk/${COMMUNITY}/2026Q4`) ?? [];
	const [first] = elements;
	if (!first) throw new Error('no element');
	const { row } = fold(null, first.head, first.entry);
	expect(fold(row, first.head, first.entry)).toEqual({ row, line: null });
});

test('[F1] the own outbox lies on top of the rows and guesses no number', () => {
	const world = foundedWorld();
	const entry = world.entry(people.member, demand('demand-1'));
	const actor = { person: people.member, role: 'member', org: COMMUNITY } as const;
	const { row, line } = foldPending(null, entry, actor);
	expect(row).toMatchObject({ state: 'registered', title: '楼道灯不亮', n: 1 });
	expect(row?.no).toBeUndefined();
	expect(line?.verdict).toBe('pending');
});

test('[E5] an unknown kind in a ledger is skipped by the fold and counted', () => {
	const world = busyWorld([0]);
	const [first] = world.ledgers.get(`desk/${COMMUNITY}/2026Q4`) ?? [];
	if (!first) throw new Error('no element');
	const { row } = fold(null, first.head, first.entry);
	const strange = { ...first.entry, kind: 'demand.blessed.v7' };
	const next = fold(row, { ...first.head, n: 2, kind: strange.kind }, strange);
	expect(next.row).toEqual({ ...row, n: 2 });
	expect(next.line).toMatchObject({ kind: 'demand.blessed.v7', changes: [] });
});

test('[F5] undo is a compensating entry: the record stays, its number too', () => {
	const world = foundedWorld();
	world.says(people.secretary, household('door-1'));
	world.says(people.member, visit('visit-1', 'door-1'));
	const { no } = world.row<VisitRow>('visit-1');
	world.says(people.member, {
		kind: 'visit.voided.v1',
		record: 'visit-1',
		body: { reason: '走错门' }
	});
	expect(world.row<VisitRow>('visit-1')).toMatchObject({ state: 'voided', no });
	expect(families.visit.fact?.(world.row('visit-1'))).toMatchObject({ state: 'voided' });
});

test('[F4] what is overdue depends on the screen clock, never on the row', () => {
	const world = foundedWorld();
	world.says(people.member, demand('demand-1'));
	const row = world.row<DemandRow>('demand-1');
	const fact = families.demand.fact?.(row);
	if (!fact || row.signDueAt === undefined) throw new Error('no fact');
	const span = { from: '2026-10-01', to: '2026-12-31' };
	const at = (now: number) => figures([{ record: 'demand-1', fact }], span, now).signOverdue;
	expect(at(row.signDueAt)).toBe(0);
	expect(at(row.signDueAt + 1)).toBe(1);
	expect(world.row<DemandRow>('demand-1')).toEqual(row);
});

test('history says who, when, and from what to what', () => {
	const world = foundedWorld();
	world.says(people.member, demand('demand-1'));
	world.later(DAY).says(people.secretary, accepted('demand-1'));
	const line = world.history.at(-1);
	expect(line).toMatchObject({ actor: { person: people.secretary }, at: MORNING + DAY });
	expect(line?.changes).toContainEqual({ field: 'state', from: 'registered', to: 'accepted' });
	expect(line?.changes).toContainEqual({
		field: 'assignee',
		from: undefined,
		to: people.worker
	});
});
