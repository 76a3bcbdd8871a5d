// Finds a Chromium for the browser tests, or installs one. Plain JavaScript: it runs before the tests do.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What Chromium needs on machines without a display, a sandbox or a network. */
export const browserArgs = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

if (process.argv[1] === fileURLToPath(import.meta.url)) installBrowser();

/** The path of a browser as people install it, or null. @returns {string | null} */
export function findBrowser() {
	if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
	const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
	const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
	return find([...names.flatMap(inPath), mac, ownBrowser()]);
}

/**
 * The same engine without the windows, tabs and profile around it, where there is one: pages are the
 * same in it for two thirds of the processor. It cannot be killed and opened again on its storage.
 * @returns {string | null}
 */
export function findPageBrowser() {
	return process.env.CHROMIUM_PATH ?? find(inPath('chromium-headless-shell')) ?? findBrowser();
}

/** @param {string} name */
function inPath(name) {
	return (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
}

/** @param {string[]} candidates */
function find(candidates) {
	return candidates.find((path) => existsSync(path)) ?? null;
}

function ownBrowser() {
	return createRequire(import.meta.url)('@playwright/test').chromium.executablePath();
}

function installBrowser() {
	const isDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
	const isNamed = process.env.CHROMIUM_PATH !== undefined;
	if (findBrowser() && (isNamed || !isDebian || findPageBrowser() !== findBrowser())) return;
	if (isDebian) {
		console.log('[prepare] installing Chromium and Chinese fonts from Debian (once)');
		run('apt-get', ['update', '-qq']);
		const install = ['install', '-y', '-qq', '--no-install-recommends'];
		if (!findBrowser()) run('apt-get', [...install, 'chromium', 'fonts-noto-cjk']);
		run('apt-get', [...install, 'chromium-headless-shell']);
	} else {
		console.log('[prepare] downloading Chromium for the browser tests (once)');
		run('npx', ['playwright', 'install', 'chromium']);
	}
	if (findBrowser()) return;
	console.error('[prepare] No Chromium: please install one, or name it in CHROMIUM_PATH.');
	process.exit(1);
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
	spawnSync(command, args, {
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		stdio: ['ignore', 'ignore', 'inherit'],
		shell: process.platform === 'win32'
	});
}
