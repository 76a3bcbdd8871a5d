/** Examples of what is said of a community's grids: one table, so each example says another. */
import { gridsRecord } from '#domain/grids.ts';
import type { Draft } from './device.ts';
import type { Example } from './examples-of-kinds.ts';
import { COMMUNITY } from './tell.ts';

export function divided(no: string, buildings: readonly string[] = ['3']): Draft {
	const grids = [{ no, ranges: [{ estate: '梧桐里小区', buildings }] }];
	return { kind: 'grids.divided.v1', record: gridsRecord(COMMUNITY), body: { grids } };
}

export const gridExamples: Readonly<Record<string, Example>> = {
	'grids.divided.v1': (_id, tag) => ({
		before: [['secretary', divided(`${tag}-before`)]],
		said: divided(tag)
	})
};
