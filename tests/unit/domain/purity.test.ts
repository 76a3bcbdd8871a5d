/** The domain reads no clock, draws no lot, touches nothing outside itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../../src/domain');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
	name.endsWith('.ts')
);

const IMPURE =
	/\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\b|\bfetch\(|\blocalStorage\b|\bindexedDB\b|\bcrypto\b|\bconsole\.|\bsetTimeout\b|\bsetInterval\b|\bprocess\b|\bglobalThis\b/;

test('[F3] no clock, randomness or I/O in src/domain', () => {
	expect(files.length).toBeGreaterThan(15);
	const impure = files.filter((name) => {
		const code = readFileSync(join(root, name), 'utf8')
			.replace(/\/\*[\s\S]*?\*\//g, '')
			.replace(/\/\/.*$/gm, '');
		return IMPURE.test(code);
	});
	expect(impure).toEqual([]);
});
