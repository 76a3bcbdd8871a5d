/** Walks through all demands of a community once, page by page, for the imports among them. */
import type { App } from '#lib/app.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import { pastImports, type PastImport } from '#lib/office/demand-import.ts';
import type { Cursor } from '#lib/rows/queries.ts';

const PAGE = 500;

export async function importsHere(app: App): Promise<readonly PastImport[]> {
	const org = app.me.duty?.org;
	if (org === undefined) return [];
	const found: DemandRow[] = [];
	let from: Cursor | undefined;
	for (;;) {
		const page = await app.rows.page({ family: 'demand', org, from, limit: PAGE })();
		found.push(...page.items.map(({ row }) => row).filter((row) => row.importId !== undefined));
		if (page.next === null) return pastImports(found);
		from = page.next;
	}
}
