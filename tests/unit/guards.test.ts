/** A guard can be proven only where it stands: each names a text that is there once, and a test that is there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { guards } from '../guards/all.ts';

const root = join(import.meta.dirname, '../..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

test('each guard names a text that stands once in its file', () => {
	const astray = guards.filter(({ file, find }) => text(file).split(find).length !== 2);
	expect(astray.map(({ name }) => name)).toEqual([]);
});

test('no guard is named twice, and each goes off', () => {
	expect(new Set(guards.map(({ name }) => name)).size).toBe(guards.length);
	expect(guards.filter(({ find, replaceWith }) => find === replaceWith)).toEqual([]);
});
