/** The secretary's list of visits: filters over pages, and corrections that say only what changed. */
import { expect, test } from 'vitest';
import { families } from '#domain/kinds/index.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { MediaName } from '#domain/media.ts';
import { m } from '#lib/i18n/index.ts';
import type { AttentionItem } from '#lib/outbox/waiting.ts';
import type { Cursor, Seen } from '#lib/rows/queries.ts';
import { historyEvents } from '#lib/ui/record-words.ts';
import { spanOf } from '#lib/ui/quarters.ts';
import { visitStatuses } from '#lib/ui/visit-words.ts';
import {
	correctedBody,
	correctingErrors,
	correctingFrom,
	correctingOver,
	isEmptying,
	keptOf,
	type VisitCorrecting
} from '#lib/visits/correcting.ts';
import { visitFacts } from '#lib/visits/visit-facts.ts';
import { visitsWhere } from '../../../src/routes/visits/filtered.ts';
import { COMMUNITY, DAY, foundedWorld, household, people, visit } from '../../support/tell.ts';

function told() {
	const world = foundedWorld();
	world.says(people.secretary, household('h-1'));
	for (let i = 0; i < 400; i++) {
		world.says(
			people.member,
			visit(`v-${i}`, 'h-1', {
				startedAt: world.now - (i * DAY) / 2,
				outcome: i % 4 === 0 ? 'notHome' : 'met'
			})
		);
	}
	world.says(people.secretary, {
		kind: 'visit.voided.v1',
		record: 'v-1',
		body: { reason: '重复登记' }
	});
	const rows = Array.from({ length: 400 }, (_, i) => world.row<VisitRow>(`v-${i}`));
	return { world, rows };
}

/** Pages as the row database gives them: newest first, after a cursor. */
function paged(rows: readonly VisitRow[]) {
	const reads: number[] = [];
	const page =
		({ from, limit }: { from?: Cursor; limit: number }) =>
		async () => {
			reads.push(limit);
			const after =
				from === undefined ? 0 : rows.findIndex((row) => row.record === from.record) + 1;
			const shown = rows.slice(after, after + limit);
			const last = shown[shown.length - 1];
			const items: Seen<VisitRow>[] = shown.map((row) => ({
				row,
				pending: false,
				stage: 'folded'
			}));
			const hasNext = after + limit < rows.length;
			return {
				items,
				next: hasNext && last ? { sort: last.startedAt, record: last.record } : null
			};
		};
	return { page, reads };
}

const all = { org: COMMUNITY, person: undefined, outcome: undefined, span: undefined, limit: 50 };

test('without a filter one page is read, and there is more', async () => {
	const { page, reads } = paged(told().rows);
	const found = await visitsWhere(page, all)();
	expect([found.items.length, found.hasMore, reads.length]).toEqual([50, true, 1]);
});

test('a rare outcome is looked for over as many pages as it takes', async () => {
	const { page } = paged(told().rows);
	const found = await visitsWhere(page, { ...all, outcome: 'notHome', limit: 500 })();
	expect([found.items.length, found.hasMore]).toEqual([100, false]);
	const voided = await visitsWhere(page, { ...all, outcome: 'voided' })();
	expect(voided.items.map(({ row }) => row.record)).toEqual(['v-1']);
	const met = await visitsWhere(page, { ...all, outcome: 'met', limit: 500 })();
	expect(met.items.some(({ row }) => row.state === 'voided')).toBe(false);
});

test('a quarter stops reading at its first day', async () => {
	const { page, reads } = paged(told().rows);
	const found = await visitsWhere(page, { ...all, span: spanOf('2026Q4'), limit: 500 })();
	expect(found.items).toHaveLength(109);
	expect(
		found.items.every(({ row }) => row.startedAt >= Date.parse('2026-10-01T00:00:00+08:00'))
	).toBe(true);
	expect(reads.length).toBe(1);
});

