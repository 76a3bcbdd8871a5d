/** Examples of what is said of a door that changes hands on a day to come. */
import type { Example } from './examples-of-kinds.ts';
import { DAY, household, people } from './tell.ts';

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

export const planningExamples: Readonly<Record<string, Example>> = {
	'household.link-planned.v1': (id) => {
		const record = id();
		return {
			before: [['secretary', household(record)]],
			said: { kind: 'household.link-planned.v1', record, body: planned() }
		};
	},
	'household.plan-dropped.v1': onPlan('household.plan-dropped.v1'),
	'household.link-begun.v1': onPlan('household.link-begun.v1')
};
