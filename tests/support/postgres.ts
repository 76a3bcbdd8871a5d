/** A PostgreSQL of the tests' own: from the machine, or from Debian; null where none can be had. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

export interface Postgres {
	/** Where its files lie. */
	readonly dataDir: string;
	readonly port: number;
	/** Its own database, from which others are made. */
	readonly url: string;
	/** Ends all of it without a word and starts it again on the same files. */
	kill(): Promise<void>;
	/** Ends one of the processes that serve a relay, which one by a number from 0 to 1; all begin anew after that. */
	killBackend(which: number): Promise<void>;
	end(): Promise<void>;
}

const SAYS_MISSING =
	'PostgreSQL was not found and could not be installed: the tests of several relays are SKIPPED.';

/** Starts one; says loudly where there is none to start. Without `fsync` it is faster, and trusts its machine. */
export async function startPostgres({ fsync = true } = {}): Promise<Postgres | null> {
	const bin = findServer() ?? installServer();
	if (bin === null) {
		console.warn(`\n!!! ${SAYS_MISSING}\n`);
		return null;
	}
	const dataDir = mkdtempSync(join(tmpdir(), 'lxq-pg-'));
	const { before, owner } = notAsRoot();
	if (owner) chownSync(dataDir, owner.uid, owner.gid);
	chmodSync(dataDir, 0o700);
	const program = (name: string, ...given: string[]): [string, string[]] => {
		const [first = '', ...rest] = [...before, join(bin, name), '-D', dataDir, ...given];
		return [first, rest];
	};
	const place = { ...owner, stdio: 'ignore', cwd: dataDir } as const;
	execFileSync(
		...program('initdb', '-U', 'lxq', '-A', 'trust', '-E', 'UTF8', '--no-locale'),
		place
	);
	const port = await freePort();
	const url = `postgres://lxq@127.0.0.1:${port}/postgres`;
	let server = await start();

	async function start(): Promise<ChildProcess> {
		const settings = [
			`fsync=${fsync ? 'on' : 'off'}`,
			'listen_addresses=127.0.0.1',
			'unix_socket_directories=',
			'max_connections=300',
			// [A4] old log is removed and not written over some day
			'wal_recycle=off'
		];
		const given = settings.flatMap((each) => ['-c', each]);
		const child = spawn(...program('postgres', '-p', String(port), ...given), place);
		for (;;) {
			if (await isUp()) return child;
			// While processes of the one before are still ending, a new one does not begin.
			if (child.exitCode !== null) return start();
			await wait(50);
		}
	}

	/** Whom it serves; null while it is still starting. */
	async function backends(): Promise<number[] | null> {
		const client = new pg.Client(url);
		// Its end is told by the query.
		client.on('error', () => undefined);
		try {
			await client.connect();
			const { rows } = await client.query<{ pid: number }>(
				`SELECT pid FROM pg_stat_activity WHERE application_name = 'lianxinqiao' ORDER BY pid`
			);
			return rows.map(({ pid }) => pid);
		} catch {
			// Not there yet, or not any more.
			return null;
		} finally {
			await client.end().catch(() => undefined);
		}
	}

	async function isUp(): Promise<boolean> {
		return (await backends()) !== null;
	}

	async function stop(signal: NodeJS.Signals): Promise<void> {
		if (server.exitCode !== null || server.signalCode !== null) return;
		const ended = new Promise((resolve) => server.once('exit', resolve));
		server.kill(signal);
		await ended;
	}

	return {
		dataDir,
		port,
		url,
		async kill() {
			await stop('SIGKILL');
			server = await start();
		},
		async killBackend(which) {
			const pids = (await backends()) ?? [];
			const pid = pids[Math.floor(which * pids.length)];
			if (pid !== undefined) process.kill(pid, 'SIGKILL');
			while (!(await isUp())) await wait(20);
		},
		async end() {
			// At once: nobody reads what it leaves behind.
			await stop('SIGQUIT');
			rmSync(dataDir, { recursive: true, force: true });
		}
	};
}

function findServer(): string | null {
	const program = findProgram('initdb');
	return program === null ? null : dirname(program);
}

/** A program that comes with a PostgreSQL; null where there is none. */
export function findProgram(name: string): string | null {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian)
		? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
		: [];
	const folders = [
		...(process.env.PATH ?? '').split(delimiter),
		...versions.map((version) => join(debian, version, 'bin'))
	];
	const programs = folders.map((folder) => join(folder, name));
	return programs.find((program) => existsSync(program)) ?? null;
}

function installServer(): string | null {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const quietly = { env, stdio: 'ignore' } as const;
	spawnSync('apt-get', ['update', '-qq'], quietly);
	const options = ['install', '-y', '-qq', '--no-install-recommends'];
	spawnSync('apt-get', [...options, 'postgresql'], quietly);
	return findServer();
}

interface Guise {
	/** What stands before a command. */
	readonly before: readonly string[];
	readonly owner?: { readonly uid: number; readonly gid: number };
}

/** It refuses to run as root: there it runs in a namespace where it is somebody else, or as a user that owns nothing. */
function notAsRoot(): Guise {
	if (process.getuid?.() !== 0) return { before: [] };
	const before = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];
	if (spawnSync('unshare', [...before.slice(1), 'true']).status === 0) return { before };
	const idOf = (flag: string, user: string) =>
		Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);
	const user = spawnSync('id', ['postgres']).status === 0 ? 'postgres' : 'nobody';
	return { before: [], owner: { uid: idOf('-u', user), gid: idOf('-g', user) } };
}

function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			// A TCP server has a port.
			const { port } = probe.address() as AddressInfo;
			probe.close(() => resolve(port));
		});
	});
}
