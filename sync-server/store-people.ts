/** Who may knock: enrolled devices, invitations and sessions, in the relay's store; secrets only as hashes. */
import type { StatementSync } from 'node:sqlite';
import { DeviceId, PersonId } from '#domain/ids.ts';
import type { PublicKey } from '#domain/wire.ts';
import { all, first, type Store } from './store-sqlite.ts';
import type { Devices, KnownDevice } from './verify.ts';

const schema = `
CREATE TABLE IF NOT EXISTS device (
	id TEXT PRIMARY KEY,
	person TEXT NOT NULL,
	x TEXT NOT NULL,
	y TEXT NOT NULL,
	label TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	revoked_at INTEGER,
	last_seen INTEGER NOT NULL,
	waiting INTEGER,
	version TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS device_of_person ON device (person);
-- secret, whole code and the code's first half are kept as keyed hashes: the store alone opens nothing
CREATE TABLE IF NOT EXISTS invitation (
	id TEXT PRIMARY KEY,
	person TEXT NOT NULL,
	issued_by TEXT NOT NULL,
	secret_hash TEXT NOT NULL UNIQUE,
	code_hash TEXT NOT NULL,
	selector_hash TEXT NOT NULL,
	asks_phone INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	code_tries INTEGER NOT NULL DEFAULT 0,
	check_tries INTEGER NOT NULL DEFAULT 0,
	used_at INTEGER,
	used_by TEXT,
	revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS invitation_by_selector ON invitation (selector_hash);
CREATE INDEX IF NOT EXISTS invitation_of_person ON invitation (person);
CREATE TABLE IF NOT EXISTS session (
	token_hash TEXT PRIMARY KEY,
	device TEXT NOT NULL REFERENCES device (id),
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS session_of_device ON session (device);
`;

export interface InvitationRecord {
	readonly id: string;
	readonly person: PersonId;
	readonly issuedBy: PersonId;
	/** Opening it asks for the last four digits of the registered phone. */
	readonly asksPhone: boolean;
	readonly createdAt: number;
	readonly expiresAt: number;
	readonly codeTries: number;
	readonly checkTries: number;
	readonly usedAt: number | null;
	readonly usedBy: string | null;
	readonly revokedAt: number | null;
}

export interface NewInvitation extends Pick<
	InvitationRecord,
	'id' | 'person' | 'issuedBy' | 'asksPhone' | 'createdAt' | 'expiresAt'
> {
	readonly secretHash: string;
	readonly codeHash: string;
	readonly selectorHash: string;
}

export interface NewDevice {
	readonly id: DeviceId;
	readonly person: PersonId;
	readonly publicKey: PublicKey;
	readonly label: string;
	readonly createdAt: number;
}

/** What those in whose care it is may know of a device. */
export interface ListedDevice {
	readonly id: string;
	readonly person: PersonId;
	/** What the device said of itself when it joined: system and browser. */
	readonly label: string;
	readonly createdAt: number;
	readonly lastSeen: number;
	/** Entries not handed in when it was last heard of; null before it first told. */
	readonly waiting: number | null;
	readonly version: string | null;
	readonly revokedAt: number | null;
}

export interface SessionRecord {
	readonly device: DeviceId;
	readonly person: PersonId;
	readonly expiresAt: number;
	readonly revokedAt: number | null;
}

export interface PeopleStore extends Devices {
	addDevice(device: NewDevice): void;
	revokeDevice(id: string, at: number): void;
	listDevices(): ListedDevice[];
	seen(id: string, at: number, told: { waiting?: number; version?: string }): void;
	addInvitation(invitation: NewInvitation): void;
	bySecret(secretHash: string): InvitationRecord | null;
	byCode(codeHash: string): InvitationRecord | null;
	/** Counts a wrong code against every open invitation that shares its first half; how many that were. */
	countWrongCode(selectorHash: string, at: number): number;
	/** The most wrong codes any open invitation with this first half has seen. */
	wrongCodes(selectorHash: string, at: number): number;
	countWrongCheck(id: string): void;
	/** False when somebody was faster, or it was revoked or ran out meanwhile. */
	use(id: string, device: DeviceId, at: number): boolean;
	revokeInvitation(id: string, at: number): boolean;
	revokeOpenInvitations(person: PersonId, at: number): void;
	invitation(id: string): InvitationRecord | null;
	invitations(): InvitationRecord[];
	addSession(tokenHash: string, device: DeviceId, expiresAt: number): void;
	session(tokenHash: string): SessionRecord | null;
	prolong(tokenHash: string, expiresAt: number): void;
	dropExpired(at: number): void;
}

