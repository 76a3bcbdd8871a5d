/** What comes of visits at the demo's desks: looked over, one sent back; and a meeting in a courtyard. */
import { addDays, dayOf, startOfDay } from '#domain/calendar.ts';
import { RecordId } from '#domain/ids.ts';
import { DAY, MINUTE } from '#domain/spans.ts';
import { deskMoment } from './calendar.ts';
import { tell, type Scene, type Told } from './demands.ts';
import type { DemoPerson } from './people.ts';
import { meeting, returnedReason } from './visit-texts.ts';

/** Of the visits, how many the desk has looked over. */
const REVIEWED = 0.1;

/** The desk's look at a visit, some days later, where it came to that. */
export function tellReview(
	record: RecordId,
	by: DemoPerson,
	receivedAt: number,
	{ desk, until, chance }: Scene
): Told[] {
	const own = chance.fork(`review/${record}`);
	if (by.id === desk.secretary.id || !own.is(REVIEWED)) return [];
	const at = deskMoment(addDays(dayOf(receivedAt), own.int(1, 3)), own);
	if (at <= receivedAt + DAY / 2 || at >= until) return [];
	const about = { record, org: desk.org, by: desk.secretary.id };
	return [tell(at, { kind: 'visit.reviewed.v1', ...about, body: {} })];
}

/** Sent back to the member, who has not answered yet. */
export function tellReturn(record: RecordId, at: number, { desk }: Scene): Told {
	return tell(at, {
		kind: 'visit.returned.v1',
		record,
		org: desk.org,
		by: desk.secretary.id,
		body: { reason: returnedReason }
	});
}

/** 院落会: no door, a dozen neighbours, what they said. */
export function tellCourtyard(by: DemoPerson, { desk, until, chance }: Scene): Told {
	const own = chance.fork('courtyard');
	const startedAt = startOfDay(addDays(dayOf(until), -9)) + own.int(580, 640) * MINUTE;
	const endedAt = startedAt + 55 * MINUTE;
	return tell(endedAt + MINUTE, {
		kind: 'visit.recorded.v1',
		record: RecordId.parse(own.id(endedAt)),
		org: desk.org,
		by: by.id,
		body: { outcome: 'met', mode: 'courtyard', startedAt, endedAt, ...meeting, demands: [] }
	});
}
