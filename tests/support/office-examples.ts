/** Examples of what is said of a demand that was handed up to the office, or was handed back by it. */
import { OrgId } from '#domain/ids.ts';
import type { Draft } from './device.ts';
import type { Example, Prepared } from './examples-of-kinds.ts';
import { accepted, demand, DISTRICT, people, SUBDISTRICT } from './tell.ts';

/** An office beside the one of the stories; who asks of it founds it. */
export const OTHER_SUBDISTRICT = OrgId.parse('990102000000');
const reason = '超出社区权限';
const escalated = { office: SUBDISTRICT, reason };
const assignee = { assignee: people.officer };
const toAnother = { assignee: people.district };
const answer = { outcome: 'explained', reply: '已说明' };
const taken = { kind: 'demand.taken.v1', body: assignee };
const mended = { reply: '换了灯泡和开关', reason };
const handled = { kind: 'demand.handled.v1', body: answer };
const handedBack = { kind: 'demand.handed-back.v1', body: { reason } };

type Told = Omit<Draft, 'record'>;

function upTo(record: string): NonNullable<Prepared['before']> {
	return [
		['own', demand(record)],
		['secretary', accepted(record)]
	];
}

function handedUp(record: string, ...more: readonly Told[]): NonNullable<Prepared['before']> {
	return [
		...upTo(record),
		['secretary', { kind: 'demand.escalated.v1', record, body: escalated }],
		...more.map((draft) => ['officer', { ...draft, record }] as const)
	];
}

/** A demand that was handed up, and what the office said of it then. */
function atOffice(kind: string, body: Draft['body'], ...more: readonly Told[]): Example {
	return (id) => {
		const record = id();
		return { before: handedUp(record, ...more), said: { kind, record, body } };
	};
}

function goingUp(body: Draft['body']): Example {
	return (id) => {
		const record = id();
		return { before: upTo(record), said: { kind: 'demand.escalated.v1', record, body } };
	};
}

export const officeExamples: Readonly<Record<string, Example>> = {
	'demand.escalated.v1': goingUp(escalated),
	'demand.answer-corrected.v1': (id) => {
		const record = id();
		return {
			before: [...upTo(record), ['secretary', { ...handled, record }]],
			said: { kind: 'demand.answer-corrected.v1', record, body: mended }
		};
	},
	'demand.taken.v1': atOffice('demand.taken.v1', assignee),
	'demand.handed-back.v1': atOffice('demand.handed-back.v1', handedBack.body)
};

/** Kinds said of a demand where the office has it, or has handed it back: by what they are and where. */
export const examplesAtOffice: Readonly<Record<string, Example>> = {
	'demand.escalated.v1 to another office': goingUp({ ...escalated, office: OTHER_SUBDISTRICT }),
	'demand.escalated.v1 past the office': goingUp({ ...escalated, office: DISTRICT }),
	'demand.escalated.v1 handed back': atOffice('demand.escalated.v1', escalated, handedBack),
	'demand.taken.v1 handed back': atOffice('demand.taken.v1', assignee, handedBack),
	'demand.reassigned.v1 at the office': atOffice('demand.reassigned.v1', toAnother, taken),
	'demand.reassigned.v1 handed back': atOffice(
		'demand.reassigned.v1',
		toAnother,
		taken,
		handedBack
	),
	'demand.answer-corrected.v1 at the office': atOffice(
		'demand.answer-corrected.v1',
		mended,
		taken,
		handled
	),
	'demand.handled.v1 at the office': atOffice('demand.handled.v1', answer, taken),
	'demand.handled.v1 handed back': atOffice('demand.handled.v1', answer, taken, handedBack),
	'demand.corrected.v1 at the office': atOffice('demand.corrected.v1', { title: '改题', reason }),
	'demand.withdrawn.v1 at the office': atOffice('demand.withdrawn.v1', { reason }),
	'demand.voided.v1 at the office': atOffice('demand.voided.v1', { reason }),
	'demand.merged.v1 at the office': (id) => {
		const [record, into] = [id(), id()];
		return {
			before: [['own', demand(into)], ...handedUp(record)],
			said: { kind: 'demand.merged.v1', record, body: { into } }
		};
	},
	'reveal.recorded.v1 at the office': (id) => {
		const of = id();
		return {
			before: handedUp(of),
			said: { kind: 'reveal.recorded.v1', record: id(), body: { of, field: 'phone' } }
		};
	}
};
