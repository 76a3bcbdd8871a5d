/** Who can be given nothing now, as this device knows the roster, as a rune. */
import type { PersonId } from '#domain/ids.ts';
import type { App } from '#lib/app.ts';
import { live } from '#lib/rows/live.svelte.ts';
import { awayAmong } from './away.ts';

/** Call while a component is being made. */
export function awayHere(app: App): { readonly current: ReadonlySet<PersonId> } {
	const cards = live(() => app.rows.all({ family: 'person' }), []);
	const away = $derived(awayAmong(cards.current.map(({ row }) => row)));
	return {
		get current() {
			return away;
		}
	};
}
