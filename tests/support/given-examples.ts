/** Examples of what is said of a demand that was given to a member, or that a member has no more. */
import type { Draft } from './device.ts';
import type { Example } from './examples-of-kinds.ts';
import { accepted, demand, people, SUBDISTRICT } from './tell.ts';

const reason = '超出社区权限';
const handled = { outcome: 'solved', reply: '换了灯泡' };
const toPeer = { assignee: people.secondMember };

/** Given to the peer of whoever raised it, and what the desk said of it then. */
function given(
	kind: string,
	body: Draft['body'],
	...more: readonly Omit<Draft, 'record'>[]
): Example {
	return (id) => {
		const record = id();
		const told = more.map((draft) => ['secretary', { ...draft, record }] as const);
		return {
			before: [['own', demand(record)], ['secretary', accepted(record, toPeer)], ...told],
			said: { kind, record, body }
		};
	};
}

export const examplesGiven: Readonly<Record<string, Example>> = {
	'demand.handled.v1 given to the peer': given('demand.handled.v1', handled),
	'demand.reassigned.v1 given to the peer': given('demand.reassigned.v1', {
		assignee: people.member
	}),
	'demand.corrected.v1 given to the peer': given('demand.corrected.v1', { title: '改题', reason }),
	'demand.escalated.v1 given to the peer': given('demand.escalated.v1', {
		office: SUBDISTRICT,
		reason
	}),
	'demand.handled.v1 given on': given('demand.handled.v1', handled, {
		kind: 'demand.reassigned.v1',
		body: { assignee: people.worker }
	}),
	'demand.handled.v1 given and handed up': given('demand.handled.v1', handled, {
		kind: 'demand.escalated.v1',
		body: { office: SUBDISTRICT, reason }
	})
};
