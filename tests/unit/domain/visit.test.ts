/** Visits: who may say what of whose visit, a meeting without a door, and how a visit is looked over. */
import { expect, test } from 'vitest';
import type { PersonId } from '#domain/ids.ts';
import { mediaNamed } from '#domain/kinds/index.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import {
	isOutOfReach,
	mediaOfVisit,
	visit as visitFamily,
	type VisitRow
} from '#domain/kinds/visit.ts';
import { m } from '#lib/i18n/index.ts';
import { visitStatuses } from '#lib/ui/visit-words.ts';
import { foundedWorld, household, idFrom, people, visit, type Said } from '../../support/tell.ts';

const PHOTO = 'a'.repeat(64);
const OTHER_PHOTO = 'b'.repeat(64);
const SIGNATURE = 'c'.repeat(64);
const NOTE = { sha256: 'd'.repeat(64), seconds: 41 };
const OTHER_NOTE = { sha256: 'e'.repeat(64), seconds: 120 };

function told(by: PersonId = people.member, body: Record<string, unknown> = {}) {
	const world = foundedWorld();
	world.says(people.secretary, household('door'));
	expect(world.says(by, visit('v-1', 'door', body))).toMatchObject({ verdict: 'accepted' });
	const row = () => world.row<VisitRow>('v-1');
	const say = (who: PersonId, kind: string, said: Record<string, unknown>) =>
		world.says(who, { kind: `visit.${kind}.v1`, record: 'v-1', body: said });
	return { world, row, say };
}

const bodies: Readonly<Record<string, Record<string, unknown>>> = {
	corrected: { changes: '换了电话', reason: '漏写' },
	added: { note: '女儿回来了' },
	reviewed: {},
	returned: { reason: '没写见到谁' },
	voided: { reason: '记了两遍' }
};
const may: Readonly<Record<string, readonly (keyof typeof people)[]>> = {
	corrected: ['member', 'secretary', 'worker'],
	added: ['member'],
	reviewed: ['secretary', 'worker'],
	returned: ['secretary', 'worker'],
	voided: ['member', 'secretary', 'worker']
};
const everybody = [
	'member',
	'secondMember',
	'secretary',
	'worker',
	'stranger',
	'officer',
	'district'
];

test.each(
	Object.keys(bodies).flatMap((kind) =>
		everybody.map((who) => [kind, who, may[kind]?.some((each) => each === who) ?? false] as const)
	)
)("visit.%s by the %s of a member's visit: %s", (kind, who, isAllowed) => {
	const { say } = told();
	const person = Object.entries(people).find(([name]) => name === who)?.[1] ?? people.member;
	expect(say(person, kind, bodies[kind] ?? {}).verdict).toBe(isAllowed ? 'accepted' : 'refused');
});

test.each(['reviewed', 'returned'])('nobody has their own visit %s', (kind) => {
	const { say } = told(people.worker);
	expect(say(people.worker, kind, bodies[kind] ?? {})).toMatchObject({ reason: 'not-allowed' });
	expect(say(people.secretary, kind, bodies[kind] ?? {}).verdict).toBe('accepted');
});

test('a returned visit is done again once its visitor has answered', () => {
	const { row, say } = told();
	say(people.secretary, 'returned', { reason: '没写见到谁' });
	expect(row()).toMatchObject({ state: 'returned', returnedReason: '没写见到谁' });
	expect(say(people.secretary, 'returned', { reason: '再说一次' })).toMatchObject({
		verdict: 'noted',
		reason: 'nothing-changed'
	});
	say(people.member, 'corrected', { interviewee: '陈桂香', reason: '补上' });
	expect(row()).toMatchObject({ state: 'done', interviewee: '陈桂香' });
	expect(row().returnedReason).toBeUndefined();

	say(people.secretary, 'reviewed', {});
	expect(row()).toMatchObject({ state: 'reviewed', reviewedBy: people.secretary });
	say(people.worker, 'corrected', { size: 2, reason: '数错了' });
	expect(row().state).toBe('reviewed');
	say(people.member, 'added', { note: '补一句' });
	expect(row()).toMatchObject({ state: 'done', additions: [{ by: people.member, photos: 0 }] });
});

test('[A1] a visit whose door went to somebody else is out of its visitor’s reach, and the desk corrects it', () => {
	const { world, row, say } = told();
	const home = () => world.row<HouseholdRow>('door');
	const links = (member: PersonId) => {
		world.now += 1;
		return world.says(people.secretary, {
			kind: 'household.linked.v1',
			record: 'door',
			body: { member, from: 0 }
		});
	};
	links(people.member);
	expect(isOutOfReach(row(), home())).toBe(false);
	expect(say(people.secretary, 'returned', { reason: '没写见到谁' }).verdict).toBe('accepted');
	links(people.secondMember);
	expect(isOutOfReach(row(), home())).toBe(true);
	expect(visitStatuses({ row: row(), pending: false }, home()).map(({ words }) => words)).toContain(
		m.visit.review.ours
	);
	const said = { interviewee: '女儿', reason: '补上见到的人' };
	expect(say(people.secretary, 'corrected', said).verdict).toBe('accepted');
	expect(row()).toMatchObject({ state: 'done', interviewee: '女儿' });
});

