/** The rows a roster is made of, kept current while a page shows it. */
import type { App } from '#lib/app.ts';
import type { ListedInvitation } from '#lib/device/door.ts';
import { live } from '#lib/rows/live.svelte.ts';
import { screenNow } from '#lib/shell/clock.svelte.ts';
import type { RosterSources } from './roster.ts';

export interface RosterHere {
	readonly ready: boolean;
	readonly sources: RosterSources;
}

/** Call while a component is being made; `invitations` is read anew whenever the sources are. */
export function rosterHere(
	app: App,
	invitations: () => readonly ListedInvitation[] | null = () => null
): RosterHere {
	const cards = live(() => app.rows.all({ family: 'person' }), []);
	const duties = live(() => app.rows.all({ family: 'duty', state: 'current' }), []);
	const organisations = live(() => app.rows.all({ family: 'organisation' }), []);
	return {
		get ready() {
			return cards.ready && duties.ready && organisations.ready;
		},
		get sources() {
			return {
				cards: cards.current.map(({ row }) => row),
				duties: duties.current.map(({ row }) => row),
				organisations: organisations.current.map(({ row }) => row),
				invitations: invitations(),
				own: app.me.duties,
				now: screenNow(app)
			};
		}
	};
}
