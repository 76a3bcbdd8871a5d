// The habits of this repository, checked: who may import whom, sizes, languages, laws with tests.
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import {
	foreignText,
	importsOf,
	namesOfTests,
	ownWords,
	resolveImport,
	sourceFiles,
	type Source
} from '../support/source-files.ts';

/** The table of imports: for each zone the targets that it may name, some only in certain folders. */
const mayImport: Record<string, Record<string, readonly string[]>> = {
	'src/domain': { domain: ['/'], zod: ['/'] },
	'src/lib': {
		domain: ['/'],
		lib: ['/'],
		zod: ['/'],
		yjs: ['/sync/', '/drafts/'],
		dexie: ['/rows/', '/outbox/', '/device/', '/drafts/', '/media/'],
		svelte: ['/'],
		file: ['/office/'],
		uuid: ['/'],
		qr: ['/'],
		pinyin: ['/rows/'],
		ink: ['/visits/']
	},
	'src/routes': { domain: ['/'], lib: ['/'], routes: ['/'], zod: ['/'], svelte: ['/'] },
	'sync-server': {
		domain: ['/'],
		'sync-server': ['/'],
		zod: ['/'],
		yjs: ['/'],
		server: ['/'],
		file: ['/'],
		uuid: ['/'],
		qr: ['/']
	}
};

/** Every package that our code names, and what it counts as; one that is missing here is refused. */
const packages: readonly (readonly [RegExp, string])[] = [
	[/^zod(\/|$)/, 'zod'],
	[/^(yjs|lib0|y-protocols|y-websocket|y-indexeddb)(\/|$)/, 'yjs'],
	[/^dexie$/, 'dexie'],
	[/^(svelte(\/|$)|\$app\/|\$service-worker$|virtual:pwa-|@lucide\/svelte(\/|$))/, 'svelte'],
	[/^(node:|hono(\/|$)|@hono\/|ws$|pg$|pino$|prom-client$|rate-limiter-flexible$)/, 'server'],
	[/^(fflate|read-excel-file|write-excel-file|papaparse)(\/|$)/, 'file'],
	[/^uuid$/, 'uuid'],
	[/^uqr$/, 'qr'],
	[/^pinyin-pro$/, 'pinyin'],
	[/^signature_pad$/, 'ink']
];

const laws = [
	...['E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7'],
	...['J1', 'J2', 'J3', 'J4', 'J5', 'J6', 'J7'],
	...['L1', 'L2', 'L3'],
	...['A1', 'A2', 'A3', 'A4', 'A5'],
	...['F1', 'F2', 'F3', 'F4', 'F5'],
	...['O1', 'O2', 'O3', 'O4', 'O5'],
	...['D1', 'D2'],
	...['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9']
];

/** Laws without a feature when this test was first written; no other may ever wait for one. */
const laterAtFirst = ['J5', 'J6', 'A4', 'A5', 'O5', 'R2', 'R6', 'R8'];
/** Laws whose features are not built yet. This list may only shrink. */
const later = ['J5'];

const code = sourceFiles(['src', 'sync-server']);
const tests = sourceFiles(['tests']);

test('the import table holds', () => {
	expect(code.flatMap(forbiddenImports)).toEqual([]);
});

test('the import table refuses what it should', () => {
	const tried = (path: string, text: string): number => forbiddenImports({ path, text }).length;
	expect(tried('src/domain/a.ts', `import 'yjs'; import { b } from '#lib/b.ts';`)).toBe(2);
	expect(tried('src/lib/rows/a.ts', `import Dexie from 'dexie'; await import('yjs');`)).toBe(1);
	expect(
		tried('src/lib/ui/a.ts', `new Worker(new URL('../../../tests/a.ts', import.meta.url))`)
	).toBe(1);
	expect(tried('src/routes/visits/a.ts', `export { b } from '../demands/b.ts';`)).toBe(1);
	expect(tried('src/routes/visits/a.ts', `import type { b } from './parts/b.ts';`)).toBe(0);
	expect(tried('src/routes/+page.svelte', `<script>import ws from 'ws';</script>`)).toBe(1);
	expect(
		tried('sync-server/a.ts', `import '#lib/a.ts'; import 'left-pad'; import 'node:fs';`)
	).toBe(2);
});

test('no two files import each other, however long the way round', () => {
	expect(cycleIn(code)).toEqual([]);
	const first = { path: 'src/domain/a.ts', text: `import { b } from './b.ts';` };
	const second = { path: 'src/domain/b.ts', text: `import { a } from '#domain/a.ts';` };
	expect(cycleIn([first, second])).toHaveLength(3);
});

