/** Ended duties through the door: what still counts, what goes to the desk, and what the desk says instead. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EntryId, RecordId } from '#domain/ids.ts';
import { isVisit, type VisitRow } from '#domain/kinds/visit.ts';
import { startDistrict, type District } from '../support/district.ts';
import { COMMUNITY, DAY, household, MORNING, people, visit } from '../support/tell.ts';

let now = MORNING;
let district: District;
const door = v7();

beforeAll(async () => {
	district = await startDistrict({ now: () => now });
	const { secretary } = district.devices;
	const { url } = district.relay;
	await secretary.says(url, household(door));
});
afterAll(() => district.end());

async function visitOf(record: string): Promise<VisitRow | null> {
	const row = await district.relay.store.row(RecordId.parse(record));
	return isVisit(row) ? row : null;
}

test('[J6] a visit is taken late for fourteen days, then refused for good, then adopted by the desk', async () => {
	const { member, secretary, secondMember } = district.devices;
	const { url } = district.relay;
	const [early, late, tooLate] = [v7(), v7(), v7()];
	const commits = [early, late, tooLate].map((record) => member.commit(visit(record, door)));
	const [first, second, third] = commits;
	if (!first || !second || !third) throw new Error('nothing was signed');
	expect((await member.handIn(url, [first]))[0]?.verdict).toBe('accepted');

	const ended = { to: now + 1, reason: '调离' };
	const record = `duty-${people.member}`;
	await secretary.says(url, { kind: 'duty.ended.v1', record, body: ended });
	now += 14 * DAY;
	// [O5] it may come by anybody's hand
	expect((await secondMember.handIn(url, [second]))[0]?.verdict).toBe('accepted');
	expect((await visitOf(early))?.late).toBeUndefined();
	expect((await visitOf(late))?.late).toBe(true);

	now += DAY;
	const [refused] = await secondMember.handIn(url, [third]);
	expect(refused).toMatchObject({
		verdict: 'refused',
		reason: 'duty-ended',
		action: 'hand-to-the-desk'
	});
	// [E2] the same text again gets the same answer
	expect(await secondMember.handIn(url, [third])).toEqual([refused]);

	const adopts = { entry: EntryId.parse(refused?.id), at: MORNING };
	const again = { ...visit(tooLate, door), onBehalfOf: people.member, adopts };
	expect((await secondMember.says(url, again))[0]?.verdict).toBe('refused');
	const [adopted] = await secretary.says(url, again);
	expect(adopted?.verdict).toBe('accepted');
	expect(adopted?.places.map(({ ledger }) => ledger.split('/').slice(0, 2).join('/'))).toEqual(
		expect.arrayContaining([`desk/${COMMUNITY}`, `member/${people.member}`])
	);
	expect(await visitOf(tooLate)).toMatchObject({
		visitor: people.member,
		createdBy: people.secretary
	});
	expect((await secretary.says(url, again))[0]).toMatchObject({
		verdict: 'noted',
		reason: 'already-exists'
	});
});
