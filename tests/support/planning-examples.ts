/** Examples of what is said of a door, or a demand, that changes hands on a day to come. */
import type { Example } from './examples-of-kinds.ts';
import { accepted, DAY, demand, household, people } from './tell.ts';

const planned = () => ({
	member: people.secondMember,
	from: new Date(Date.now() + 3 * DAY).toISOString().slice(0, 10)
});

function onPlan(kind: string): Example {
	return (id) => {
		const record = id();
		const plan = { kind: 'household.link-planned.v1', record, body: planned() };
		return {
			before: [
				['secretary', household(record)],
				['secretary', plan]
			],
			said: { kind, record, body: {} }
		};
	};
}

function onDemand(kind: string, isPlanned: boolean): Example {
	return (id) => {
		const record = id();
		const { member: assignee, from } = planned();
		const plan = { kind: 'demand.reassign-planned.v1', record, body: { assignee, from } };
		return {
			before: [
				['own', demand(record)],
				['secretary', accepted(record)],
				...(isPlanned ? [['secretary', plan] as const] : [])
			],
			said: isPlanned ? { kind, record, body: {} } : plan
		};
	};
}

export const planningExamples: Readonly<Record<string, Example>> = {
	'household.link-planned.v1': (id) => {
		const record = id();
		return {
			before: [['secretary', household(record)]],
			said: { kind: 'household.link-planned.v1', record, body: planned() }
		};
	},
	'demand.reassign-planned.v1': onDemand('demand.reassign-planned.v1', false),
	'demand.reassign-begun.v1': onDemand('demand.reassign-begun.v1', true),
	'household.plan-dropped.v1': onPlan('household.plan-dropped.v1'),
	'household.link-begun.v1': onPlan('household.link-begun.v1')
};