test('no file is longer than 400 lines, catalogues excepted', () => {
	const tooLong = [...code, ...tests]
		.filter(
			({ path }) => /\.(ts|js|mjs|svelte|css)$/.test(path) && !path.startsWith('src/lib/i18n/')
		)
		.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
		.filter(({ lines }) => lines > 400);
	expect(tooLong).toEqual([]);
});

test('Chinese stands only in comments, catalogues, lexicons and demo data', () => {
	const mayHoldChinese =
		/^src\/lib\/i18n\/|^sync-server\/demo\/|(^|\/)[^/]*lexicon[^/]*\.(ts|json)$/;
	const found = code
		.filter(({ path }) => !mayHoldChinese.test(path))
		.flatMap((source) => foreignText(source).map((text) => `${source.path}: ${text}`));
	expect(found).toEqual([]);
	const chinese = '\u8d70\u8bbf';
	expect(
		foreignText({ path: 'a.ts', text: `// ${chinese}\nf('${chinese}', \`\${x}${chinese}\`)` })
	).toHaveLength(2);
	expect(
		foreignText({ path: 'a.svelte', text: `<!-- ${chinese} --><p>${chinese}</p>` })
	).toHaveLength(1);
});

test('components say nothing in words of their own, whatever the language', () => {
	expect(code.flatMap((file) => ownWords(file).map((words) => `${file.path}: ${words}`))).toEqual(
		[]
	);
	const said = '<p class="a">Hello {m.x}, b</p><a aria-label="Go {x}" href="/a">{x}</a>';
	expect(ownWords({ path: 'a.svelte', text: said })).toEqual(['Hello', ', b', 'Go']);
});

test('every law has a test, and every test names a law that exists', () => {
	const tested = new Set(tests.flatMap(namesOfTests).flatMap(lawsIn));
	const owed = laws.filter((law) => !tested.has(law));
	expect(owed.filter((law) => !later.includes(law))).toEqual([]);
	expect(later.filter((law) => tested.has(law))).toEqual([]);
	expect([...tested].filter((law) => !laws.includes(law))).toEqual([]);
	expect(later.filter((law) => !laterAtFirst.includes(law))).toEqual([]);
});

function lawsIn(name: string): string[] {
	return [...name.matchAll(/\[([A-Z]\d+)\]/g)].map(([, law]) => law ?? '');
}

function forbiddenImports(source: Source): string[] {
	const zone = zoneOf(source.path);
	if (zone === null) return [];
	return importsOf(source)
		.filter(({ specifier }) => !isAllowed(source.path, zone, specifier))
		.map(({ specifier }) => `${source.path} imports ${specifier}`);
}

function isAllowed(path: string, zone: string, specifier: string): boolean {
	const file = resolveImport(path, specifier);
	if (file !== null) return isFileAllowed(path, zone, file);
	const target = packages.find(([pattern]) => pattern.test(specifier))?.[1];
	return target !== undefined && isInFolders(path, zone, mayImport[zone]?.[target]);
}

function isFileAllowed(path: string, zone: string, file: string): boolean {
	if (file === 'src/app.css') return zone === 'src/routes';
	const target = zoneOf(file);
	if (target === null) return false;
	// A route shares nothing with its neighbours: what two routes need lives in lib.
	if (target === 'src/routes') return zone === target && file.startsWith(`${dirname(path)}/`);
	return isInFolders(path, zone, mayImport[zone]?.[target.replace('src/', '')]);
}

function isInFolders(path: string, zone: string, folders: readonly string[] | undefined): boolean {
	return folders?.some((folder) => path.startsWith(zone + folder)) ?? false;
}

function zoneOf(path: string): string | null {
	return Object.keys(mayImport).find((zone) => path.startsWith(`${zone}/`)) ?? null;
}

/** The first circle of imports that carry values, as a path that ends where it begins. */
function cycleIn(sources: readonly Source[]): string[] {
	const next = new Map(sources.map((source) => [source.path, valueImports(source)]));
	const done = new Set<string>();
	const walk = (path: string, trail: readonly string[]): string[] => {
		if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
		if (done.has(path)) return [];
		done.add(path);
		for (const imported of next.get(path) ?? []) {
			const cycle = walk(imported, [...trail, path]);
			if (cycle.length > 0) return cycle;
		}
		return [];
	};
	for (const { path } of sources) {
		const cycle = walk(path, []);
		if (cycle.length > 0) return cycle;
	}
	return [];
}

function valueImports(source: Source): string[] {
	return importsOf(source)
		.filter(({ isTypeOnly }) => !isTypeOnly)
		.map(({ specifier }) => resolveImport(source.path, specifier))
		.filter((path) => path !== null);
}
