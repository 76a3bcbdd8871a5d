// Makes a fresh clone ready to run: installs what the lockfile names, then builds the app if its
// sources changed. Plain JavaScript without dependencies, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const buildInputs = ['package-lock.json', 'svelte.config.js', 'vite.config.ts', 'src', 'static'];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	install();
	if (process.argv[2] !== 'install') build();
}

/** Runs `npm ci` when what is installed is not what the lockfile names. */
export function install() {
	if (!isInstalled()) {
		say('installing packages (about half a minute, once)');
		run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
	}
	const version = run('node', ['-p', 'process.versions.node'], { quiet: true });
	const [major, minor] = version.split('.').map(Number);
	if (major < 22 || (major === 22 && minor < 18)) {
		stop(`Node ${version.trim()} is too old on this platform: please install Node 24 or newer.`);
	}
}

/** Builds the app into build/ when its sources are not those of the build that is there. */
export function build() {
	const version = fingerprint();
	if (builtVersion() === version) return;
	say('building the app');
	process.env.APP_VERSION = version;
	run('node', ['node_modules/vite/bin/vite.js', 'build'], { quiet: true });
	if (builtVersion() !== version) stop('The build did not produce the app.');
}

/** The version of the app: a digest of everything that its build reads. */
export function fingerprint() {
	const digest = createHash('sha256');
	for (const path of buildInputs.flatMap(filesUnder)) {
		digest
			.update(`${path}\0`)
			.update(readFileSync(join(root, path)))
			.update('\0');
	}
	return digest.digest('hex').slice(0, 16);
}

function filesUnder(path) {
	let entries;
	try {
		entries = readdirSync(join(root, path), { withFileTypes: true });
	} catch (error) {
		if (error.code === 'ENOTDIR') return [path];
		throw error;
	}
	return entries
		.map((entry) => entry.name)
		.sort()
		.flatMap((name) => filesUnder(`${path}/${name}`));
}

function builtVersion() {
	// index.html is the last file that a build writes
	if (!existsSync(join(root, 'build/index.html'))) return null;
	const file = join(root, 'build/_app/version.json');
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : null;
}

function isInstalled() {
	// npm writes this file last, so it is missing after an interrupted install
	const installed = join(root, 'node_modules/.package-lock.json');
	if (!existsSync(installed)) return false;
	const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
	const found = JSON.parse(readFileSync(installed, 'utf8')).packages;
	return Object.entries(wanted).every(
		([path, { version, optional }]) =>
			path === '' || (found[path] ? found[path].version === version : optional)
	);
}

function run(command, args, { quiet = false } = {}) {
	const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`;
	const { status, error, stdout, stderr } = spawnSync(command, args, {
		cwd: root,
		env: { ...process.env, PATH: path },
		shell: process.platform === 'win32',
		stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024
	});
	if (!error && status === 0) return stdout ?? '';
	if (quiet) console.error(`${stdout ?? ''}${stderr ?? ''}`);
	return stop(`"${command} ${args.join(' ')}" failed${error ? `: ${error.message}` : ''}.`);
}

function say(sentence) {
	console.log(`[prepare] ${sentence}`);
}

function stop(sentence) {
	console.error(`[prepare] ${sentence}`);
	process.exit(1);
}
