/** A member's round as runes: the doors in their care, what is known of each, the rules in force. */
import type { PersonId } from '#domain/ids.ts';
import type { App } from '#lib/app.ts';
import { live } from '#lib/rows/live.svelte.ts';
import { screenNow } from '#lib/shell/clock.svelte.ts';
import { rulesInForce } from '#lib/shell/rules.svelte.ts';
import { dueList, type DueLine, type Round } from './due-list.ts';
import { doorsInCare, toldOfDoors } from './known-doors.ts';

interface Known extends Pick<Round, 'visits' | 'demands'> {
	/** How many doors it tells of. */
	readonly of: number;
}

export interface MyRound {
	readonly ready: boolean;
	readonly error: Error | null;
	readonly lines: readonly DueLine[];
}

/** The round of who is here. Call while a component is being made. */
export function myRound(app: App): MyRound {
	return roundOf(app, () => app.me.person);
}

/** The round of a member, on any device that holds their doors. Call while a component is being made. */
export function roundOf(app: App, whose: () => PersonId): MyRound {
	const households = live(() => doorsInCare(app.rows, whose()), []);
	const known = live<Known>(
		() => {
			const doors = households.current.map(({ row }) => row.record);
			const told = toldOfDoors(app.rows, doors);
			return async () => ({ ...(await told()), of: doors.length });
		},
		{ visits: [], demands: [], of: -1 }
	);
	const rules = rulesInForce(app);
	const lines = $derived(
		dueList({
			households: households.current,
			visits: known.current.visits,
			demands: known.current.demands,
			rules: rules.current,
			whose: whose(),
			now: screenNow(app)
		})
	);
	return {
		get ready() {
			// A round told before its visits are read would call every door never visited.
			const isKnown = known.ready && known.current.of === households.current.length;
			return households.ready && isKnown && rules.ready;
		},
		get error() {
			return households.error ?? known.error ?? rules.error;
		},
		get lines() {
			return lines;
		}
	};
}
