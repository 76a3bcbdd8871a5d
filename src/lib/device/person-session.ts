/** One person opened on this installation: databases, queries, the relay with a session, the sync worker. */
import type { OrgId } from '#domain/ids.ts';
import type { Actor } from '#domain/people.ts';
import { isSameDuty, type DutyOnWire } from '#domain/wire.ts';
import { mediaDesk, type MediaDesk } from '#lib/media/media-desk.ts';
import { thumbOf } from '#lib/media/shrink.ts';
import type { Stores } from '#lib/outbox/overlay.ts';
import { outboxQueries, type OutboxQueries } from '#lib/outbox/waiting.ts';
import { rowQueries, type RowQueries } from '#lib/rows/queries.ts';
import { openRowsDb } from '#lib/rows/rows-db.ts';
import { watch } from '#lib/rows/watch.ts';
import type { TabRole } from '#lib/sync/leader.ts';
import type { SyncHandle, SyncStart } from '#lib/sync/start-sync.ts';
import { watchClosing } from './closing.ts';
import { openDeviceDb, type KeyRecord } from './device-db.ts';
import type { PersonHere } from './installation.ts';
import { readChosenDuty, readMe, type ChosenDuty, type KnownPerson } from './me.ts';
import type { Fetch } from './relay.ts';
import { authorisedRelay, type AuthorisedRelay } from './session.ts';

/** The person of this device, as the relay last said it. */
export interface Me extends KnownPerson {
	readonly device: string;
	/** The duty that acts; absent when every duty has ended. */
	readonly duty: DutyOnWire | undefined;
	/** [D2] The device was revoked. */
	readonly isRevoked: boolean;
}

export interface PersonSession {
	readonly here: PersonHere;
	readonly stores: Stores;
	readonly relay: AuthorisedRelay;
	readonly rows: RowQueries & OutboxQueries;
	readonly sync: SyncHandle;
	readonly media: MediaDesk;
	/** Null when the browser has cleared what this device held. */
	key(): Promise<KeyRecord | null>;
	close(): Promise<void>;
}

export interface SessionParts {
	readonly fetch: Fetch;
	readonly version: string;
	readonly now: () => number;
	readonly startSync: (start: SyncStart) => SyncHandle;
	readonly onMe: (me: Me) => void;
	readonly onRole: (role: TabRole) => void;
	/** A database was closed under the app, and is open again. */
	readonly onReopened: () => void;
	/** … or cannot be opened for now. */
	readonly onShut: () => void;
	readonly onError: (error: Error) => void;
}

export function openSession(here: PersonHere, parts: SessionParts): PersonSession {
	const device = openDeviceDb(here.id);
	const stores: Stores = { device, rows: openRowsDb(here.id) };
	const unwatch = watch(
		async () => meOf(here, await readMe(device), await readChosenDuty(device)),
		parts.onMe,
		parts.onError
	);
	const sync = parts.startSync({
		id: here.id,
		person: here.person,
		version: parts.version,
		onRole: parts.onRole
	});
	const relay = authorisedRelay(parts.fetch, device);
	let key: KeyRecord | undefined;
	const unwatchClosing = watchClosing([device, stores.rows], {
		onReopened() {
			key = undefined;
			parts.onReopened();
		},
		onShut: parts.onShut
	});

	return {
		here,
		stores,
		relay,
		media: mediaDesk({ device, relay, now: parts.now, shrink: thumbOf }),
		rows: { ...rowQueries(stores), ...outboxQueries(stores) },
		sync,
		async key() {
			key ??= await device.keys.get('device');
			return key ?? null;
		},
		async close() {
			unwatch();
			unwatchClosing();
			await sync.stop();
			device.close();
			stores.rows.close();
		}
	};
}

/** [J4] The role a person acts under in an organisation. */
export function actorOf(me: Me, org: OrgId): Actor {
	const duty = me.duty?.org === org ? me.duty : me.duties.find((each) => each.org === org);
	return { person: me.person, role: (duty ?? me.duty)?.role ?? 'member', org };
}

function meOf(here: PersonHere, known: KnownPerson | null, chosen: ChosenDuty | null): Me {
	const { person, name, duties, realm, realmName, demo } = known ?? here;
	const duty = duties.find((each) => chosen !== null && isSameDuty(each, chosen)) ?? duties[0];
	const isRevoked = known?.revoked ?? false;
	const { device } = here;
	return { person, name, duties: [...duties], realm, realmName, demo, device, duty, isRevoked };
}
