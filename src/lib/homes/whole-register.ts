/** All of a family's rows of the community, page by page: a register is larger than any list on a screen. */
import type { App } from '#lib/app.ts';
import type { Cursor } from '#lib/rows/queries.ts';
import type { RowOf } from '#lib/rows/row-of.ts';

const PAGE = 1_000;

export async function wholeFamily<F extends 'household' | 'resident'>(
	app: Pick<App, 'rows' | 'me'>,
	family: F
): Promise<readonly RowOf<F>[]> {
	const org = app.me.duty?.org;
	if (org === undefined) return [];
	const found: RowOf<F>[] = [];
	let from: Cursor | undefined;
	for (;;) {
		const page = await app.rows.page({ family, org, from, limit: PAGE })();
		for (const { row } of page.items) found.push(row);
		if (page.next === null) return found;
		from = page.next;
	}
}
