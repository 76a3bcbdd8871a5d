/** What the page of the office shows, asked live: the list, its counts, the open demand, the communities. */
import type { OrgId, RecordId } from '#domain/ids.ts';
import { isOverdue, type DemandRow } from '#domain/kinds/demand.ts';
import type { App } from '#lib/app.ts';
import { live } from '#lib/rows/live.svelte.ts';
import type { Seen } from '#lib/rows/queries.ts';
import { screenNow } from '#lib/shell/clock.svelte.ts';
import { noNames, type Speaking } from '#lib/ui/record-words.ts';
import { listed, tabOf, type Asking, type Tab } from './listing.ts';

export interface Asked extends Asking {
	readonly record: RecordId | undefined;
}

export interface Escalated {
	readonly state: 'loading' | 'problem' | 'ready';
	readonly items: readonly Seen<DemandRow>[];
	readonly counts: Readonly<Record<Tab, number>>;
	readonly overdue: number;
	readonly selected: Seen<DemandRow> | null;
	readonly communities: readonly { readonly org: OrgId; readonly name: string }[];
	readonly speaking: Speaking;
	nameOf(org: OrgId): string | undefined;
}

/** Call while the page is being made; `asked` is read reactively. */
export function escalated(app: App, asked: () => Asked): Escalated {
	const org = $derived(app.me.duty?.org);
	const held = live(
		() => app.rows.all({ family: 'demand', state: ['escalatedSub', 'handled', 'voided'] }),
		[]
	);
	const units = live(() => app.rows.all({ family: 'organisation' }), []);
	const names = live(() => app.rows.names(), noNames);
	const ours = $derived(held.current.filter(({ row }) => row.office === org));
	const items = $derived(listed(ours, asked()));
	const selected = $derived.by(() => {
		const { record } = asked();
		if (record === undefined) return items[0] ?? null;
		return ours.find(({ row }) => row.record === record) ?? null;
	});
	const communities = $derived(
		units.current
			.filter(({ row }) => row.parent === org && row.state === 'active')
			.map(({ row }) => ({ org: row.org, name: row.name }))
	);
	const open = $derived(ours.filter(({ row }) => tabOf(row) === 'open'));
	const speaking = $derived<Speaking>({ names: names.current, now: screenNow(app) });

	return {
		get state() {
			if (held.error) return 'problem';
			return held.ready ? 'ready' : 'loading';
		},
		get items() {
			return items;
		},
		get counts() {
			return { open: open.length, done: ours.length - open.length };
		},
		get overdue() {
			return open.filter(({ row }) => isOverdue(row, speaking.now)).length;
		},
		get selected() {
			return selected;
		},
		get communities() {
			return communities;
		},
		get speaking() {
			return speaking;
		},
		nameOf: (unit) => units.current.find(({ row }) => row.org === unit)?.row.name
	};
}
