/** The product with the demo district in it: made once by the relay, then copied for every test that asks. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnApp, type AppProcess } from '../../support/app-process.ts';
import { ask, post } from './ask.ts';

interface Progress {
	readonly done: number;
	readonly total: number;
	readonly stage: string;
}

/** Where the gate has put the demo district, made once for all its workers. */
export const DEMO_FOLDER = 'LXQ_DEMO_FOLDER';
let made: Promise<string> | null = null;

/** A relay of its own, on a copy of the demo district. */
export async function spawnDemoApp(environment: Record<string, string> = {}): Promise<AppProcess> {
	return spawnApp(environment, { from: await demoFolder() });
}

/** A data folder with the demo district in it: to be copied, not to be opened. */
export function demoFolder(): Promise<string> {
	const { [DEMO_FOLDER]: given } = process.env;
	made ??= given === undefined ? makeDemo() : Promise.resolve(given);
	return made;
}

/** Starts the demo district in an empty store and waits until it is whole. */
export async function fillWithDemo(url: string): Promise<void> {
	await post(url, '/api/demo/start', {});
	for (;;) {
		const { stage } = await ask<Progress>(url, '/api/demo/progress');
		if (stage === 'done') return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

async function makeDemo(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'lxq-demo-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	const app = await spawnApp();
	try {
		await fillWithDemo(app.url);
		// A stopped relay has put everything into the folder.
		await app.stop();
		cpSync(app.dataDir, folder, { recursive: true });
	} finally {
		await app.end();
	}
	return folder;
}
