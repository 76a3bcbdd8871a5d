/** Library calls that Chromium 90 does not have: a JS target lowers syntax, nothing lowers these. */
import { expect, test } from 'vitest';
import { sourceFiles } from '../support/source-files.ts';

/** By the version of Chromium that brought each. */
const younger: readonly [RegExp, number][] = [
	[/\.at\((-|\d*\))/, 92],
	[/\bcrypto\.randomUUID\b/, 92],
	[/\bObject\.hasOwn\b/, 93],
	[/\bstructuredClone\(/, 98],
	[/\.findLast(Index)?\(/, 97],
	[/\bAbortSignal\.(timeout|any)\b/, 103],
	[/\.to(Sorted|Reversed|Spliced)\(/, 110],
	[/\.isWellFormed\(/, 111],
	[/\b(Map|Object)\.groupBy\(/, 117],
	[/\bPromise\.withResolvers\b/, 119],
	[/\bIterator\.from\b/, 122]
];

test('the app calls nothing that an engine at the floor lacks', () => {
	const files = sourceFiles(['src']).filter(({ path }) => /\.(ts|svelte)$/.test(path));
	expect(files.length).toBeGreaterThan(100);
	const calls = files.flatMap(({ path, text }) =>
		younger
			.filter(([call]) => call.test(text))
			.map(([call, chromium]) => `${path}: ${call.source} needs Chromium ${chromium}`)
	);
	expect(calls).toEqual([]);
});
