/** One example of every kind there is: what must have been said before, and what is then said. */
import type { Draft } from './device.ts';
import { gridExamples } from './grid-examples.ts';
import { officeExamples } from './office-examples.ts';
import { mendingExamples } from './mending-examples.ts';
import { planningExamples } from './planning-examples.ts';
import { COMMUNITY, DAY, DISTRICT, people, SUBDISTRICT } from './tell.ts';

export interface Prepared {
	/** By the member who has it, the desk, its office, the district, or the founding; in order. */
	readonly before?: readonly (readonly [
		'own' | 'secretary' | 'officer' | 'district' | 'setUp',
		Draft
	])[];
	readonly said: Draft;
}

/** `id` draws a new record; the tag is another for every use. */
export type Example = (id: () => string, tag: string) => Prepared;

const reason = '登记有误';
const today = () => new Date(Date.now() + DAY / 3).toISOString().slice(0, 10);

function door(record: string, body: Record<string, unknown> = {}): Draft {
	const named = { estate: '梧桐里小区', building: '3', unit: '2', room: '501' };
	const linked = { linkedMember: people.member };
	return { kind: 'household.registered.v1', record, body: { ...named, ...linked, ...body } };
}

function onDoor(kind: string, body: Record<string, unknown>, ...more: readonly Draft[]): Example {
	return (id) => {
		const record = id();
		const told = more.map((draft) => ['secretary', { ...draft, record }] as const);
		return { before: [['secretary', door(record)], ...told], said: { kind, record, body } };
	};
}

function visit(record: string, household: string): Draft {
	const body = { household, outcome: 'met', mode: 'home', startedAt: Date.now(), demands: [] };
	return { kind: 'visit.recorded.v1', record, body };
}

function onVisit(kind: string, body: Record<string, unknown>): Example {
	return (id) => {
		const [record, home] = [id(), id()];
		return {
			before: [
				['secretary', door(home)],
				['own', visit(record, home)]
			],
			said: { kind, record, body }
		};
	};
}

function onNote(kind: string, body: Record<string, unknown>): Example {
	return (id) => {
		const [asked, record] = [id(), id()];
		const note = { demand: asked, text: '找物业' };
		return {
			before: [
				['own', demand(asked)],
				['secretary', { kind: 'handling.noted.v1', record, body: note }]
			],
			said: { kind, record, body }
		};
	};
}

function demand(record: string, body: Record<string, unknown> = {}): Draft {
	const told = { title: '楼道灯不亮', description: '坏了一周', type: 'help', urgency: 'normal' };
	return { kind: 'demand.registered.v1', record, body: { ...told, channel: 'visit', ...body } };
}

function deskKey(record: string): Draft {
	const publicKey = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) };
	return { kind: 'desk-key.published.v1', record, body: { publicKey } };
}

const acceptance = {
	category: 'lighting',
	type: 'help',
	urgency: 'normal',
	assignee: people.worker
};

function onDemand(kind: string, body: Record<string, unknown>, ...more: readonly Draft[]): Example {
	return (id) => {
		const record = id();
		const told = more.map((draft) => ['secretary', { ...draft, record }] as const);
		return { before: [['own', demand(record)], ...told], said: { kind, record, body } };
	};
}

const accepted: Draft = { kind: 'demand.accepted.v1', record: '', body: acceptance };

function resident(record: string, household: string): Draft {
	return { kind: 'resident.registered.v1', record, body: { household, name: '某居民' } };
}

function onResident(
	kind: string,
	body: Record<string, unknown>,
	...more: readonly Draft[]
): Example {
	return (id) => {
		const [record, home] = [id(), id()];
		const told = more.map((draft) => ['secretary', { ...draft, record }] as const);
		return {
			before: [['secretary', door(home)], ['secretary', resident(record, home)], ...told],
			said: { kind, record, body }
		};
	};
}

const card = (record: string): Draft => ({
	kind: 'person.registered.v1',
	record,
	body: { name: '某党员', home: COMMUNITY }
});
const duty = (record: string, person: string): Draft => ({
	kind: 'duty.assigned.v1',
	record,
	body: {
		person,
		displayName: '某党员',
		role: 'member',
		at: COMMUNITY,
		from: Date.now() - DAY
	}
});

function onCard(kind: string, body: Record<string, unknown>): Example {
	return (id) => {
		const record = id();
		return { before: [['setUp', card(record)]], said: { kind, record, body } };
	};
}

function onDuty(kind: string, body: () => Record<string, unknown>): Example {
	return (id) => {
		const [person, record] = [id(), id()];
		return {
			before: [
				['setUp', card(person)],
				['setUp', duty(record, person)]
			],
			said: { kind, record, body: body() }
		};
	};
}

/** A code nobody else has. */
function code(tag: string): string {
	const [kind = '', asker = ''] = tag.split('-');
	return `9901${kind.padStart(4, '0')}${asker.padStart(4, '0')}`;
}