test('核实无误 by mistake: the desk sends the visit back all the same, and it is reviewed no more', () => {
	const { row, say } = told();
	say(people.secretary, 'reviewed', {});
	expect(say(people.member, 'returned', { reason: '再看看' }).verdict).toBe('refused');
	expect(say(people.worker, 'returned', { reason: '没写见到谁' }).verdict).toBe('accepted');
	expect(row()).toMatchObject({ state: 'returned', returnedReason: '没写见到谁' });
	expect(row().reviewedBy ?? row().reviewedAt).toBeUndefined();
	say(people.secretary, 'reviewed', {});
	expect(row()).toMatchObject({ state: 'reviewed', returnedReason: undefined });
	say(people.secretary, 'voided', { reason: '记了两遍' });
	expect(say(people.worker, 'returned', { reason: '晚了' })).toMatchObject({
		verdict: 'noted',
		reason: 'illegal-transition'
	});
});

test('an addition joins the photos and changes nothing that stands', () => {
	const { row, say } = told(people.member, { photos: [{ sha256: PHOTO }], changes: '摔了一跤' });
	say(people.member, 'added', { photos: [{ sha256: OTHER_PHOTO, caption: '楼道' }] });
	expect(row().changes).toBe('摔了一跤');
	expect(mediaOfVisit(row())).toEqual([PHOTO, OTHER_PHOTO]);
	expect(say(people.member, 'added', {})).toMatchObject({ reason: 'malformed' });
});

test('an addition that was a mistake is struck out with what came with it, and nothing else', () => {
	const { world, row, say } = told(people.member, { photos: [{ sha256: PHOTO }] });
	const [first, second, never] = [1, 2, 3].map((n) => idFrom(1_000_000 + n));
	const adds = (id: string | undefined, body: Record<string, unknown>) =>
		world.says(people.member, { kind: 'visit.added.v1', record: 'v-1', id, body });
	adds(first, { note: '写错了户', photos: [{ sha256: OTHER_PHOTO }], voiceNotes: [NOTE] });
	adds(second, { note: '女儿回来了', voiceNotes: [OTHER_NOTE] });
	say(people.secretary, 'reviewed', {});
	const drops = (who: PersonId, added: string | undefined) =>
		say(who, 'addition-dropped', { added, reason: '写错了' });
	expect(drops(people.secondMember, first).verdict).toBe('refused');
	expect(drops(people.worker, never)).toMatchObject({ reason: 'contradiction' });
	expect(drops(people.worker, first).verdict).toBe('accepted');
	expect(row()).toMatchObject({ state: 'reviewed', photos: [{ sha256: PHOTO }] });
	expect(row().additions?.map(({ note, droppedWhy }) => [note, droppedWhy])).toEqual([
		['写错了户', '写错了'],
		['女儿回来了', undefined]
	]);
	expect(mediaOfVisit(row())).toEqual([PHOTO, OTHER_NOTE.sha256]);
	expect(drops(people.worker, first)).toMatchObject({ reason: 'nothing-changed' });
	expect(drops(people.member, second).verdict).toBe('accepted');
	expect(row()).toMatchObject({ state: 'done', voiceNotes: [] });
});

test('voice notes are told, added and taken off; no figure holds anything of them', () => {
	const { row, say } = told(people.member, { voiceNotes: [NOTE] });
	say(people.member, 'added', { voiceNotes: [OTHER_NOTE] });
	expect(row()).toMatchObject({
		voiceNotes: [NOTE, OTHER_NOTE],
		additions: [{ by: people.member, photos: 0, voiceNotes: 1 }]
	});
	expect(JSON.stringify(visitFamily.fact?.(row()))).not.toMatch(/voice|dddd/);
	say(people.member, 'corrected', { voiceNotes: [OTHER_NOTE], reason: '说错了门' });
	expect(mediaOfVisit(row())).toEqual([OTHER_NOTE.sha256]);
	say(people.secretary, 'corrected', { voiceNotes: [], reason: '有别人的声音' });
	expect(mediaOfVisit(row())).toEqual([]);
});

const noteOf = (n: number) => ({ sha256: String(n).repeat(64), seconds: 1 });