test('a correction of a visit says only what changed, and asks for a reason', () => {
	const { world, rows } = told();
	const [, row] = [rows[0], rows[2]];
	if (row === undefined) throw new Error('a told visit is missing');
	const form = { ...correctingFrom(row), hardships: '药费高', reason: '漏写' };
	expect(correctingErrors(row, form, world.now)).toEqual([]);
	const body = correctedBody(form, correctingFrom(row));
	expect(body).toEqual({ hardships: '药费高', reason: '漏写' });
	const said = { kind: 'visit.corrected.v1', record: row.record, body: body ?? {} };
	expect(world.says(people.secretary, said).verdict).toBe('accepted');
	expect(correctedBody({ ...correctingFrom(row), reason: '看看' }, correctingFrom(row))).toBeNull();
	const empty = correctingErrors(row, { ...form, interviewee: ' ', reason: '' }, world.now);
	expect(empty.map(({ field }) => field)).toEqual(['interviewee', 'reason']);
});

test('the day, the time, who came along, what for and consent can be corrected; a field can be emptied', () => {
	const { world, rows } = told();
	const [row] = [rows[3]].filter((each) => each !== undefined);
	if (row === undefined) throw new Error('a told visit is missing');
	const began = {
		...row,
		endedAt: row.startedAt + 600_000,
		size: 3,
		companions: [{ name: '老李' }]
	};
	const base = correctingFrom(began);
	expect(correctedBody({ ...base, reason: '看看' }, base)).toBeNull();
	const form = {
		...base,
		day: '2026-11-20',
		startTime: '9：05',
		endTime: ' ',
		purpose: ['condolence' as const],
		companions: [{ name: ' 赵静 ', post: '网格员' }],
		consent: true,
		size: 0,
		reason: '写错了日子'
	};
	expect(correctingErrors(row, form, world.now)).toEqual([]);
	const body = correctedBody(form, base) ?? {};
	expect(body).toEqual({
		startedAt: Date.parse('2026-11-20T09:05:00+08:00'),
		endedAt: null,
		purpose: ['condolence'],
		companions: [{ name: '赵静', post: '网格员' }],
		consent: true,
		size: null,
		reason: '写错了日子'
	});
	const said = { kind: 'visit.corrected.v1', record: row.record, body };
	expect(world.says(people.secretary, said).verdict).toBe('accepted');
	const corrected = world.row<VisitRow>(row.record);
	expect(corrected.size ?? corrected.endedAt).toBeUndefined();
	expect(families.visit.fact?.(corrected)).toMatchObject({ date: '2026-11-20' });

	const wrong = { ...form, day: '2026-11-24', startTime: '23:59', endTime: '8:00' };
	expect(correctingErrors(row, wrong, world.now).map(({ field }) => field)).toEqual([
		'startTime',
		'endTime'
	]);
});

test('a correction that was not taken fills the form whole', () => {
	const [row] = told().rows;
	if (row === undefined) throw new Error('a told visit is missing');
	const body = {
		startedAt: Date.parse('2026-11-20T09:05:00+08:00'),
		consent: true,
		reason: '写错'
	};
	const refused = { body } as unknown as AttentionItem;
	expect(correctingOver(row, refused)).toMatchObject({ day: '2026-11-20', startTime: '9:05' });
	expect(correctedBody(correctingOver(row, refused), correctingFrom(row))).toEqual(body);
	expect(correctingOver(row, null)).toEqual(correctingFrom(row));
});

test('a signature is given anew, for the first time instead of a word, or taken off', () => {
	const { world, rows } = told();
	const [, , row] = rows;
	if (row === undefined) throw new Error('a told visit is missing');
	const [first, second] = ['a', 'b'].map((letter) => MediaName.parse(letter.repeat(64)));
	if (first === undefined || second === undefined) throw new Error('two names');
	const corrects = (form: Partial<VisitCorrecting>, of: VisitRow) => {
		const base = correctingFrom(of);
		const body = correctedBody({ ...base, ...form, reason: '补签' }, base) ?? {};
		const said = { kind: 'visit.corrected.v1', record: row.record, body };
		expect(world.says(people.member, said).verdict).toBe('accepted');
		return { body, row: world.row<VisitRow>(row.record) };
	};
	const orally = corrects({ confirmedOrally: true }, row).row;
	const signed = corrects({ signature: { sha256: first, at: 1 } }, orally);
	expect(signed.body).toEqual({
		confirmedOrally: false,
		intervieweeSignature: first,
		reason: '补签'
	});
	const again = corrects({ signature: { sha256: second, at: 2 } }, signed.row);
	expect(again.row.intervieweeSignature).toBe(second);
	const lines = historyEvents(
		world.history.filter(({ record }) => record === row.record),
		{ names: new Map(), now: world.now }
	);
	expect(lines[lines.length - 1]?.changes).toEqual([
		{
			field: m.records.fieldWords.intervieweeSignature,
			from: m.records.signed,
			to: m.records.signedAnew
		}
	]);
	const off = corrects({ dropSignature: true }, again.row);
	expect(off.row.intervieweeSignature).toBeUndefined();
	const refused = { body: again.body, at: 9 } as unknown as AttentionItem;
	expect(correctingOver(row, refused).signature).toEqual({ sha256: second, at: 9 });
});

