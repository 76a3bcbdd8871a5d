/** The register as runes: every door of the community, counted by building, and who looks after it. */
import { isLive } from '#domain/kinds/household-round.ts';
import type { App } from '#lib/app.ts';
import {
	byDoor,
	countDoors,
	estatesOf,
	type Building,
	type Door,
	type DoorCount,
	type Estate
} from './buildings.ts';
import { deskJobOf } from './desk-job.svelte.ts';
import { membersAmong, type Member } from './members.ts';
import { awayHere } from '#lib/people/away-here.svelte.ts';
import { live } from '#lib/rows/live.svelte.ts';
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
	readonly names: ReadonlyMap<string, string>;
	readonly phase: 'problem' | 'loading' | 'ready';
	building(at: string | null): Building | undefined;
	doorsIn(tab: Waiting): readonly Door[];
}

/** Call while a component is being made. */
export function register(app: App): Register {
	const { org } = myDuty(app);
	const job = deskJobOf(app);
	let last: readonly Door[] | null = null;
	// While thousands of doors are being written, what was read last is enough: each commit would read all anew.
	const all = live<readonly Door[]>(() => {
		const known = last;
		if (job.state.is === 'running' && known !== null) return async () => known;
		const whole = app.rows.all({ family: 'household', org });
		return async () => (last = await whole());
	}, []);
	const duties = live(() => app.rows.all({ family: 'duty', on: org, state: 'current' }), []);
	const away = awayHere(app);
	const residents = live(() => app.rows.count({ family: 'resident', state: 'here', org }), 0);
	const names = live(() => app.rows.names(), noNames);
	const inRegister = $derived(all.current.filter(({ row }) => isLive(row)));
	const estates = $derived(estatesOf(inRegister));
	const count = $derived(countDoors(inRegister));
	const members = $derived(
		membersAmong(
			duties.current.map(({ row }) => row),
			{ names: names.current, away: away.current, now: screenNow(app) }
		)
	);
	const phase = $derived.by(() => {
		if (all.error) return 'problem';
		return all.ready ? 'ready' : 'loading';
	});

	function building(at: string | null): Building | undefined {
		return estates.flatMap((each) => each.buildings).find((each) => each.at === at);
	}

	function doorsIn(tab: Waiting): readonly Door[] {
		return all.current.filter(({ row }) => isIn[tab](row)).sort(byDoor);
	}

	return {
		get all() {
			return all.current;
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
		get names() {
			return names.current;
		},
		get phase() {
			return phase;
		},
		building,
		doorsIn
	};
}

const isIn: Readonly<Record<Waiting, (row: Door['row']) => boolean>> = {
	unconfirmed: ({ state }) => state === 'unconfirmed',
	gaps: (row) => isLive(row) && row.linkedMember === undefined,
	out: (row) => !isLive(row)
};
