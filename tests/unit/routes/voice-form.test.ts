/** 语音备注 in the visit form: said, counted in words, taken off, and back again when the visit was refused. */
import { expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { MediaName, type VoiceNote } from '#domain/media.ts';
import { defaultSettings } from '#domain/settings.ts';
import type { AttentionItem } from '#lib/outbox/waiting.ts';
import { fieldName, noNames, valueWords } from '#lib/ui/record-words.ts';
import { correctedBody, correctingErrors, correctingFrom } from '#lib/visits/correcting.ts';
import { additionWords } from '#lib/visits/visit-facts.ts';
import { answersOf } from '../../../src/routes/visit/new/answers.ts';
import { mendedVisit } from '../../../src/routes/visit/new/mending.ts';
import { isShort, leftOut } from '../../../src/routes/visit/new/short-way.ts';
import { freshVisit, type VisitDraft } from '../../../src/routes/visit/new/visit-draft.ts';
import { isAllWell, visitSaid } from '../../../src/routes/visit/new/visit-said.ts';
import {
	COMMUNITY,
	foundedWorld,
	household,
	HOUR,
	idFrom,
	MORNING,
	people
} from '../../support/tell.ts';

const note = (letter: string, seconds: number): VoiceNote => ({
	sha256: MediaName.parse(letter.repeat(64)),
	seconds
});
const [first, second] = [note('a', 41), note('b', 120)];

async function spoken(...kept: VoiceNote[]) {
	const world = foundedWorld();
	world.says(people.secretary, household('door'));
	const home = world.row<HouseholdRow>('door');
	const fresh = freshVisit(home, {
		visit: RecordId.parse('v-1'),
		firstDemand: RecordId.parse('d-1'),
		startedAt: MORNING
	});
	// Something is being said just now: that is no note yet.
	const form: VisitDraft = { ...fresh, met: 'self', voiceNotes: { kept, recording: 'r-1' } };
	const telling = { now: MORNING + HOUR / 4, draftNo: async () => undefined };
	const said = async () => {
		const [visit] = await visitSaid(form, home, telling);
		if (visit === undefined) throw new Error('test: nothing was said');
		return visit;
	};
	return { world, home, form, said };
}

test('a voice note is said, counted before 上报, and no visit with one is 家里都好', async () => {
	const { world, home, form, said } = await spoken(first, second);
	expect(isAllWell(form)).toBe(false);
	form.allWell = true;
	expect(isShort(form)).toBe(false);
	const answers = answersOf(form, home, { now: MORNING, rules: defaultSettings });
	expect(answers.find(({ id }) => id === '4')?.words).toEqual(['语音备注 2 段']);
	const { kind, record, body } = await said();
	expect(body).toMatchObject({ voiceNotes: [first, second] });
	expect(JSON.stringify(body)).not.toContain('r-1');
	const plain = { ...JSON.parse(JSON.stringify(body)) };
	expect(world.says(people.member, { kind, record, body: plain }).verdict).toBe('accepted');
	expect(world.row<VisitRow>('v-1').voiceNotes).toEqual([first, second]);
});

test('without any nothing is said of voice notes, also from a draft of before they were asked', async () => {
	const { home, form, said } = await spoken();
	expect((await said()).body).not.toHaveProperty('voiceNotes');
	const { voiceNotes: _none, ...older } = form;
	const [visit] = await visitSaid(older, home, { now: MORNING, draftNo: async () => undefined });
	expect(visit?.body).not.toHaveProperty('voiceNotes');
	expect(isAllWell(older)).toBe(true);
});

test('whoever turns to 没人在家 afterwards is told that a voice note is left out', async () => {
	const { form, said } = await spoken(first);
	form.met = 'notHome';
	expect(leftOut(form)).toEqual(['语音备注 1 段']);
	expect((await said()).body).not.toHaveProperty('voiceNotes');
});

test('a refused visit brings its voice notes back to the form', async () => {
	const { home, said } = await spoken(first, second);
	const { kind, record, body } = await said();
	const item: AttentionItem = {
		entry: idFrom(1),
		commit: idFrom(1),
		kind,
		record,
		org: COMMUNITY,
		at: MORNING,
		verdict: 'refused',
		reason: 'no-duty',
		body: { ...body },
		row: null
	};
	const { voiceNotes } = mendedVisit(item, [item], home);
	expect(voiceNotes).toEqual({ kept: [first, second], recording: null });
});

test('a correction says the voice notes that are left, and nothing of them where none was touched', async () => {
	const { world, said } = await spoken(first, second);
	const { kind, record, body } = await said();
	world.says(people.member, { kind, record, body: { ...JSON.parse(JSON.stringify(body)) } });
	const row = world.row<VisitRow>('v-1');
	const base = correctingFrom(row);
	expect(correctedBody({ ...base, reason: '看看' }, base)).toBeNull();
	const form = { ...base, voiceNotes: { kept: [second], recording: null }, reason: '说错了' };
	expect(correctingErrors(row, form, MORNING + HOUR)).toEqual([]);
	const corrected = { voiceNotes: [second], reason: '说错了' };
	expect(correctedBody(form, base)).toEqual(corrected);
	const correction = { kind: 'visit.corrected.v1', record, body: corrected };
	expect(world.says(people.member, correction).verdict).toBe('accepted');
	expect(world.row<VisitRow>('v-1').voiceNotes).toEqual([second]);
});

test('history and additions name voice notes by their number', async () => {
	const { world, said } = await spoken(first);
	const { kind, record, body } = await said();
	world.says(people.member, { kind, record, body: { ...JSON.parse(JSON.stringify(body)) } });
	const added = { kind: 'visit.added.v1', record, body: { note: '补一句', voiceNotes: [second] } };
	expect(world.says(people.member, added).verdict).toBe('accepted');
	const [addition] = world.row<VisitRow>('v-1').additions ?? [];
	expect(addition && additionWords(addition)).toBe('补一句，语音备注 1 段');
	expect(fieldName('voiceNotes')).toBe('语音备注');
	const words = valueWords('voiceNotes', [first, second], { names: noNames, now: MORNING });
	expect(words).toBe('语音备注 2 段');
});
