/** 网格 of the demo's larger communities: three buildings each, led by who works there; the last building waits for one. */
import { gridsRecord, type Grid } from '#domain/grids.ts';
import type { Utterance } from '../people/set-up-device.ts';
import type { Door } from './households.ts';
import type { Desk } from './people.ts';

const BUILDINGS = 3;
const sides = ['南片', '北片', '东片', '西片'] as const;

export function gridsEntry(doors: readonly Door[], desk: Desk): Utterance {
	const chiefs = [...desk.handlers, desk.secretary];
	const parts = desk.plan.estates.flatMap((estate, at, estates) => {
		const buildings = buildingsOf(doors, estate);
		const divided = at === estates.length - 1 ? buildings.slice(0, -1) : buildings;
		return chunks(divided).map((some, i) => ({ name: `${estate}${sides[i] ?? ''}`, estate, some }));
	});
	const grids = parts.map(({ name, estate, some }, i): Grid => {
		const chief = chiefs[i % chiefs.length];
		const ranges = [{ estate, buildings: [...some] }];
		return { no: `0${i + 1}`, name, ...(chief && { chief: chief.id }), ranges };
	});
	return {
		kind: 'grids.divided.v1',
		record: gridsRecord(desk.org),
		org: desk.org,
		by: desk.secretary.id,
		body: { grids }
	};
}

function buildingsOf(doors: readonly Door[], estate: string): readonly string[] {
	const found = new Set(
		doors.filter((door) => door.estate === estate).map((door) => door.building)
	);
	return [...found].sort((a, b) => Number(a) - Number(b));
}

function chunks(buildings: readonly string[]): readonly (readonly string[])[] {
	return Array.from({ length: Math.ceil(buildings.length / BUILDINGS) }, (_, i) =>
		buildings.slice(i * BUILDINGS, (i + 1) * BUILDINGS)
	);
}
