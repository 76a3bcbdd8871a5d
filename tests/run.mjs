// The gate: format, lint, types, build, unit, contract, fuzz, browser tests. Its last line counts them all.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

const reports = { vitest: '.out/vitest.json', playwright: '.out/e2e.json' };
const started = Date.now();
let passed = 0;
let failed = 0;

mkdirSync('.out', { recursive: true });
for (const report of Object.values(reports)) rmSync(report, { force: true });

await step('kit', 'svelte-kit', ['sync']);
// Two lanes for two cores: reading the sources, and building and testing them.
const [, isBuilt] = await Promise.all([readSources(), buildAndTest()]);
if (isBuilt) {
	const config = ['--config', 'tests/e2e/playwright.config.ts', '--pass-with-no-tests'];
	await step('e2e', 'playwright', ['test', ...config], countPlaywright);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function readSources() {
	await step('format', 'prettier', ['--check', '--log-level', 'warn', '.']);
	await step('lint', 'eslint', ['--config', '.eslint.config.js', '--max-warnings', '0', '.']);
	const flags = ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'];
	await step('types', 'svelte-check', flags);
}

async function buildAndTest() {
	const isBuilt = await step('build', 'node', ['sync-server/prepare.mjs', 'start']);
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${reports.vitest}`];
	await step('unit', 'vitest', ['run', '--passWithNoTests', ...reporters], countVitest);
	return isBuilt;
}

/**
 * Runs one step of the gate and prints what it said once it has ended.
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 * @param {() => { passed: number, failed: number }} [count] reads the report of a step that runs tests
 */
async function step(name, command, args, count = () => ({ passed: 0, failed: 0 })) {
	const begun = Date.now();
	const { code, output } = await run(command, args);
	const counted = count();
	passed += counted.passed;
	// A step that fails without a failed test counts as one failure.
	failed += code === 0 ? counted.failed : Math.max(counted.failed, 1);
	const isGood = code === 0 && counted.failed === 0;
	const seconds = ((Date.now() - begun) / 1000).toFixed(1);
	const clock = ((Date.now() - started) / 1000).toFixed(0);
	console.log(`\n== ${name}: ${isGood ? 'ok' : 'FAILED'} in ${seconds} s (${clock} s)`);
	console.log(output.trim());
	return isGood;
}

/** @param {string} command @param {string[]} args @returns {Promise<{ code: number, output: string }>} */
function run(command, args) {
	return new Promise((ended) => {
		const child = spawn(command, args, {
			// Each relay that a test starts is read and compiled once for all of them.
			env: { ...process.env, GATE: '1', NODE_COMPILE_CACHE: resolve('.out/compiled') },
			shell: process.platform === 'win32',
			stdio: ['ignore', 'pipe', 'pipe']
		});
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (text) => (output += text));
		}
		child.on('error', (error) => ended({ code: 1, output: `${output}\n${error.message}` }));
		child.on('close', (code) => ended({ code: code ?? 1, output }));
	});
}

function countVitest() {
	const report = readReport(reports.vitest);
	/** @type {{ status: string, assertionResults: unknown[] }[]} */
	const files = report?.testResults ?? [];
	// A file that cannot be loaded has no tests to fail: it counts as one.
	const broken = files.filter((file) => file.status === 'failed' && !file.assertionResults.length);
	return {
		passed: report?.numPassedTests ?? 0,
		failed: (report?.numFailedTests ?? 0) + broken.length
	};
}

function countPlaywright() {
	const stats = readReport(reports.playwright)?.stats;
	return {
		passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
		failed: stats?.unexpected ?? 0
	};
}

/** @param {string} path */
function readReport(path) {
	return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}
