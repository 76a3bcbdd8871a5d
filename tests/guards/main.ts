// `npm run guards`: each guard of the relay is switched off in a copy of the tree, and the test that must fail is run;
// `npm run guards -- audience` takes those alone whose name holds this.
import { spawnSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { guards } from './all.ts';

const Report = z.object({
	testResults: z.array(
		z.object({ assertionResults: z.array(z.object({ title: z.string(), status: z.string() })) })
	)
});

const [word = ''] = process.argv.slice(2);
const chosen = guards.filter(({ name }) => name.includes(word));
const root = resolve(import.meta.dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'lxq-guards-'));
let blind = 0;
try {
	const left = new Set(
		['node_modules', '.git', 'build', 'data', '.out'].map((name) => root + sep + name)
	);
	cpSync(root, copy, { recursive: true, filter: (path) => !left.has(path) });
	symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
	for (const { name, file, find, replaceWith, testFile, testName } of chosen) {
		const path = join(copy, file);
		const source = readFileSync(path, 'utf8');
		if (source.split(find).length !== 2)
			throw new Error(`guards: ${file} holds not exactly once: ${find}`);
		// A test that fails anyway notices nothing.
		const isGood = outcomeOf(testFile, testName) === 'passed';
		writeFileSync(
			path,
			source.replace(find, () => replaceWith)
		);
		const isNoticed = isGood && outcomeOf(testFile, testName) === 'failed';
		writeFileSync(path, source);
		if (!isNoticed) blind += 1;
		console.log(`${isNoticed ? 'noticed' : 'NOT NOTICED'}: ${name} → ${testFile}: ${testName}`);
	}
} finally {
	rmSync(copy, { recursive: true, force: true });
}
console.log(`${chosen.length - blind} of ${chosen.length} guards are proven`);
process.exitCode = blind === 0 ? 0 : 1;

/** Runs one test of the copy; answers `passed`, `failed`, or what else became of it. */
function outcomeOf(file: string, name: string): string {
	const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
	const exactly = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	const report = join(copy, 'guards.json');
	rmSync(report, { force: true });
	const flags = ['run', file, '-t', exactly, '--reporter=json', `--outputFile=${report}`];
	const { stderr } = spawnSync(process.execPath, [vitest, ...flags], {
		cwd: copy,
		encoding: 'utf8'
	});
	if (!existsSync(report)) throw new Error(`guards: ${file} cannot be run: ${stderr}`);
	const { testResults } = Report.parse(JSON.parse(readFileSync(report, 'utf8')));
	const found = testResults.flatMap(({ assertionResults }) => assertionResults);
	// On either store.
	const named = found.filter(({ title }) => title === name).map(({ status }) => status);
	return named.find((status) => status === 'failed') ?? named[0] ?? 'not found';
}
