/** Devices of the tests: real databases (fake-indexeddb), real keys, real sockets to a real relay. */
import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { WebSocket as NodeSocket } from 'ws';
import { DeviceId, EntryId, type OrgId, type PersonId } from '#domain/ids.ts';
import type { Actor, Role } from '#domain/people.ts';
import type { PublicKey } from '#domain/wire.ts';
import { openDeviceDb } from '#lib/device/device-db.ts';
import { makeKeys } from '#lib/device/keys.ts';
import type { Fetch } from '#lib/device/relay.ts';
import { catchUpAll, type Stores } from '#lib/outbox/overlay.ts';
import {
	say,
	takeBack,
	type SayOptions,
	type SayResult,
	type Speaker,
	type TakeBackResult
} from '#lib/outbox/say.ts';
import type { Utterance } from '#lib/outbox/sign.ts';
import { outboxQueries, type OutboxQueries } from '#lib/outbox/waiting.ts';
import { rowQueries, type RowQueries } from '#lib/rows/queries.ts';
import { openRowsDb } from '#lib/rows/rows-db.ts';
import type { Socket } from '#lib/sync/multiplexer.ts';
import { runSync, type Syncing } from '#lib/sync/run-sync.ts';
import { addDevices, REALM, type RunningRelay } from '../../support/relay.ts';
import { COMMUNITY } from '../../support/tell.ts';

// y-websocket listens to the end of the process once per provider.
process.setMaxListeners(0);

export interface Phone extends Stores {
	readonly prefix: string;
	readonly device: Stores['device'];
	readonly person: PersonId;
	readonly speaker: Speaker;
	readonly ask: RowQueries & OutboxQueries;
	now: () => number;
	says(utterances: readonly Loose[], options?: SayOptions): Promise<SayResult>;
	takesBack(commit: EntryId): Promise<TakeBackResult>;
	/** Syncs with a relay, as a tab of this device. */
	syncs(relay: { readonly url: string }, options?: SyncOptions): Syncing;
	close(): Promise<void>;
}

/** An utterance with its record as plain text. */
export type Loose = Omit<Utterance, 'record'> & { readonly record: string };

export interface SyncOptions {
	readonly noSockets?: boolean;
	/** The first socket is opened under the cookie of this device, as on a tablet that two persons share. */
	readonly firstSocketAs?: DeviceId;
	readonly locks?: LockManager | null;
	readonly fetch?: Fetch;
	/** The cookie that the browser has now; the relay of most tests takes the device's name. */
	readonly cookie?: () => string;
	/** Heard before each request, which waits for it. */
	readonly onAsked?: (path: string) => unknown;
	readonly beat?: number;
	readonly random?: () => number;
	/** Who shares the tablet. */
	readonly people?: () => Promise<readonly { readonly id: string; readonly person: PersonId }[]>;
	readonly onRole?: (role: 'leader' | 'follower' | 'reader') => void;
}

export interface Enrolling {
	readonly id: DeviceId;
	readonly person: PersonId;
	readonly publicKey: PublicKey;
}

export interface PhoneOptions {
	readonly person: PersonId;
	readonly role?: Role;
	readonly org?: OrgId;
	readonly relay?: RunningRelay;
	/** Makes the device known to a relay of another make. */
	readonly enrol?: (device: Enrolling) => Promise<void>;
	/** The same installation opened again, or another tab of it. */
	readonly like?: Phone;
	/** The same installation after its person joined on it again: its databases, and a key of its own. */
	readonly after?: Phone;
}

export async function makePhone(options: PhoneOptions): Promise<Phone> {
	const { person, role = 'member', org = COMMUNITY, relay, enrol, like, after } = options;
	const prefix = (like ?? after)?.prefix ?? `lxq-test-${person}-${randomBytes(4).toString('hex')}`;
	const device = openDeviceDb(prefix);
	const rows = openRowsDb(prefix);
	const id =
		like?.speaker.signer.device ?? DeviceId.parse(`device-${randomBytes(6).toString('hex')}`);
	let privateKey = like?.speaker.signer.privateKey;
	if (privateKey === undefined) {
		const pair = await makeKeys();
		privateKey = pair.privateKey;
		await device.keys.put({ id: 'device', device: id, realm: REALM, privateKey });
		const enrolling = { id, person, publicKey: pair.publicKey };
		if (relay) addDevices(relay.dataDir, [enrolling]);
		await enrol?.(enrolling);
	}
	const stores = { device, rows };
	const actor = (about: OrgId): Actor => ({ person, role, org: about });
	const running = new Set<Syncing>();
	const phone: Phone = {
		...stores,
		prefix,
		person,
		now: Date.now,
		speaker: {
			...stores,
			signer: { realm: REALM, device: id, privateKey, newId: () => EntryId.parse(v7()) },
			now: () => phone.now(),
			actorIn: actor,
			org
		},
		ask: { ...rowQueries(stores), ...outboxQueries(stores) },
		// The tests' records are written as plain text.
		says: (utterances, given) => say(phone.speaker, utterances as readonly Utterance[], given),
		takesBack: (commit) => takeBack({ ...stores, now: () => phone.now() }, commit),
		syncs({ url }, given = {}) {
			const cookie = given.cookie ?? (() => `lxq=${id}`);
			let sockets = 0;
			const withCookie: Fetch = async (path, init) => {
				await given.onAsked?.(path);
				return fetch(url + path, { ...init, headers: { ...init?.headers, cookie: cookie() } });
			};
			const syncing = runSync({
				id: prefix,
				person,
				version: 'test',
				fetch: given.fetch ?? withCookie,
				openSocket: () => {
					const path = given.noSockets ? '/no-such-door' : '/sync';
					const isOfAnother = sockets === 0 && given.firstSocketAs !== undefined;
					const headers = { cookie: isOfAnother ? `lxq=${given.firstSocketAs}` : cookie() };
					sockets += 1;
					const socket = new NodeSocket(url.replace('http', 'ws') + path, { headers });
					// The socket of `ws` has what the multiplexer uses.
					return socket as unknown as Socket;
				},
				now: () => phone.now(),
				random: given.random ?? Math.random,
				locks: given.locks === null ? undefined : (given.locks ?? navigator.locks),
				onRole: given.onRole ?? (() => undefined),
				beat: given.beat,
				people: given.people
			});
			running.add(syncing);
			return {
				nudge: syncing.nudge,
				async stop() {
					running.delete(syncing);
					await syncing.stop();
				}
			};
		},
		async close() {
			for (const syncing of running) await syncing.stop();
			device.close();
			rows.close();
		}
	};
	await catchUpAll(stores);
	return phone;
}

/** Asks again until it is so. */
export async function until<T>(
	what: () => Promise<T>,
	isSo: (answer: T) => boolean,
	ms = 8_000
): Promise<T> {
	const end = Date.now() + ms;
	for (;;) {
		const answer = await what();
		if (isSo(answer)) return answer;
		if (Date.now() > end) throw new Error(`never so: ${JSON.stringify(answer)?.slice(0, 600)}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
