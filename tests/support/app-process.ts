/** The product as an office starts it: the relay's own process with the built app, on a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../sync-server/main.ts', import.meta.url));

export interface AppProcess {
	readonly url: string;
	readonly port: number;
	readonly dataDir: string;
	/** What the relay has printed so far. */
	said(): string;
	/** Ends the process; the folder and the port are kept for `start`. */
	stop(signal?: NodeJS.Signals): Promise<void>;
	/** Starts it again on the same folder and port. */
	start(): Promise<void>;
	/** Ends the process and removes its folder. */
	end(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts the product, on an empty folder or on a copy of `from`; resolves once it answers. */
export async function spawnApp(
	environment: Record<string, string> = {},
	{ from }: { readonly from?: string } = {}
): Promise<AppProcess> {
	const dataDir = mkdtempSync(join(tmpdir(), 'lxq-app-'));
	if (from !== undefined) cpSync(from, dataDir, { recursive: true });
	const port = await freePort();
	const url = `http://localhost:${port}`;
	let child: ChildProcess | null = null;
	let said = '';

	async function start(): Promise<void> {
		const started = spawn(process.execPath, [main], {
			env: {
				...process.env,
				PORT: String(port),
				HOST: '127.0.0.1',
				DATA_DIR: dataDir,
				BACKUP_DIR: join(dataDir, 'backups'),
				PUBLIC_ORIGIN: url,
				LOG_LEVEL: 'warn',
				...environment
			},
			stdio: ['ignore', 'pipe', 'pipe']
		});
		child = started;
		for (const stream of [started.stdout, started.stderr])
			stream.setEncoding('utf8').on('data', (text: string) => (said += text));
		await ready(started);
	}

	async function ready(started: ChildProcess): Promise<void> {
		for (let tries = 0; tries < 300; tries++) {
			if (started.exitCode !== null) throw new Error(`app-process: ended at once: ${said}`);
			const answer = await fetch(`${url}/readyz`).catch(() => null);
			if (answer?.ok) return;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		throw new Error(`app-process: did not answer: ${said}`);
	}

	async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		const ending = child;
		child = null;
		if (ending === null || ending.exitCode !== null) return;
		const ended = new Promise((resolve) => ending.once('exit', resolve));
		ending.kill(signal);
		await ended;
	}

	await start();
	return {
		url,
		port,
		dataDir,
		said: () => said,
		start,
		stop,
		async end(signal) {
			await stop(signal);
			rmSync(dataDir, { recursive: true, force: true });
		}
	};
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			const port = typeof address === 'object' && address !== null ? address.port : 0;
			server.close(() => resolve(port));
		});
	});
}