export function openPeopleStore({ db }: Store): PeopleStore {
	db.exec(schema);
	const sql = prepareAll({ db });
	return {
		deviceOf(id) {
			const found = first<DeviceColumns>(sql.device, id);
			return found && knownDevice(found);
		},
		addDevice({ id, person, publicKey, label, createdAt }) {
			const { x, y } = publicKey;
			sql.addDevice.run(id, person, x, y, label, createdAt, createdAt);
		},
		revokeDevice(id, at) {
			sql.revokeDevice.run(at, id);
			sql.dropSessionsOf.run(id);
		},
		listDevices: () => all<ListedColumns>(sql.devices).map(listedDevice),
		seen(id, at, { waiting, version }) {
			sql.seen.run(at, waiting ?? null, version ?? null, id);
		},
		addInvitation(each) {
			sql.addInvitation.run(
				each.id,
				each.person,
				each.issuedBy,
				each.secretHash,
				each.codeHash,
				each.selectorHash,
				each.asksPhone ? 1 : 0,
				each.createdAt,
				each.expiresAt
			);
		},
		bySecret: (hash) => invitationOf(first<InvitationColumns>(sql.bySecret, hash)),
		byCode: (hash) => invitationOf(first<InvitationColumns>(sql.byCode, hash)),
		countWrongCode: (selector, at) => Number(sql.countWrongCode.run(selector, at).changes),
		wrongCodes: (selector, at) => first<{ most: number }>(sql.wrongCodes, selector, at)?.most ?? 0,
		countWrongCheck: (id) => void sql.countWrongCheck.run(id),
		use: (id, device, at) => sql.use.run(at, device, id, at).changes === 1,
		revokeInvitation: (id, at) => sql.revokeInvitation.run(at, id).changes === 1,
		revokeOpenInvitations: (person, at) => void sql.revokeOpen.run(at, person, at),
		invitation: (id) => invitationOf(first<InvitationColumns>(sql.invitation, id)),
		invitations: () =>
			all<InvitationColumns>(sql.invitations).flatMap((found) => invitationOf(found) ?? []),
		addSession: (hash, device, expiresAt) => void sql.addSession.run(hash, device, expiresAt),
		session(hash) {
			const found = first<SessionColumns>(sql.session, hash);
			return (
				found && {
					device: DeviceId.parse(found.device),
					person: PersonId.parse(found.person),
					expiresAt: found.expires_at,
					revokedAt: found.revoked_at
				}
			);
		},
		prolong: (hash, expiresAt) => void sql.prolong.run(expiresAt, hash),
		dropExpired: (at) => void sql.dropExpired.run(at)
	};
}

interface DeviceColumns {
	readonly id: string;
	readonly person: string;
	readonly x: string;
	readonly y: string;
	readonly revoked_at: number | null;
}

interface ListedColumns {
	readonly id: string;
	readonly person: string;
	readonly label: string;
	readonly created_at: number;
	readonly last_seen: number;
	readonly waiting: number | null;
	readonly version: string | null;
	readonly revoked_at: number | null;
}

interface InvitationColumns {
	readonly id: string;
	readonly person: string;
	readonly issued_by: string;
	readonly asks_phone: number;
	readonly created_at: number;
	readonly expires_at: number;
	readonly code_tries: number;
	readonly check_tries: number;
	readonly used_at: number | null;
	readonly used_by: string | null;
	readonly revoked_at: number | null;
}

interface SessionColumns {
	readonly device: string;
	readonly person: string;
	readonly expires_at: number;
	readonly revoked_at: number | null;
}

function knownDevice({ id, person, x, y, revoked_at }: DeviceColumns): KnownDevice {
	const publicKey: PublicKey = { kty: 'EC', crv: 'P-256', x, y };
	return { id, person: PersonId.parse(person), publicKey, revokedAt: revoked_at };
}

