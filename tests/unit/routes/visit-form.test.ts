/** The visit form: what each page asks for, and that what it says is what the judge takes. */
import { expect, test } from 'vitest';
import type { EntryId } from '#domain/ids.ts';
import { RecordId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { dayOf } from '#domain/calendar.ts';
import { MediaName } from '#domain/media.ts';
import { defaultSettings } from '#domain/settings.ts';
import { titleOf } from '#lib/field/demand-title.ts';
import { m } from '#lib/i18n/index.ts';
import type { AttentionItem } from '#lib/outbox/waiting.ts';
import { correctedBody, correctingFrom } from '#lib/visits/correcting.ts';
import { visitFacts } from '#lib/visits/visit-facts.ts';
import { answersOf } from '../../../src/routes/visit/new/answers.ts';
import { firstWrongStep, stepErrors } from '../../../src/routes/visit/new/checking.ts';
import { isRestFilled } from '../../../src/routes/visit/new/filled.ts';
import { mendedVisit } from '../../../src/routes/visit/new/mending.ts';
import { beyond, isShort, leftOut } from '../../../src/routes/visit/new/short-way.ts';
import {
	blankDemand,
	freshVisit,
	putDown,
	stepAfter,
	stepBefore,
	takeUp,
	writtenDemands,
	type Shortcut,
	type VisitDraft
} from '../../../src/routes/visit/new/visit-draft.ts';
import { isAllWell, visitSaid } from '../../../src/routes/visit/new/visit-said.ts';
import { foundedWorld, household, HOUR, idFrom, MORNING, people } from '../../support/tell.ts';

const today = dayOf(MORNING);

function opened(shortcut?: Shortcut, tier = 'key') {
	const world = foundedWorld();
	const door = household('door');
	world.says(people.secretary, { ...door, body: { ...door.body, tier } });
	const home = world.row<HouseholdRow>('door');
	const form = freshVisit(home, {
		visit: RecordId.parse('v-1'),
		firstDemand: RecordId.parse('d-1'),
		startedAt: MORNING,
		shortcut
	});
	return { world, home, form };
}

async function said(form: VisitDraft, home: HouseholdRow) {
	let count = 0;
	const draftNo = async () => `W3-${String(++count).padStart(4, '0')}`;
	return visitSaid(form, home, { now: MORNING + HOUR / 4, draftNo });
}

function write(form: VisitDraft, record: string, text: string): void {
	putDown(form);
	form.writing = { ...blankDemand(RecordId.parse(record)), text };
}

const EVERYTHING = [
	'家庭情况',
	'反映诉求 2 件',
	'1 张照片，走访对象已签字，走访人已签字',
	'其他情况',
	'下次走访'
];

function writtenEverywhere() {
	const { world, home, form } = opened();
	const sha256 = MediaName.parse('a'.repeat(64));
	write(form, 'd-1', '灯坏了');
	write(form, 'd-2', '洗衣机坏了');
	const filled: VisitDraft = {
		...form,
		met: 'self',
		changes: '摔了一跤',
		hardships: '下不了楼',
		photos: [{ sha256, caption: '' }],
		intervieweeSignature: { sha256, at: MORNING },
		visitorSignature: { sha256, at: MORNING },
		suggestions: '想加个长椅',
		nextDueOn: '2026-12-20'
	};
	return { world, home, form: filled };
}

function fields(form: VisitDraft, step: number): readonly string[] {
	return stepErrors(form, step, MORNING).map((error) => error.field);
}

test('the first page needs whom one met and how', () => {
	const { form } = opened();
	expect(fields(form, 1)).toEqual(['met']);
	form.mode = undefined;
	expect(stepErrors(form, 1, MORNING).map((error) => error.message)).toEqual([
		'请选见到了谁',
		'请选走访方式'
	]);
	form.mode = 'phone';
	form.met = 'other';
	expect(fields(form, 1)).toEqual(['interviewee']);
	form.interviewee = '女儿王芳';
	expect(fields(form, 1)).toEqual([]);
	form.interviewee = '长'.repeat(41);
	expect(fields(form, 1)).toEqual(['interviewee']);
});

test('the last pages are asked for no more than their lengths and a day to come', () => {
	const { form } = opened();
	form.met = 'self';
	expect(firstWrongStep(form, MORNING)).toBeNull();
	form.changes = '长'.repeat(1001);
	expect(firstWrongStep(form, MORNING)).toBe(2);
	form.changes = '';
	form.nextDueOn = '2026-11-23';
	expect(firstWrongStep(form, MORNING)).toBe(4);
	form.nextDueOn = today;
	write(form, 'd-9', '长'.repeat(2001));
	expect(fields(form, 3)).toEqual(['demand-text']);
	putDown(form);
	expect(fields(form, 3)).toEqual(['demand-d-9']);
});

test('the two short ways need one page, and the judge takes what they say', async () => {
	const away = opened('notHome');
	expect(isShort(away.form)).toBe(true);
	expect(firstWrongStep(away.form, MORNING)).toBeNull();
	const [visit] = await said(away.form, away.home);
	expect(visit?.body).toMatchObject({ outcome: 'notHome', demands: [], draftNo: 'W3-0001' });
	expect(away.world.says(people.member, spoken(visit))).toMatchObject({ verdict: 'accepted' });

	const well = opened('allWell');
	expect(firstWrongStep(well.form, MORNING)).toBeNull();
	const [wellVisit] = await said(well.form, well.home);
	expect(wellVisit?.body).toMatchObject({ outcome: 'met', allWell: true });
	expect(wellVisit?.body).not.toHaveProperty('groups');
	expect(well.world.says(people.member, spoken(wellVisit))).toMatchObject({ verdict: 'accepted' });
	expect(well.world.row<VisitRow>('v-1').interviewee).toBe(well.home.head);
});

test('家里都好 takes along whatever else is written, and is short only where that is nothing', async () => {
	const { home, form } = opened('allWell');
	expect([isShort(form), beyond(form)]).toEqual([true, []]);
	const { home: filled, form: whole } = writtenEverywhere();
	whole.allWell = true;
	expect([isShort(whole), leftOut(whole)]).toEqual([false, []]);
	expect(beyond(whole)).toEqual(EVERYTHING);
	const { allWell: _ticked, ...unticked } = whole;
	expect(await said(whole, filled)).toEqual(await said({ ...unticked, allWell: false }, filled));
	form.size += 1;
	expect(beyond(form)).toEqual(['家庭情况']);
	expect((await said(form, home))[0]?.body).toMatchObject({ size: form.size });
	form.suggestions = '长'.repeat(1001);
	expect(firstWrongStep(form, MORNING)).toBe(4);
});

test('whoever turns to a way that leaves out what is written is told of all of it first', async () => {
	const { home, form } = writtenEverywhere();
	expect([form.met, leftOut(form)]).toEqual(['self', []]);
	form.met = 'declined';
	expect(leftOut(form)).toEqual(EVERYTHING);
	expect([stepAfter(form), stepBefore({ ...form, step: 5 })]).toEqual([5, 1]);
	form.met = 'notHome';
	// What neighbours told and the day to come again are said of a door where nobody was.
	expect(leftOut(form)).toEqual(EVERYTHING.slice(0, -1));
	form.hardships = '';
	expect(leftOut(form)).toEqual(EVERYTHING.slice(1, -1));
	const commit = await said(form, home);
	expect(commit).toHaveLength(1);
	expect(commit[0]?.body).toMatchObject({ changes: '摔了一跤', nextDueOn: '2026-12-20' });
	expect(leftOut(opened('notHome').form)).toEqual([]);
});

test.each(['declined', 'notHome'] as const)(
	'%s says nothing of where the visitor stood',
	async (met) => {
		const { home, form } = writtenEverywhere();
		form.location = { lat: 30.123, lng: 114.988, accuracy: 100, datum: 'WGS-84' };
		form.met = met;
		expect(leftOut(form)).toContain(m.visit.check.located);
		expect((await said(form, home))[0]?.body).not.toHaveProperty('location');
		form.met = 'self';
		expect((await said(form, home))[0]?.body).toHaveProperty('location');
	}
);

test('a full visit and its demands are one commit that the judge takes whole', async () => {
	const { world, home, form } = opened();
	form.met = 'self';
	form.changes = ' 上个月摔了一跤 ';
	form.hazards = [
		{ kind: 'fire', text: ' 楼道堆着纸箱 ' },
		{ kind: undefined, text: '' }
	];
	write(form, 'd-1', '楼道灯不亮，晚上下楼怕摔。二单元三楼也是。');
	write(form, 'd-2', '洗衣机坏了');
	const commit = await said(form, home);
	expect(commit.map((each) => each.kind)).toEqual([
		'visit.recorded.v1',
		'demand.registered.v1',
		'demand.registered.v1'
	]);
	for (const each of commit)
		expect(world.says(people.member, spoken(each))).toMatchObject({ verdict: 'accepted' });
	const row = world.row<VisitRow>('v-1');
	expect(row).toMatchObject({
		changes: '上个月摔了一跤',
		hazards: [{ kind: 'fire', text: '楼道堆着纸箱' }],
		demands: ['d-1', 'd-2'],
		endedAt: MORNING + HOUR / 4
	});
	expect(row.allWell).toBeUndefined();
	expect(world.row<DemandRow>('d-1')).toMatchObject({
		title: '楼道灯不亮，晚上下楼怕摔',
		description: '楼道灯不亮，晚上下楼怕摔。二单元三楼也是。',
		household: 'door',
		visit: 'v-1',
		channel: 'visit',
		draftNo: 'W3-0002'
	});
});

test('备注 is said, shown before 上报, kept within its length and comes back when refused', async () => {
	const { world, home, form } = opened();
	form.met = 'self';
	form.note = ' 下次带放大镜 ';
	expect([isAllWell(form), isRestFilled(form), beyond(form)]).toEqual([false, true, ['其他情况']]);
	const [visit] = await said(form, home);
	expect(world.says(people.member, spoken(visit))).toMatchObject({ verdict: 'accepted' });
	const row = world.row<VisitRow>('v-1');
	expect(visitFacts(row, { now: MORNING })).toContainEqual({ term: '备注', words: '下次带放大镜' });
	const answers = answersOf(form, home, { now: MORNING, rules: defaultSettings });
	expect(answers.find(({ id }) => id === 'other')?.words).toEqual(['下次带放大镜']);
	if (visit === undefined) throw new Error('test: nothing was said');
	const item = refused(visit, idFrom(1));
	expect(mendedVisit(item, [item], home).note).toBe('下次带放大镜');
	const base = correctingFrom(row);
	expect(correctedBody({ ...base, note: '', reason: '不用了' }, base)).toEqual({
		note: '',
		reason: '不用了'
	});
	form.note = '长'.repeat(1001);
	expect(fields(form, 4)).toEqual(['note']);
});

test('nothing written at all is 家里都好; one word is not', () => {
	const { form } = opened();
	form.met = 'self';
	expect(isAllWell(form)).toBe(true);
	form.suggestions = '想加个长椅';
	expect(isAllWell(form)).toBe(false);
	form.suggestions = '  ';
	write(form, 'd-1', '灯坏了');
	expect(isAllWell(form)).toBe(false);
	form.met = 'notHome';
	expect(isAllWell(form)).toBe(false);
});

test('a visit handed in on another day claims no end', async () => {
	const { home, form } = opened('notHome');
	const later = await visitSaid(form, home, {
		now: MORNING + 24 * HOUR,
		draftNo: () => Promise.resolve(undefined)
	});
	expect(later[0]?.body).not.toHaveProperty('endedAt');
	expect(later[0]?.body).not.toHaveProperty('draftNo');
});

test('demands are put down in their place and an empty card vanishes', () => {
	const { form } = opened();
	write(form, 'd-1', '一');
	write(form, 'd-2', '二');
	write(form, 'd-3', '三');
	takeUp(form, RecordId.parse('d-1'));
	expect(form.demands.map((each) => each.record)).toEqual(['d-2', 'd-3']);
	expect(writtenDemands(form).map((each) => each.text)).toEqual(['一', '二', '三']);
	takeUp(form, RecordId.parse('d-3'));
	expect(form.demands.map((each) => each.record)).toEqual(['d-1', 'd-2']);
	form.writing = { ...blankDemand(RecordId.parse('d-3')), text: ' ' };
	putDown(form);
	expect(form.demands.map((each) => each.record)).toEqual(['d-1', 'd-2']);
});

test('a title is the first sentence, short enough for a list', () => {
	expect(titleOf('灯坏了。找人修')).toBe('灯坏了');
	expect(titleOf('。。。')).toBe('。。。');
	expect([...titleOf('很'.repeat(80))]).toHaveLength(30);
	expect(titleOf('👨‍👩‍👧'.repeat(40)).length).toBeLessThanOrEqual(200);
});

test('the check says every answer in words', () => {
	const { home, form } = opened();
	form.met = 'self';
	form.endedAt = MORNING + 11 * 60_000;
	const words = new Map(
		answersOf(form, home, { now: MORNING, rules: defaultSettings }).map((each) => [
			each.id,
			each.words
		])
	);
	expect(words.get('1')).toEqual([`${home.head ?? ''}本人，入户，9:00—9:11`]);
	expect(words.get('3')).toBe('没有，家里都好');
	expect(words.get('4')).toEqual([]);
	expect(words.get('next')).toContain('天一次');
	write(form, 'd-1', '灯坏了');
	expect(answersOf(form, home, { now: MORNING, rules: defaultSettings })[2]).toMatchObject({
		question: '反映诉求 1 件',
		words: ['灯坏了']
	});
});

test('a major change is asked in the highest tier alone, said in the same commit, and comes back when refused', async () => {
	for (const [tier, kinds] of [
		['key', ['visit.recorded.v1']],
		['high', ['visit.recorded.v1', 'household.changed.v1']]
	] as const) {
		const { world, home, form } = opened(undefined, tier);
		form.met = 'self';
		form.change = 'illness';
		expect(isAllWell(form)).toBe(false);
		const commit = await said(form, home);
		expect(commit.map(({ kind }) => kind)).toEqual(kinds);
		for (const each of commit)
			expect(world.says(people.member, spoken(each))).toMatchObject({ verdict: 'accepted' });
		const items = commit.map((each, at) => refused(each, idFrom(at + 1)));
		const [visit, change] = items;
		if (visit === undefined) throw new Error('test: a commit without a visit');
		expect(mendedVisit(visit, items, home)).toMatchObject(
			change === undefined ? {} : { change: 'illness', changeReplaces: change.entry }
		);
	}
});

test.each([
	['notHome', true],
	['declined', false],
	['allWell', true]
] as const)('a major change after %s: %s', async (how, isTold) => {
	const { home, form } = opened(undefined, 'high');
	form.met = how === 'allWell' ? 'self' : how;
	form.allWell = how === 'allWell';
	form.change = 'illness';
	expect((await said(form, home)).length).toBe(isTold ? 2 : 1);
});

test('a refused visit fills the form again, and the new entries stand for the old', async () => {
	const { home, form } = opened();
	form.met = 'other';
	form.interviewee = '女儿王芳';
	form.nextDueOn = '2026-12-20';
	write(form, 'd-1', '灯坏了');
	const commit = await said(form, home);
	const items = commit.map((each, at) => refused(each, idFrom(at + 1)));
	const [visit] = items;
	if (visit === undefined) throw new Error('test: a commit without a visit');
	const mended = mendedVisit(visit, items, home);
	expect(mended).toMatchObject({
		step: 1,
		met: 'other',
		interviewee: '女儿王芳',
		nextDueOn: '2026-12-20',
		startedAt: MORNING,
		replaces: items[0]?.entry
	});
	const again = await said(mended, home);
	expect(again.map((each) => each.replaces)).toEqual(items.map((item) => item.entry));
	expect(again.map((each) => each.record)).toEqual(commit.map((each) => each.record));
});

function spoken(utterance: Awaited<ReturnType<typeof said>>[number] | undefined) {
	if (utterance === undefined) throw new Error('test: nothing was said');
	// What is signed is JSON: keys without a value are not there.
	const body: unknown = JSON.parse(JSON.stringify(utterance.body));
	if (typeof body !== 'object' || body === null) throw new Error('test: a body is an object');
	return { kind: utterance.kind, record: utterance.record, body: { ...body } };
}

function refused(
	{ kind, record, body }: Awaited<ReturnType<typeof said>>[number],
	entry: EntryId
): AttentionItem {
	return {
		entry,
		commit: idFrom(1),
		kind,
		record,
		org: foundedWorld().row<HouseholdRow>(people.member).org,
		at: MORNING,
		verdict: 'refused',
		reason: 'no-such-reference',
		body: { ...body },
		row: null
	};
}
