/** The relay's commands as a person runs them, each in a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

export interface Place {
	readonly dataDir: string;
	/** On a database only where it names one. */
	readonly databaseUrl?: string | undefined;
}

export interface Ended {
	/** Null where a signal ended it. */
	readonly status: number | null;
	readonly said: string;
}

export interface Running {
	readonly process: ChildProcess;
	readonly ended: Promise<Ended>;
}

/** `before` are words of a shell that come first. */
export function begins(
	script: string,
	{ dataDir, databaseUrl }: Place,
	args: readonly string[],
	before = ''
): Running {
	const path = resolve(import.meta.dirname, '../../sync-server', script);
	const { DATABASE_URL: _none, ...rest } = process.env;
	const env = { ...rest, DATA_DIR: dataDir, DATABASE_URL: databaseUrl };
	const own = [path, ...args];
	const child =
		before === ''
			? spawn(process.execPath, own, { env })
			: spawn('sh', ['-c', `${before}; exec "$@"`, 'sh', process.execPath, ...own], { env });
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text: string) => (said += text));
	const ended = new Promise<Ended>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (status) => resolve({ status, said }));
	});
	return { process: child, ended };
}

export function runs(script: string, place: Place, ...args: string[]): Promise<Ended> {
	return begins(script, place, args).ended;
}