test.each([
	['no length', [{ ...NOTE, seconds: 0 }]],
	['a length of more than two minutes', [{ ...NOTE, seconds: 121 }]],
	['half a second', [{ ...NOTE, seconds: 1.5 }]],
	['words', [{ ...NOTE, caption: '楼道' }]],
	['no name', [{ seconds: 3 }]],
	['a fourth', [1, 2, 3, 4].map(noteOf)]
])('a voice note with %s is malformed', (_what, voiceNotes) => {
	const { world, say } = told();
	expect(world.says(people.member, visit('v-2', 'door', { voiceNotes }))).toMatchObject({
		reason: 'malformed'
	});
	expect(say(people.member, 'added', { voiceNotes })).toMatchObject({ reason: 'malformed' });
});

test('a visit keeps six voice notes: three that were told, three that were added', () => {
	const { row, say } = told(people.member, { voiceNotes: [1, 2, 3].map(noteOf) });
	say(people.member, 'added', { voiceNotes: [4, 5, 6].map(noteOf) });
	expect(say(people.member, 'added', { voiceNotes: [noteOf(7)] })).toMatchObject({
		verdict: 'noted',
		reason: 'too-large'
	});
	expect(row().voiceNotes).toHaveLength(6);
});

test('a correction may name another door, and take back what was signed by mistake', () => {
	const { world, row, say } = told(people.member, { intervieweeSignature: SIGNATURE });
	world.says(people.secretary, { ...household('door-2'), record: 'door-2' });
	expect(say(people.member, 'corrected', { household: 'nowhere', reason: '走错' })).toMatchObject({
		reason: 'no-such-reference'
	});
	say(people.member, 'corrected', {
		household: 'door-2',
		intervieweeSignature: null,
		reason: '写错了门'
	});
	expect(row()).toMatchObject({ household: 'door-2' });
	expect(mediaOfVisit(row())).toEqual([]);
});

test('only a meeting has no door, and it says where it was', () => {
	const { world } = told();
	const meeting = (body: Record<string, unknown>): Said => {
		const said = visit('v-2', 'door', { mode: 'courtyard', place: '3栋凉亭', ...body });
		const { household: _door, ...rest } = said.body;
		return { ...said, body: rest };
	};
	expect(world.says(people.member, meeting({ mode: 'home' }))).toMatchObject({
		reason: 'malformed'
	});
	expect(world.says(people.member, meeting({ place: undefined }))).toMatchObject({
		reason: 'malformed'
	});
	for (const mode of ['phone', 'video'])
		expect(world.says(people.member, meeting({ mode }))).toMatchObject({ reason: 'malformed' });
	expect(world.says(people.member, meeting({ attendance: 12 })).verdict).toBe('accepted');
	expect(world.row<VisitRow>('v-2')).toMatchObject({ place: '3栋凉亭', attendance: 12 });
	expect(world.says(people.officer, meeting({}))).toMatchObject({ verdict: 'refused' });
});

test('every way of a visit is told: by video, around a table, with a note, signed on paper', () => {
	const { world, row, say } = told(people.member, { mode: 'video', note: '画面不清楚' });
	expect(row()).toMatchObject({ mode: 'video', note: '画面不清楚' });
	say(people.member, 'corrected', { note: '', mode: 'talk', reason: '写错了' });
	expect(row()).toMatchObject({ mode: 'talk', note: '' });
	const around = visit('v-2', 'door', { mode: 'talk', place: '活动室', signedOnPaper: true });
	const { household: _door, ...body } = around.body;
	expect(world.says(people.member, { ...around, body }).verdict).toBe('accepted');
	expect(world.row<VisitRow>('v-2')).toMatchObject({ place: '活动室', signedOnPaper: true });
});

test('where a visit was is kept no finer than a hundred metres', () => {
	const location = { lat: 30.123, lng: 114.301, accuracy: 20, datum: 'WGS-84' };
	const { world } = told(people.member, { location });
	const finer = visit('v-3', 'door', { location: { ...location, lat: 30.12345 } });
	expect(world.says(people.member, finer)).toMatchObject({ reason: 'malformed' });
});

test('an entry names its photos, voice notes and signatures, a later one those it adds', () => {
	const world = foundedWorld();
	const named = (said: Said) => mediaNamed(world.entry(people.member, said));
	expect(
		named(
			visit('v-1', 'door', {
				photos: [{ sha256: PHOTO }, { sha256: OTHER_PHOTO, caption: '楼道' }],
				voiceNotes: [NOTE],
				visitorSignature: SIGNATURE
			})
		)
	).toEqual([PHOTO, OTHER_PHOTO, NOTE.sha256, SIGNATURE]);
	expect(named(visit('v-1', 'door'))).toEqual([]);
	expect(named(household('door'))).toEqual([]);
});
