/** Who of the community can be made responsible, as this device knows them now. */
import type { App } from '#lib/app.ts';
import { awayHere } from '#lib/people/away-here.svelte.ts';
import { live } from '#lib/rows/live.svelte.ts';
import { screenNow } from '#lib/shell/clock.svelte.ts';
import { myDuty } from '#lib/shell/my-duty.ts';
import { assignees, type Assignee } from './accepting.ts';

export interface AssigneesHere {
	readonly current: readonly Assignee[];
	roleOf(person: string): Assignee['role'] | undefined;
}

/** Call while a component is being made. */
export function assigneesHere(app: App): AssigneesHere {
	const duties = live(() => app.rows.all({ family: 'duty', org: myDuty(app).org }), []);
	const away = awayHere(app);
	const people = $derived(
		assignees(
			duties.current.map(({ row }) => row),
			// Who stands at the screen can always take it.
			[...away.current].filter((person) => person !== app.me.person),
			screenNow(app)
		)
	);
	return {
		get current() {
			return people;
		},
		roleOf: (person) => people.find((each) => each.person === person)?.role
	};
}
