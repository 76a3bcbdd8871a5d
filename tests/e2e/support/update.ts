/** The relay's own process with another build of the app: what an update looks like to a browser. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPeople } from '#relay/people/people.ts';
import { createRelay } from '#relay/relay.ts';

const build = fileURLToPath(new URL('../../../build', import.meta.url));

export interface Updatable {
	readonly url: string;
	readonly dataDir: string;
	/** Stops, and answers at the same address with a build whose service worker is another. */
	update(): Promise<void>;
	end(): Promise<void>;
}

/** On an empty folder, or on a copy of `from`. */
export async function startUpdatable({ from }: { from?: string } = {}): Promise<Updatable> {
	const dataDir = mkdtempSync(join(tmpdir(), 'lxq-update-'));
	if (from !== undefined) cpSync(from, dataDir, { recursive: true });
	const nextBuild = mkdtempSync(join(tmpdir(), 'lxq-build-'));
	let relay = await open(0, build);
	const port = await relay.listen();

	function open(onPort: number, folder: string) {
		return createRelay({
			config: {
				port: onPort,
				host: '127.0.0.1',
				dataDir,
				publicOrigin: null,
				logLevel: 'silent'
			},
			people: openPeople,
			build: folder
		});
	}

	return {
		dataDir,
		url: `http://localhost:${port}`,
		async update() {
			cpSync(build, nextBuild, { recursive: true });
			const worker = join(nextBuild, 'sw.js');
			writeFileSync(worker, `${readFileSync(worker, 'utf8')}\n// the next version`);
			// Packed, it would still be the one before.
			for (const ending of ['.br', '.gz']) rmSync(worker + ending);
			await relay.close();
			relay = await open(port, nextBuild);
			await relay.listen();
		},
		async end() {
			await relay.close();
			for (const folder of [dataDir, nextBuild]) rmSync(folder, { recursive: true, force: true });
		}
	};
}
