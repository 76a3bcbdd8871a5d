/** A real relay for tests: in this process or in one that can be killed, with a small founded district in it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { DeviceId, PersonId } from '#domain/ids.ts';
import { PublicKey } from '#domain/wire.ts';
import type { Config } from '#relay/config.ts';
import { RELAY_DEVICE } from '#relay/keys.ts';
import type { Limits } from '#relay/limits.ts';
import { createRelay, type People, type Relay } from '#relay/relay.ts';
import { databaseOf } from './database.ts';
import { signWith, type Draft } from './device.ts';
import { COMMUNITY, DAY, DISTRICT, OTHER_COMMUNITY, people, SUBDISTRICT } from './tell.ts';

export const REALM = 'realm-of-tests';

/** Bounds no test of another thing runs into. */
export const wide: Partial<Limits> = {
	entriesPerMinute: 1e9,
	entryBytesPerDay: 1e12,
	askedAheadPer10Minutes: 1e9,
	requestsPerMinute: 1e9,
	requestsAtOnce: 1e9,
	openRequestsPerMinute: 1e9,
	devicesPerPerson: 1e9,
	joinsPerPersonPerDay: 1e9,
	invitationsPerDay: 1e9,
	invitationsOfOnePerDay: 1e9,
	signInsPerHour: 1e9
};

const KnownDevices = z.array(
	z.strictObject({ id: DeviceId, person: PersonId, publicKey: PublicKey })
);
type KnownDevices = z.infer<typeof KnownDevices>;