test('a visit is said in words, an empty field is left out', () => {
	const { rows } = told();
	const speaking = {
		names: new Map([[people.member as string, '王素芬']]),
		now: rows[0]?.startedAt ?? 0
	};
	const facts = rows[0] ? visitFacts(rows[0], speaking) : [];
	expect(facts).toContainEqual({ term: '走访人', words: '王素芬' });
	expect(facts).toContainEqual({ term: '结果', words: '未遇' });
	expect(facts.some(({ words }) => words === '')).toBe(false);
	const [voided] = rows.filter(({ state }) => state === 'voided');
	expect(voided && visitStatuses({ row: voided, pending: true }).map(({ is }) => is)).toEqual([
		'closed'
	]);
});

test('[J6] a visit that a desk wrote down says by whom', () => {
	const { rows } = told();
	const [row] = rows;
	if (row === undefined) throw new Error('a told visit is missing');
	const written = { ...row, createdBy: people.worker };
	const by = (names?: ReadonlyMap<string, string>) =>
		visitFacts(written, { now: row.startedAt, ...(names && { names }) }).find(
			({ term }) => term === '登记人'
		)?.words;
	expect(by(new Map([[people.worker as string, '李干事']]))).toBe('由李干事代录');
	expect(by()).toBe('社区代录');
	expect(visitFacts(row, { now: row.startedAt }).some(({ term }) => term === '登记人')).toBe(false);
});

test('更正 to 拒绝登记 keeps the door, who came and when, and nothing that was told, seen or signed', () => {
	const world = foundedWorld();
	const SIGNED = MediaName.parse('c'.repeat(64));
	world.says(people.secretary, household('h-1'));
	world.says(
		people.member,
		visit('v-1', 'h-1', {
			interviewee: '女儿',
			relation: 'child',
			hardships: '药费高',
			hazards: [{ kind: 'fire', text: '楼道堆着纸箱' }],
			groups: ['veryOld'],
			purpose: ['routine'],
			consent: true,
			nextDueOn: '2026-12-20',
			photos: [{ sha256: MediaName.parse('a'.repeat(64)) }],
			voiceNotes: [{ sha256: MediaName.parse('d'.repeat(64)), seconds: 9 }],
			intervieweeSignature: SIGNED,
			visitorSignature: MediaName.parse('e'.repeat(64)),
			location: { lat: 30.123, lng: 114.988, accuracy: 100, datum: 'WGS-84' }
		})
	);
	const row = () => world.row<VisitRow>('v-1');
	const form: VisitCorrecting = {
		...correctingFrom(row()),
		outcome: 'declined',
		reason: '住户不愿登记'
	};
	expect(isEmptying(row(), form)).toBe(true);
	const kept = keptOf(row(), form);
	expect(correctingErrors(row(), kept, world.now)).toEqual([]);
	const body = correctedBody(kept, correctingFrom(row()));
	const corrects = { kind: 'visit.corrected.v1', record: 'v-1', body: body ?? {} };
	expect(world.says(people.member, corrects).verdict).toBe('accepted');
	expect(row()).toMatchObject({ outcome: 'declined', household: 'h-1', purpose: ['routine'] });
	const told = JSON.stringify(
		['interviewee', 'relation', 'hardships', 'hazards', 'groups', 'consent', 'nextDueOn']
			.concat(['photos', 'voiceNotes', 'intervieweeSignature', 'visitorSignature', 'location'])
			.map((field): unknown => Reflect.get(row(), field))
			.filter((value) => !isNothing(value))
	);
	expect(told).toBe('[]');
	expect(isEmptying(row(), correctingFrom(row()))).toBe(false);
	expect(keptOf(row(), { ...form, outcome: 'notHome' })).toMatchObject({ hardships: '药费高' });
});

function isNothing(value: unknown): boolean {
	return !value || (Array.isArray(value) && value.length === 0);
}
