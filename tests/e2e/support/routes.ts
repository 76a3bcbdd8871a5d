/** The routes of the app, read from its sources, so that none is forgotten. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../src/routes');

/** Like `/visit/[record]`, in order. */
export function appRoutes(): readonly string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((path) => `/${path.replaceAll('\\', '/')}`)
		.filter((path) => path.endsWith('/+page.svelte'))
		.map((path) => path.slice(0, -'/+page.svelte'.length) || '/')
		.sort();
}