/** A folder that is removed when the test ends. */
export function temporaryFolder(): { path: string; remove(): void } {
	const path = mkdtempSync(join(tmpdir(), 'lxq-'));
	return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Devices in a file beside the store; the cookie names the device. Enrolment has tests of its own. */
export function peopleOf(dataDir: string): People {
	const read = () => {
		const path = join(dataDir, 'devices.json');
		return existsSync(path) ? KnownDevices.parse(JSON.parse(readFileSync(path, 'utf8'))) : [];
	};
	let known = new Map(read().map((device) => [device.id as string, device]));
	const find = (id: string) => {
		if (!known.has(id)) known = new Map(read().map((device) => [device.id as string, device]));
		return known.get(id);
	};
	return {
		devices: {
			async deviceOf(id) {
				const device = find(id);
				return device ? { ...device, revokedAt: null } : null;
			}
		},
		sessions: {
			async sessionOf(cookie) {
				const device = find(/\blxq=([\w-]+)/.exec(cookie ?? '')?.[1] ?? '');
				return device ? { device: device.id, person: device.person, until: Infinity } : null;
			},
			challenge: () => '',
			renew: async () => undefined
		},
		asked: async () => undefined,
		addRoutes: () => undefined
	};
}

export function addDevices(dataDir: string, devices: KnownDevices): void {
	const path = join(dataDir, 'devices.json');
	const before = existsSync(path) ? KnownDevices.parse(JSON.parse(readFileSync(path, 'utf8'))) : [];
	writeFileSync(path, JSON.stringify([...before, ...devices]));
}

export interface RunningRelay extends Relay {
	readonly port: number;
	readonly url: string;
	readonly dataDir: string;
}

export interface StartOptions {
	readonly dataDir: string;
	/** Where photos lie, unless beside the store. */
	readonly mediaDir?: string;
	/** A PostgreSQL database in the place of the file. */
	readonly databaseUrl?: string;
	readonly port?: number;
	readonly limits?: Partial<Limits>;
	readonly now?: () => number;
	readonly publicOrigin?: string;
	readonly trustedProxies?: readonly string[];
	readonly build?: string;
	readonly freeShare?: () => Promise<number>;
}

/** Starts a relay in this process. */
export async function startRelay(options: StartOptions): Promise<RunningRelay> {
	const { dataDir, now } = options;
	const relay = await createRelay({
		config: configOf({ ...(await databaseOf(dataDir)), ...options }),
		people: () => peopleOf(dataDir),
		limits: { ...wide, ...options.limits },
		...(now === undefined ? {} : { now }),
		...(options.freeShare === undefined ? {} : { freeShare: options.freeShare }),
		build: options.build ?? join(dataDir, 'no-build')
	});
	const port = await relay.listen();
	return { ...relay, dataDir, port, url: `http://127.0.0.1:${port}` };
}

function configOf(options: StartOptions): Config {
	const { dataDir, mediaDir, databaseUrl, port, publicOrigin, trustedProxies } = options;
	return {
		port: port ?? 0,
		host: '127.0.0.1',
		dataDir,
		...(mediaDir === undefined ? {} : { mediaDir }),
		...(databaseUrl === undefined ? {} : { databaseUrl }),
		publicOrigin: publicOrigin ?? null,
		...(trustedProxies === undefined ? {} : { trustedProxies }),
		logLevel: 'silent'
	};
}

/** A relay process of its own, to be killed. */
export interface SpawnedRelay {
	readonly url: string;
	readonly port: number;
	readonly process: ChildProcess;
	/** What it has written on its way: its log, where the environment asks for one. */
	said(): string;
	/** Resolves with the exit code, or null where a signal ended it. */
	end(signal: NodeJS.Signals): Promise<number | null>;
}

export async function spawnRelay(
	dataDir: string,
	environment: Record<string, string> = {}
): Promise<SpawnedRelay> {
	const { databaseUrl } = await databaseOf(dataDir);
	const database = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
	const script = fileURLToPath(new URL('./relay-child.ts', import.meta.url));
	const child = spawn(process.execPath, [script], {
		env: { ...process.env, DATA_DIR: dataDir, ...database, ...environment },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	return new Promise((resolve, reject) => {
		void ended.then((code) => reject(new Error(`relay-child: ended with ${code}`)));
		let said = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			const isListening = said.includes('listening ');
			said += text;
			if (isListening) return;
			const port = /^listening (\d+)$/m.exec(said)?.[1];
			if (port === undefined) return;
			resolve({
				url: `http://127.0.0.1:${port}`,
				port: Number(port),
				process: child,
				said: () => said,
				end(signal) {
					child.kill(signal);
					return ended;
				}
			});
		});
	});
}

/** Founds the district of the stories: one person for each duty. */
export async function found(relay: Relay, options: { demo?: boolean } = {}): Promise<void> {
	const receivedAt = relay.now();
	await relay.store.setMeta('realm', REALM);
	await relay.store.setMeta('realmName', '兰桥区');
	await relay.store.setMeta('demo', options.demo ? '1' : '0');
	const unit = (record: string, name: string, level: string, parent?: string): Draft => ({
		kind: 'organisation.created.v1',
		record,
		org: DISTRICT,
		body: { name, level, ...(parent === undefined ? {} : { parent }) }
	});
	const duty = (person: PersonId, role: string, at: string): Draft[] => [
		{
			kind: 'person.registered.v1',
			record: person,
			org: DISTRICT,
			body: { name: `某${role}`, home: at }
		},
		{
			kind: 'duty.assigned.v1',
			record: `duty-${person}`,
			org: DISTRICT,
			body: { person, displayName: `某${role}`, role, at, from: receivedAt - 365 * DAY }
		}
	];
	const drafts: Draft[] = [
		unit(DISTRICT, '兰桥区', 'district'),
		unit(SUBDISTRICT, '柳浦街道', 'subdistrict', DISTRICT),
		unit(COMMUNITY, '梧桐里社区', 'community', SUBDISTRICT),
		unit(OTHER_COMMUNITY, '书院社区', 'community', SUBDISTRICT),
		...duty(people.member, 'member', COMMUNITY),
		...duty(people.secondMember, 'member', COMMUNITY),
		...duty(people.secretary, 'communitySecretary', COMMUNITY),
		...duty(people.worker, 'communityWorker', COMMUNITY),
		...duty(people.stranger, 'communitySecretary', OTHER_COMMUNITY),
		...duty(people.officer, 'subdistrictOfficer', SUBDISTRICT),
		...duty(people.district, 'districtOfficer', DISTRICT)
	];
	const commits = drafts.map((draft) =>
		signWith(relay.keys.setUp.privateKey, [draft], {
			device: RELAY_DEVICE,
			realm: REALM,
			at: receivedAt
		})
	);
	const receipts = await relay.deliver.handInAt(commits, receivedAt);
	const bad = receipts.find(({ verdict }) => verdict !== 'accepted');
	if (bad) throw new Error(`relay of tests: founding was ${JSON.stringify(bad)}`);
}
