/** Importing demands: nothing doubles, nothing changes, half-way goes on, one press undoes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import type { ImportedDemand } from '#domain/import/parse-demands.ts';
import { isDemand } from '#domain/kinds/demand.ts';
import {
	pastImports,
	planImport,
	runImport,
	undoImport,
	type Held,
	type PlannedRow,
	type Run
} from '#lib/office/demand-import.ts';
import type { SayCommit } from '#lib/office/in-commits.ts';
import { recordOfSource } from '#lib/office/source-record.ts';
import { COMMUNITY, foundedWorld, people } from '../../support/tell.ts';

const source = { realm: 'realm-of-tests', community: COMMUNITY, label: '市长信箱' };

function sheetRow(n: number, part: Partial<ImportedDemand> = {}): ImportedDemand {
	return {
		row: n + 1,
		sourceNo: String(n),
		title: `第${n}件`,
		description: `\r\n\t\t内容 ${n}\u3000`,
		registeredAt: Date.parse('2019-04-25T09:32:09+08:00'),
		requester: `A000${n}`,
		extra: [],
		...part
	};
}

const rows = (n: number) => Array.from({ length: n }, (_, i) => sheetRow(i + 1));

/** A tablet whose commits are judged at once. */
function tablet(world = foundedWorld()) {
	const held: Held = async (records) =>
		new Map(
			records.flatMap((record) => {
				const row = world.rows.get(record);
				return isDemand(row) ? [[record, row] as const] : [];
			})
		);
	const commits: number[] = [];
	const say: SayCommit<'storage-full'> = async (utterances) => {
		commits.push(utterances.length);
		for (const utterance of utterances) {
			const judged = world.says(people.secretary, utterance);
			expect(judged.verdict, JSON.stringify(judged)).toBe('accepted');
		}
		return { ok: true };
	};
	const run = (part: Partial<Run<'storage-full'>> = {}): Run<'storage-full'> => ({
		held,
		say,
		signal: new AbortController().signal,
		onProgress: () => undefined,
		...part
	});
	const demands = () => [...world.rows.values()].filter(isDemand);
	return { world, held, say, run, commits, demands };
}

const plannable = (plan: { fresh: readonly PlannedRow[]; undone: readonly PlannedRow[] }) => [
	...plan.fresh,
	...plan.undone
];

test('a number of one source is one record for ever, of another source another', async () => {
	const one = await recordOfSource(source, '360');
	expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	expect(await recordOfSource(source, '360')).toBe(one);
	expect(await recordOfSource({ ...source, label: '12345' }, '360')).not.toBe(one);
	expect(await recordOfSource({ ...source, community: 'other' }, '360')).not.toBe(one);
	expect(await recordOfSource(source, '361')).not.toBe(one);
});

test('every text arrives letter by letter, in commits of at most twenty', async () => {
	const { held, run, commits, demands } = tablet();
	const plan = await planImport(rows(45), source, held);
	expect(plan.fresh).toHaveLength(45);
	const seen: number[] = [];
	const ended = await runImport(plan.fresh, 'import-1', run({ onProgress: (n) => seen.push(n) }));
	expect(ended).toEqual({ is: 'done', said: 45 });
	expect(commits).toEqual([20, 20, 5]);
	expect(seen).toEqual([20, 40, 45]);
	const third = demands().find(({ sourceNo }) => sourceNo === '3');
	expect(third).toMatchObject({
		title: '第3件',
		description: '\r\n\t\t内容 3\u3000',
		requester: 'A0003',
		raisedAt: Date.parse('2019-04-25T09:32:09+08:00'),
		channel: 'import',
		importId: 'import-1'
	});
});

test('the same file again brings nothing; a changed text under an old number is said, not taken', async () => {
	const { held, run, commits } = tablet();
	await runImport((await planImport(rows(3), source, held)).fresh, 'import-1', run());
	const changed = [sheetRow(1), sheetRow(2, { description: '另一个说法' }), sheetRow(4)];
	const plan = await planImport(changed, source, held);
	expect(plan.here.map(({ demand }) => demand.sourceNo)).toEqual(['1']);
	expect(plan.differing.map(({ demand }) => demand.sourceNo)).toEqual(['2']);
	expect(plan.fresh.map(({ demand }) => demand.sourceNo)).toEqual(['4']);
	commits.length = 0;
	await runImport((await planImport(rows(3), source, held)).fresh, 'import-2', run());
	expect(commits).toEqual([]);
});

