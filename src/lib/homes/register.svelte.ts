/** The register as runes: every door of the community, counted by building, and who looks after it. */
import { gridsRecord, type Grid } from '#domain/grids.ts';
import type { GridsRow } from '#domain/kinds/grids.ts';
import type { RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { isLive } from '#domain/kinds/household-round.ts';
import { isDesk, isField } from '#domain/people.ts';
import type { App } from '#lib/app.ts';
import {
	byDoor,
	countDoors,
	doorsByRecord,
	estatesOf,
	gapOf,
	type Building,
	type Door,
	type DoorCount,
	type Estate
} from './buildings.ts';
import { deskJobOf } from './desk-job.svelte.ts';
import { membersAmong, type Member } from './members.ts';
import { awayHere } from '#lib/people/away-here.svelte.ts';
import { live } from '#lib/rows/live.svelte.ts';
import type { Seen } from '#lib/rows/queries.ts';
import { screenNow } from '#lib/shell/clock.svelte.ts';
import { myDuty } from '#lib/shell/my-duty.ts';
import { noNames } from '#lib/ui/record-words.ts';

/** Doors that are looked at apart: to be confirmed, without a member, out of the register. */
export type Waiting = 'unconfirmed' | 'gaps' | 'out';

export interface Register {
	/** Every door that this device holds, also those out of the register. */
	readonly all: readonly Door[];
	readonly estates: readonly Estate[];
	readonly count: DoorCount;
	/** People who live here, as far as they are registered. */
	readonly residents: number;
	readonly members: readonly Member[];
	/** Who can lead a grid: whoever has a duty here. */
	readonly chiefs: readonly Member[];
	/** 网格划分; null before the first. */
	readonly division: Seen<GridsRow> | null;
	readonly grids: readonly Grid[];
	readonly names: ReadonlyMap<string, string>;
	readonly phase: 'problem' | 'loading' | 'ready';
	building(at: string | null): Building | undefined;
	door(record: RecordId): Door | undefined;
	/** With what it says of who looks after it. */
	doorOf(seen: Seen<HouseholdRow>): Door;
	doorsIn(tab: Waiting): readonly Door[];
}

/** Call while a component is being made. */
export function register(app: App): Register {
	const { org } = myDuty(app);
	const job = deskJobOf(app);
	let last: readonly Seen<HouseholdRow>[] | null = null;
	// While thousands of doors are being written, what was read last is enough: each commit would read all anew.
	const held = live<readonly Seen<HouseholdRow>[]>(() => {
		const known = last;
		if (job.state.is === 'running' && known !== null) return async () => known;
		const whole = app.rows.all({ family: 'household', org });
		return async () => (last = await whole());
	}, []);
	const duties = live(() => app.rows.all({ family: 'duty', on: org, state: 'current' }), []);
	const away = awayHere(app);
	const residents = live(() => app.rows.count({ family: 'resident', state: 'here', org }), 0);
	const names = live(() => app.rows.names(), noNames);
	const division = live(() => app.rows.one('grids', gridsRecord(org)), null);
	const grids = $derived(division.current?.row.grids ?? []);
	const serving = $derived(duties.current.map(({ row }) => row));
	const known = $derived({ names: names.current, away: away.current, now: screenNow(app) });
	const members = $derived(membersAmong(serving, known));
	const chiefs = $derived(
		membersAmong(serving, { ...known, is: (role) => isDesk(role) || isField(role) })
	);
	// As one text: a clock that goes on changes nobody, and the doors are not counted anew for it.
	const memberIds = $derived(members.map(({ person }) => person).join(' '));
	const inService = $derived(memberIds.split(' '));
	const all = $derived(held.current.map(doorOf));
	const byRecord = $derived(doorsByRecord(all));
	const inRegister = $derived(all.filter(({ row }) => isLive(row)));
	const estates = $derived(estatesOf(inRegister));
	const count = $derived(countDoors(inRegister));
	const phase = $derived.by(() => {
		if (held.error) return 'problem';
		return held.ready && duties.ready ? 'ready' : 'loading';
	});

	/** Until it is known who serves, a member who was given a door has it. */
	function doorOf(seen: Seen<HouseholdRow>): Door {
		const gap = gapOf(seen.row, inService);
		return { ...seen, gap: gap === 'left' && !duties.ready ? null : gap };
	}

	function building(at: string | null): Building | undefined {
		return estates.flatMap((each) => each.buildings).find((each) => each.at === at);
	}

	function doorsIn(tab: Waiting): readonly Door[] {
		return all.filter((door) => isIn[tab](door)).sort(byDoor);
	}

	return {
		get all() {
			return all;
		},
		get estates() {
			return estates;
		},
		get count() {
			return count;
		},
		get residents() {
			return residents.current;
		},
		get members() {
			return members;
		},
		get chiefs() {
			return chiefs;
		},
		get division() {
			return division.current;
		},
		get grids() {
			return grids;
		},
		get names() {
			return names.current;
		},
		get phase() {
			return phase;
		},
		building,
		door: (record) => byRecord.get(record),
		doorOf,
		doorsIn
	};
}

const isIn: Readonly<Record<Waiting, (door: Door) => boolean>> = {
	unconfirmed: ({ row }) => row.state === 'unconfirmed',
	gaps: ({ gap }) => gap !== null,
	out: ({ row }) => !isLive(row)
};