function listedDevice(found: ListedColumns): ListedDevice {
	const { id, label, waiting, version } = found;
	return {
		id,
		person: PersonId.parse(found.person),
		label,
		createdAt: found.created_at,
		lastSeen: found.last_seen,
		waiting,
		version,
		revokedAt: found.revoked_at
	};
}

function invitationOf(found: InvitationColumns | null): InvitationRecord | null {
	if (found === null) return null;
	return {
		id: found.id,
		person: PersonId.parse(found.person),
		issuedBy: PersonId.parse(found.issued_by),
		asksPhone: found.asks_phone === 1,
		createdAt: found.created_at,
		expiresAt: found.expires_at,
		codeTries: found.code_tries,
		checkTries: found.check_tries,
		usedAt: found.used_at,
		usedBy: found.used_by,
		revokedAt: found.revoked_at
	};
}

const OPEN = 'used_at IS NULL AND revoked_at IS NULL AND expires_at > ?';

function prepareAll({
	db
}: Pick<Store, 'db'>): Record<
	| 'device'
	| 'devices'
	| 'addDevice'
	| 'revokeDevice'
	| 'seen'
	| 'addInvitation'
	| 'bySecret'
	| 'byCode'
	| 'countWrongCode'
	| 'wrongCodes'
	| 'countWrongCheck'
	| 'use'
	| 'revokeInvitation'
	| 'revokeOpen'
	| 'invitation'
	| 'invitations'
	| 'addSession'
	| 'session'
	| 'prolong'
	| 'dropSessionsOf'
	| 'dropExpired',
	StatementSync
> {
	return {
		device: db.prepare('SELECT id, person, x, y, revoked_at FROM device WHERE id = ?'),
		devices: db.prepare(
			`SELECT id, person, label, created_at, last_seen, waiting, version, revoked_at
			FROM device ORDER BY last_seen, id LIMIT 20000`
		),
		addDevice: db.prepare(
			`INSERT INTO device (id, person, x, y, label, created_at, last_seen)
			VALUES (?, ?, ?, ?, ?, ?, ?)`
		),
		revokeDevice: db.prepare(
			'UPDATE device SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL'
		),
		seen: db.prepare('UPDATE device SET last_seen = ?, waiting = ?, version = ? WHERE id = ?'),
		addInvitation: db.prepare(
			`INSERT INTO invitation (id, person, issued_by, secret_hash, code_hash, selector_hash,
			asks_phone, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
		),
		bySecret: db.prepare('SELECT * FROM invitation WHERE secret_hash = ?'),
		// The newest: a code may come again once its invitation is over.
		byCode: db.prepare(
			'SELECT * FROM invitation WHERE code_hash = ? ORDER BY created_at DESC LIMIT 1'
		),
		countWrongCode: db.prepare(
			`UPDATE invitation SET code_tries = code_tries + 1 WHERE selector_hash = ? AND ${OPEN}`
		),
		wrongCodes: db.prepare(
			`SELECT max(code_tries) AS most FROM invitation WHERE selector_hash = ? AND ${OPEN}`
		),
		countWrongCheck: db.prepare('UPDATE invitation SET check_tries = check_tries + 1 WHERE id = ?'),
		use: db.prepare(`UPDATE invitation SET used_at = ?, used_by = ? WHERE id = ? AND ${OPEN}`),
		revokeInvitation: db.prepare(
			`UPDATE invitation SET revoked_at = ? WHERE id = ? AND used_at IS NULL
			AND revoked_at IS NULL`
		),
		revokeOpen: db.prepare(`UPDATE invitation SET revoked_at = ? WHERE person = ? AND ${OPEN}`),
		invitation: db.prepare('SELECT * FROM invitation WHERE id = ?'),
		invitations: db.prepare('SELECT * FROM invitation ORDER BY created_at DESC, id LIMIT 20000'),
		addSession: db.prepare('INSERT INTO session VALUES (?, ?, ?)'),
		session: db.prepare(
			`SELECT s.device, d.person, s.expires_at, d.revoked_at FROM session s
			JOIN device d ON d.id = s.device WHERE s.token_hash = ?`
		),
		prolong: db.prepare('UPDATE session SET expires_at = ? WHERE token_hash = ?'),
		dropSessionsOf: db.prepare('DELETE FROM session WHERE device = ?'),
		dropExpired: db.prepare('DELETE FROM session WHERE expires_at <= ?')
	};
}
