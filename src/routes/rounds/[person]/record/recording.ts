/** 代录 from paper: what the form holds, what must be mended, and the one commit it says for who walked. */
import { dayOf } from '#domain/calendar.ts';
import type { PersonId, RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { VisitOutcome } from '#domain/kinds/visit.ts';
import type { DemandType } from '#domain/settings.ts';
import type { Utterance } from '#lib/app.ts';
import { titleOf } from '#lib/field/demand-title.ts';
import { isTime, typedMoment } from '#lib/field/typed-moment.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';

export interface Recording {
	household: RecordId | '';
	/** `YYYY-MM-DD` */
	day: string;
	/** 9:30 */
	time: string;
	outcome: VisitOutcome | undefined;
	interviewee: string;
	allWell: boolean;
	changes: string;
	demands: { text: string; type: DemandType }[];
	nextDueOn: string;
}

export function emptyRecording(household: RecordId | '', day: string): Recording {
	return {
		household,
		day,
		time: '',
		outcome: undefined,
		interviewee: '',
		allWell: false,
		changes: '',
		demands: [{ text: '', type: 'help' }],
		nextDueOn: ''
	};
}

const NAME_MAX = 40;
const TEXT_MAX = 1000;
const DEMAND_MAX = 10_000;

export function recordingErrors(form: Recording, now: number): readonly FieldError[] {
	const words = m.round.record;
	const isMet = form.outcome === 'met';
	const checks: readonly (readonly [string, boolean, string])[] = [
		['household', form.household === '', words.doorMissing],
		['day', form.day === '', words.dayMissing],
		['day', form.day > dayOf(now), words.dayFuture],
		['time', !isTime(form.time), words.timeWrong],
		[
			'time',
			form.day === dayOf(now) && (typedMoment(form.day, form.time) ?? 0) > now,
			words.dayFuture
		],
		['outcome', form.outcome === undefined, words.outcomeMissing],
		['interviewee', isMet && form.interviewee.trim() === '', words.intervieweeMissing],
		['interviewee', form.interviewee.trim().length > NAME_MAX, words.tooLong(NAME_MAX)],
		['changes', form.changes.trim().length > TEXT_MAX, words.tooLong(TEXT_MAX)],
		['nextDueOn', form.nextDueOn !== '' && form.nextDueOn < form.day, words.nextPast]
	];
	return [
		...checks.flatMap(([field, isWrong, message]) => (isWrong ? [{ field, message }] : [])),
		...form.demands.flatMap(({ text }, at) =>
			text.trim().length > DEMAND_MAX
				? [{ field: `demand-${at}`, message: words.demandTooLong }]
				: []
		)
	];
}

export interface Clerk {
	readonly visitor: PersonId;
	readonly home: Pick<HouseholdRow, 'record' | 'phone'>;
	readonly newRecord: () => RecordId;
	readonly draftNo: () => Promise<string>;
}

/** The visit and its demands, each said for the member who walked (J6). */
export async function recordingSays(
	form: Recording,
	{ visitor, home, newRecord, draftNo }: Clerk
): Promise<readonly Utterance[]> {
	const startedAt = typedMoment(form.day, form.time);
	if (startedAt === null) throw new Error('recording: said before it was checked');
	const visit = newRecord();
	const isMet = form.outcome === 'met';
	const interviewee = isMet ? form.interviewee.trim() : '';
	const demands = isMet
		? form.demands
				.map((each) => ({ ...each, text: each.text.trim(), record: newRecord() }))
				.filter(({ text }) => text !== '')
		: [];
	const says: Utterance[] = [
		{
			kind: 'visit.recorded.v1',
			record: visit,
			onBehalfOf: visitor,
			body: {
				household: home.record,
				outcome: form.outcome,
				mode: 'home',
				startedAt,
				...filled({ interviewee, changes: form.changes.trim(), nextDueOn: form.nextDueOn }),
				...(isMet && form.allWell && demands.length === 0 ? { allWell: true } : {}),
				draftNo: await draftNo(),
				demands: demands.map(({ record }) => record)
			}
		}
	];
	for (const { record, text, type } of demands)
		says.push({
			kind: 'demand.registered.v1',
			record,
			onBehalfOf: visitor,
			body: {
				title: titleOf(text),
				description: text,
				type,
				urgency: 'normal',
				channel: 'visit',
				household: home.record,
				visit,
				raisedAt: startedAt,
				...filled({ requester: interviewee, phone: home.phone ?? '' }),
				draftNo: await draftNo()
			}
		});
	return says;
}

function filled(fields: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}
