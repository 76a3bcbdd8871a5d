/** Examples of what is mended of a visit, a demand or a door after it was said by mistake. */
import type { Example } from './examples-of-kinds.ts';
import { demand, household } from './tell.ts';

const reason = '登记有误';

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
