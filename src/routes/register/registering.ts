/** 登记诉求 at the desk: what the form holds, what must be mended, and the one commit it says. */
import { dayOf, startOfDay } from '#domain/calendar.ts';
import type { PersonId, RecordId } from '#domain/ids.ts';
import type { Outcome } from '#domain/kinds/demand-answer.ts';
import type { Channel } from '#domain/kinds/demand.ts';
import type { Category, DemandType, Urgency } from '#domain/settings.ts';
import { m } from '#lib/i18n/index.ts';
import { guessCategory } from '#lib/office/category-lexicon.ts';
import type { FieldError } from '#lib/ui/field.ts';

export interface Registering {
	how: 'later' | 'onSpot';
	channel: Channel;
	sourceNo: string;
	/** `YYYY-MM-DD`, where it was raised before it was written down. */
	raisedOn: string;
	type: DemandType;
	urgency: Urgency;
	category: Category | '';
	title: string;
	description: string;
	household: RecordId | '';
	place: string;
	requester: string;
	phone: string;
	outcome: Outcome | undefined;
	reply: string;
}

export const emptyRegistering: Registering = {
	how: 'later',
	channel: 'walkIn',
	sourceNo: '',
	raisedOn: '',
	type: 'help',
	urgency: 'normal',
	category: '',
	title: '',
	description: '',
	household: '',
	place: '',
	requester: '',
	phone: '',
	outcome: undefined,
	reply: ''
};

/** Channels a desk writes down itself; a visit and an import have their own ways. */
export const deskChannels = [
	'walkIn',
	'phone',
	'wechat',
	'box',
	'patrol',
	'hotline',
	'petition',
	'assigned'
] as const satisfies readonly Channel[];

/** An order from outside carries its own number and day. */
export function isFromOutside(channel: Channel): boolean {
	return channel === 'hotline' || channel === 'petition' || channel === 'assigned';
}

/** A question or a proposal may be about no place at all; a household is a place. */
export function needsPlace({ type, household }: Registering): boolean {
	return household === '' && type !== 'consult' && type !== 'suggestion';
}

export function registeringErrors(form: Registering, now: number): readonly FieldError[] {
	const words = m.secretary.register;
	const lengths = m.secretary.correct;
	const { outcomeMissing, replyMissing, replyTooLong } = m.secretary.handle;
	const onSpot = form.how === 'onSpot';
	const checks: readonly (readonly [keyof Registering, boolean, string])[] = [
		['raisedOn', form.raisedOn !== '' && form.raisedOn > dayOf(now), words.raisedOnFuture],
		['title', form.title.trim() === '', words.titleMissing],
		['title', form.title.length > 200, lengths.titleTooLong],
		['description', form.description.trim() === '', words.descriptionMissing],
		['description', form.description.length > 10_000, lengths.descriptionTooLong],
		['place', needsPlace(form) && form.place.trim() === '', words.placeMissing],
		['place', form.place.length > 200, lengths.placeTooLong],
		['requester', form.requester.length > 60, lengths.requesterTooLong],
		['phone', form.phone.length > 40, lengths.phoneTooLong],
		['outcome', onSpot && form.outcome === undefined, outcomeMissing],
		['reply', onSpot && form.reply.trim() === '', replyMissing],
		['reply', onSpot && form.reply.length > 2000, replyTooLong]
	];
	return checks.flatMap(([field, isWrong, message]) => (isWrong ? [{ field, message }] : []));
}

export interface Registered {
	readonly record: RecordId;
	readonly person: PersonId;
	readonly draftNo: string;
	readonly now: number;
}

export interface Saying {
	readonly kind: string;
	readonly record: RecordId;
	readonly body: Record<string, unknown>;
}

/** One entry, or three in one commit for 当场办结. */
export function registeringSays(form: Registering, as: Registered): readonly Saying[] {
	const { record } = as;
	const registered = {
		kind: 'demand.registered.v1',
		record,
		body: registeredBody(form, as)
	};
	if (form.how === 'later') return [registered];
	const { type, urgency } = form;
	const category = form.category || guessCategory(`${form.title} ${form.description}`);
	return [
		registered,
		{
			kind: 'demand.accepted.v1',
			record,
			body: { category, type, urgency, assignee: as.person }
		},
		{
			kind: 'demand.handled.v1',
			record,
			body: { outcome: form.outcome, reply: form.reply.trim() }
		}
	];
}

function registeredBody(form: Registering, { draftNo, now }: Registered): Record<string, unknown> {
	const optional = {
		category: form.category,
		household: form.household,
		place: form.place.trim(),
		requester: form.requester.trim(),
		phone: form.phone.trim(),
		sourceNo: isFromOutside(form.channel) ? form.sourceNo.trim() : ''
	};
	const filled = Object.entries(optional).filter(([, value]) => value !== '');
	const raised = isFromOutside(form.channel) && form.raisedOn !== '';
	return {
		title: form.title.trim(),
		description: form.description,
		type: form.type,
		urgency: form.urgency,
		channel: form.channel,
		draftNo,
		...Object.fromEntries(filled),
		...(raised ? { raisedAt: raisedAt(form.raisedOn, now) } : {})
	};
}

/** Today is now; an earlier day counts from its first moment. */
function raisedAt(day: string, now: number): number {
	return day === dayOf(now) ? now : startOfDay(day);
}

/** What was registered, for the page that says so. */
export interface Saved {
	readonly title: string;
	readonly how: Registering['how'];
	readonly draftNo: string;
}