/** Of the community itself, with what nobody said before. */
function onCommunity(kind: string, body: (no: string) => Draft['body']): Example {
	return (_id, tag) => ({ said: { kind, record: COMMUNITY, body: body(code(tag).slice(-4)) } });
}

function createdUnit(record: string): Draft {
	const body = { name: '新社区', level: 'community', parent: SUBDISTRICT };
	return { kind: 'organisation.created.v1', record, body };
}

function onUnit(kind: string, body: Record<string, unknown>): Example {
	return (_id, tag) => {
		const record = code(tag);
		return { before: [['setUp', createdUnit(record)]], said: { kind, record, body } };
	};
}

function settingsChange(tag: string, id?: string): Draft {
	const day = 1 + Number(tag.split('-')[1]);
	const month = id === undefined ? '02' : '03';
	const from = `2027-${month}-${String(day).padStart(2, '0')}`;
	const body = { from, values: { slipDays: 3 + day }, reason };
	return { kind: 'settings.changed.v1', record: 'settings', ...(id ? { id } : {}), body };
}

export const examples: Readonly<Record<string, Example>> = {
	...gridExamples,
	'household.registered.v1': (id) => ({ said: door(id(), { linkedMember: undefined }) }),
	'household.corrected.v1': onDoor('household.corrected.v1', { head: '改名', reason }),
	'household.corrected.v1 of its tier': onDoor('household.corrected.v1', { tier: 'high', reason }),
	'household.linked.v1': onDoor('household.linked.v1', {
		member: people.secondMember,
		from: Date.now()
	}),
	...planningExamples,
	...mendingExamples,
	'household.confirmed.v1': (id) => {
		const record = id();
		const found = door(record, { linkedMember: undefined });
		return {
			before: [['own', found]],
			said: { kind: 'household.confirmed.v1', record, body: {} }
		};
	},
	'household.changed.v1': onDoor('household.changed.v1', { what: 'illness' }),
	'household.postponed.v1': onDoor('household.postponed.v1', { until: today(), why: 'away' }),
	'household.lent.v1': onDoor('household.lent.v1', { to: people.secondMember, until: today() }),
	'household.lending-ended.v1': onDoor(
		'household.lending-ended.v1',
		{},
		{ kind: 'household.lent.v1', record: '', body: { to: people.worker, until: today() } }
	),
	'household.moved-out.v1': onDoor('household.moved-out.v1', { reason }),
	'household.returned.v1': onDoor(
		'household.returned.v1',
		{ reason },
		{ kind: 'household.moved-out.v1', record: '', body: { reason } }
	),
	'household.merged.v1': (id) => {
		const [record, into] = [id(), id()];
		return {
			before: [
				['secretary', door(record)],
				['secretary', door(into)]
			],
			said: { kind: 'household.merged.v1', record, body: { into } }
		};
	},
	'household.unmerged.v1': (id) => {
		const [record, into] = [id(), id()];
		return {
			before: [
				['secretary', door(record)],
				['secretary', door(into)],
				['secretary', { kind: 'household.merged.v1', record, body: { into } }]
			],
			said: { kind: 'household.unmerged.v1', record, body: { reason } }
		};
	},
	'household.split.v1': (id) => {
		const [record, into] = [id(), id()];
		return {
			before: [
				['secretary', door(record)],
				['secretary', door(into, { splitFrom: record })]
			],
			said: { kind: 'household.split.v1', record, body: { into } }
		};
	},
	'household.voided.v1': onDoor('household.voided.v1', { reason }),
	'household.restricted.v1': onDoor('household.restricted.v1', {}),

	'resident.registered.v1': (id) => {
		const home = id();
		return { before: [['secretary', door(home)]], said: resident(id(), home) };
	},
	'resident.corrected.v1': onResident('resident.corrected.v1', { name: '改名', reason }),
	'resident.moved.v1': (id) => {
		const [record, home, other] = [id(), id(), id()];
		return {
			before: [
				['secretary', door(home)],
				['secretary', door(other)],
				['secretary', resident(record, home)]
			],
			said: { kind: 'resident.moved.v1', record, body: { household: other } }
		};
	},
	'resident.left.v1': onResident('resident.left.v1', { why: 'married' }),
	'resident.returned.v1': onResident(
		'resident.returned.v1',
		{ reason },
		{ kind: 'resident.left.v1', record: '', body: { why: 'married' } }
	),
	'resident.voided.v1': onResident('resident.voided.v1', { reason }),

	'visit.recorded.v1': (id) => {
		const home = id();
		return { before: [['secretary', door(home)]], said: visit(id(), home) };
	},
	'visit.corrected.v1': onVisit('visit.corrected.v1', { changes: '另有一事', reason }),
	'visit.added.v1': onVisit('visit.added.v1', { note: '又想起一事' }),
	'visit.reviewed.v1': onVisit('visit.reviewed.v1', {}),
	'visit.returned.v1': onVisit('visit.returned.v1', { reason }),
	'visit.voided.v1': onVisit('visit.voided.v1', { reason }),
	'visit.restricted.v1': onVisit('visit.restricted.v1', {}),

	'demand.registered.v1': (id) => ({ said: demand(id()) }),
	'demand.accepted.v1': onDemand('demand.accepted.v1', acceptance),
	'demand.reassigned.v1': onDemand(
		'demand.reassigned.v1',
		{ assignee: people.secondMember },
		accepted
	),
	'demand.declined.v1': onDemand('demand.declined.v1', { code: 'judicial', reply: '已说明' }),
	'demand.merged.v1': (id) => {
		const [record, into] = [id(), id()];
		return {
			before: [
				['own', demand(record)],
				['own', demand(into)]
			],
			said: { kind: 'demand.merged.v1', record, body: { into } }
		};
	},
	'demand.unmerged.v1': (id) => {
		const [record, into] = [id(), id()];
		return {
			before: [
				['own', demand(record)],
				['own', demand(into)],
				['secretary', { kind: 'demand.merged.v1', record, body: { into } }]
			],
			said: { kind: 'demand.unmerged.v1', record, body: { reason } }
		};
	},
	'demand.handled.v1': onDemand(
		'demand.handled.v1',
		{ outcome: 'solved', reply: '修好' },
		accepted
	),
	...officeExamples,
	'demand.corrected.v1': onDemand('demand.corrected.v1', { title: '改题', reason }),
	'demand.withdrawn.v1': onDemand('demand.withdrawn.v1', { reason }),
	'demand.voided.v1': onDemand('demand.voided.v1', { reason }),
	'demand.restricted.v1': onDemand('demand.restricted.v1', {}),

	'handling.noted.v1': (id) => {
		const asked = id();
		return {
			before: [['own', demand(asked)]],
			said: { kind: 'handling.noted.v1', record: id(), body: { demand: asked, text: '找物业' } }
		};
	},
	'handling.corrected.v1': onNote('handling.corrected.v1', { text: '找了物业和电工', reason }),
	'handling.voided.v1': onNote('handling.voided.v1', { reason }),
	'handling.restricted.v1': onNote('handling.restricted.v1', {}),

	'draft.opened.v1': (id) => {
		const of = id();
		return {
			before: [['own', demand(of)]],
			said: { kind: 'draft.opened.v1', record: `reply-${of}`, body: { of } }
		};
	},

	'erasure.ordered.v1': (id) => {
		const of = id();
		const body = { of, at: COMMUNITY, entries: [1], ground: 'requested' };
		return {
			before: [['own', demand(of)]],
			said: { kind: 'erasure.ordered.v1', record: id(), body }
		};
	},

	'reveal.recorded.v1': (id) => {
		const of = id();
		return {
			before: [['own', demand(of)]],
			said: { kind: 'reveal.recorded.v1', record: id(), body: { of, field: 'phone' } }
		};
	},

	'desk-key.published.v1': (id) => ({ said: deskKey(id()) }),
	'desk-key.retired.v1': (id) => {
		const record = id();
		return {
			before: [['secretary', deskKey(record)]],
			said: { kind: 'desk-key.retired.v1', record, body: { reason } }
		};
	},

	'person.registered.v1': (id) => ({ said: card(id()) }),
	'person.corrected.v1': onCard('person.corrected.v1', { branch: '第二支部', reason }),
	'person.voided.v1': onCard('person.voided.v1', { reason }),
	'person.changed.v1': onCard('person.changed.v1', { state: 'suspended', reason }),
	'duty.assigned.v1': (id) => {
		const person = id();
		return { before: [['setUp', card(person)]], said: duty(id(), person) };
	},
	'duty.ended.v1': onDuty('duty.ended.v1', () => ({ to: Date.now(), reason })),
	'duty.voided.v1': onDuty('duty.voided.v1', () => ({ reason })),

	'organisation.created.v1': (_id, tag) => ({ said: createdUnit(code(tag)) }),
	'organisation.renamed.v1': onUnit('organisation.renamed.v1', { name: '改名社区' }),
	'organisation.phone-set.v1': onCommunity('organisation.phone-set.v1', (no) => ({
		phone: `0571-8800${no}`
	})),
	'organisation.described.v1': onCommunity('organisation.described.v1', (no) => ({
		secretary: `某${no}`
	})),
	'organisation.closed.v1': onUnit('organisation.closed.v1', { reason }),
	'settings.changed.v1': (_id, tag) => ({ said: settingsChange(tag) }),
	'settings.revoked.v1': (id, tag) => {
		const change = id();
		return {
			before: [['district', { ...settingsChange(tag, change), org: DISTRICT }]],
			said: { kind: 'settings.revoked.v1', record: 'settings', body: { change, reason } }
		};
	}
};