test('a demand corrected since counts as here', async () => {
	const { world, held, run } = tablet();
	const { fresh } = await planImport(rows(1), source, held);
	await runImport(fresh, 'import-1', run());
	world.says(people.secretary, {
		kind: 'demand.corrected.v1',
		record: fresh[0]?.record ?? '',
		body: { title: '改过的标题', reason: '写错' }
	});
	expect((await planImport(rows(1), source, held)).here).toHaveLength(1);
});

test('stopped anywhere and run again, every row is there exactly once', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 70 }),
			fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 5 }),
			async (count, stops) => {
				const { world, held, say, run, demands } = tablet();
				for (const stop of [...stops, Infinity]) {
					const stopping = new AbortController();
					let commits = 0;
					const counted: typeof say = async (utterances) => {
						const said = await say(utterances);
						commits += 1;
						if (commits >= stop) stopping.abort();
						return said;
					};
					if (stop === 0) stopping.abort();
					const plan = await planImport(rows(count), source, held);
					const going = run({ say: counted, signal: stopping.signal });
					await runImport(plannable(plan), 'import-1', going);
				}
				expect(demands()).toHaveLength(count);
				expect(world.history.filter(({ reason }) => reason !== undefined)).toEqual([]);
			}
		),
		{ numRuns: 20 }
	);
});

test('[F5] one press undoes an import, and the same file brings it back under the old numbers', async () => {
	const { world, held, run, demands } = tablet();
	await runImport((await planImport(rows(30), source, held)).fresh, 'import-1', run());
	world.says(people.secretary, {
		kind: 'demand.accepted.v1',
		record: demands()[0]?.record ?? '',
		body: { category: 'road', type: 'help', urgency: 'normal', assignee: people.worker }
	});
	const numbers = demands().map(({ no }) => no);
	const [past] = pastImports(demands());
	expect(past).toMatchObject({ importId: 'import-1', touched: 1, voided: 0 });
	const ended = await undoImport(past?.records ?? [], '撤销导入', run());
	expect(ended).toEqual({ is: 'done', said: 30 });
	expect(pastImports(demands())[0]).toMatchObject({ records: [], voided: 30 });

	const again = await planImport(rows(30), source, held);
	expect([again.fresh.length, again.undone.length]).toEqual([0, 30]);
	await runImport(again.undone, 'import-2', run());
	expect(demands().map(({ state }) => state)).toEqual(Array(30).fill('registered'));
	expect(demands().map(({ no }) => no)).toEqual(numbers);
});

test('a full disk stops with its reason, and what was stored stays counted', async () => {
	const { held, say, run, commits } = tablet();
	const { fresh } = await planImport(rows(60), source, held);
	const full: typeof say = async (utterances) =>
		commits.length === 2 ? { ok: false, reason: 'storage-full' } : say(utterances);
	const ended = await runImport(fresh, 'import-1', run({ say: full }));
	expect(ended).toEqual({ is: 'failed', said: 40, reason: 'storage-full' });
});

test('what an entry cannot hold is a problem of its row, said before the import', async () => {
	const { held } = tablet();
	const plan = await planImport(
		[sheetRow(1, { description: '\u0001'.repeat(9000) }), sheetRow(2, { registeredAt: -1 })],
		source,
		held
	);
	expect(plan.problems.map(({ row, code }) => [row, code])).toEqual([
		[2, 'too-long'],
		[3, 'date-out-of-range']
	]);
	const longest = sheetRow(3, { title: '长'.repeat(200), description: '长'.repeat(10_000) });
	const fits = await planImport([longest], source, held);
	expect(fits.fresh).toHaveLength(1);
	expect(RecordId.safeParse(fits.fresh[0]?.record).success).toBe(true);
});
