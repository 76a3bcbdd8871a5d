/** Examples of what is mended of a visit, a demand or a door after it was said by mistake. */
import type { Example } from './examples-of-kinds.ts';
import { demand, household, people, visit } from './tell.ts';

const reason = '登记有误';

/** Told by `own` of a door that the peer looks after. */
export const mendingExamples: Readonly<Record<string, Example>> = {
	'household.change-withdrawn.v1': (id) => {
		const [record, told] = [id(), id()];
		return {
			before: [
				['secretary', household(record, people.secondMember)],
				['own', { kind: 'household.changed.v1', record, id: told, body: { what: 'illness' } }]
			],
			said: { kind: 'household.change-withdrawn.v1', record, body: { told, reason } }
		};
	},
	'visit.addition-dropped.v1': (id) => {
		const [record, home, added] = [id(), id(), id()];
		return {
			before: [
				['secretary', household(home)],
				['own', visit(record, home)],
				['own', { kind: 'visit.added.v1', record, id: added, body: { note: '又想起一事' } }]
			],
			said: { kind: 'visit.addition-dropped.v1', record, body: { added, reason } }
		};
	}
};

export const examplesMended: Readonly<Record<string, Example>> = {
	'demand.corrected.v1 to another door': (id) => {
		const [record, wrong, right] = [id(), id(), id()];
		return {
			before: [
				['secretary', household(wrong)],
				['secretary', household(right)],
				['own', demand(record, { household: wrong })]
			],
			said: { kind: 'demand.corrected.v1', record, body: { household: right, reason } }
		};
	}
};
