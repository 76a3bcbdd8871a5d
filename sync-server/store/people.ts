/** Who may knock: enrolled devices, invitations and sessions, in the relay's store; secrets only as hashes. */
import { DeviceId, PersonId } from '#domain/ids.ts';
import type { PublicKey } from '#domain/wire.ts';
import type { Devices, KnownDevice } from '../judging/verify.ts';
import type { Sql, SqlValue } from './store.ts';

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
	addDevice(device: NewDevice): Promise<void>;
	/** Takes it out of use, also one that this store does not know yet or any more. */
	revokeDevice(id: string, at: number): Promise<void>;
	/** How many devices of a person are in use, and how many joined since, whatever became of them. */
	countDevices(person: PersonId, since: number): Promise<{ inUse: number; joined: number }>;
	/** All that were ever taken out of use, and when. */
	revokedDevices(): Promise<readonly (readonly [id: string, at: number])[]>;
	/** A page of devices behind an id, in the order of their ids. */
	listDevices(after: string): Promise<ListedDevice[]>;
	/** Devices in use, and those of them that were heard of since. */
	countInUse(since: number): Promise<{ all: number; since: number }>;
	seen(id: string, at: number, told: { waiting?: number; version?: string }): Promise<void>;
	addInvitation(invitation: NewInvitation): Promise<void>;
	bySecret(secretHash: string): Promise<InvitationRecord | null>;
	byCode(codeHash: string): Promise<InvitationRecord | null>;
	/** Counts a wrong code against every open invitation that shares its first half; how many that were. */
	countWrongCode(selectorHash: string, at: number): Promise<number>;
	/** The most wrong codes any open invitation with this first half has seen. */
	wrongCodes(selectorHash: string, at: number): Promise<number>;
	countWrongCheck(id: string): Promise<void>;
	/** False when somebody was faster, or it was revoked or ran out meanwhile. */
	use(id: string, device: DeviceId, at: number): Promise<boolean>;
	revokeInvitation(id: string, at: number): Promise<boolean>;
	/** Those that would still be open at `openAfter`; by default now. */
	revokeOpenInvitations(person: PersonId, at: number, openAfter?: number): Promise<void>;
	invitation(id: string): Promise<InvitationRecord | null>;
	/** A page of invitations behind an id, in the order of their ids. */
	invitations(after: string): Promise<InvitationRecord[]>;
	/** Forgets some of those that nobody used and that ran out by then; how many. */
	dropUnused(by: number): Promise<number>;
	addSession(tokenHash: string, device: DeviceId, expiresAt: number): Promise<void>;
	session(tokenHash: string): Promise<SessionRecord | null>;
	prolong(tokenHash: string, device: DeviceId, expiresAt: number): Promise<void>;
	/** Ends sessions of a device, but for so many that end last. */
	dropSessions(device: DeviceId, but: number): Promise<void>;
	/** Forgets some of the sessions that are over by then; how many. */
	dropExpired(by: number): Promise<number>;
}

/** Rows read, or dropped, in one go. */
const PAGE = 500;
const OPEN = 'used_at IS NULL AND revoked_at IS NULL AND expires_at > ?';

/** Over a store, or inside a transaction. */
export function createPeopleStore(sql: Sql): PeopleStore {
	async function invitationWhere(
		where: string,
		...values: SqlValue[]
	): Promise<InvitationRecord | null> {
		const found = await sql.first<InvitationColumns>(
			`SELECT * FROM invitation WHERE ${where}`,
			...values
		);
		return found && invitationOf(found);
	}
	return {
		async deviceOf(id) {
			const found = await sql.first<DeviceColumns>(
				'SELECT id, person, x, y, revoked_at FROM device WHERE id = ?',
				id
			);
			return found && knownDevice(found);
		},
		async addDevice({ id, person, publicKey: { x, y }, label, createdAt }) {
			await sql.run(
				`INSERT INTO device (id, person, x, y, label, created_at, last_seen, revoked_at)
				VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT at FROM revoked_device WHERE id = ?))`,
				...[id, person, x, y, label, createdAt, createdAt, id]
			);
		},
		async revokeDevice(id, at) {
			const revoked = 'INSERT INTO revoked_device VALUES (?, ?) ON CONFLICT DO NOTHING';
			await sql.run(revoked, id, at);
			await sql.run('UPDATE device SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', at, id);
			await sql.run('DELETE FROM session WHERE device = ?', id);
		},
		async countDevices(person, since) {
			const found = await sql.first<{ in_use: number; joined: number }>(
				`SELECT coalesce(sum(CASE WHEN revoked_at IS NULL THEN 1 ELSE 0 END), 0) AS in_use,
				coalesce(sum(CASE WHEN created_at > ? THEN 1 ELSE 0 END), 0) AS joined
				FROM device WHERE person = ?`,
				...[since, person]
			);
			return { inUse: found?.in_use ?? 0, joined: found?.joined ?? 0 };
		},
		async revokedDevices() {
			const found = await sql.all<{ id: string; at: number }>('SELECT id, at FROM revoked_device');
			return found.map(({ id, at }) => [id, at]);
		},
		async listDevices(after) {
			const found = await sql.all<ListedColumns>(
				`SELECT id, person, label, created_at, last_seen, waiting, version, revoked_at
				FROM device WHERE id > ? ORDER BY id LIMIT ${PAGE}`,
				after
			);
			return found.map(listedDevice);
		},
		async countInUse(since) {
			const found = await sql.first<{ all: number; since: number }>(
				`SELECT count(*) AS "all",
				coalesce(sum(CASE WHEN last_seen >= ? THEN 1 ELSE 0 END), 0) AS since
				FROM device WHERE revoked_at IS NULL`,
				since
			);
			return found ?? { all: 0, since: 0 };
		},
		async seen(id, at, { waiting = null, version = null }) {
			await sql.run(
				'UPDATE device SET last_seen = ?, waiting = ?, version = ? WHERE id = ?',
				...[at, waiting, version, id]
			);
		},
		async addInvitation(each) {
			await sql.run(
				`INSERT INTO invitation (id, person, issued_by, secret_hash, code_hash, selector_hash,
				asks_phone, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
		bySecret: (hash) => invitationWhere('secret_hash = ?', hash),
		// The newest: a code may come again once its invitation is over.
		byCode: (hash) => invitationWhere('code_hash = ? ORDER BY created_at DESC LIMIT 1', hash),
		countWrongCode: (selector, at) =>
			sql.run(
				`UPDATE invitation SET code_tries = code_tries + 1 WHERE selector_hash = ? AND ${OPEN}`,
				selector,
				at
			),
		async wrongCodes(selector, at) {
			const found = await sql.first<{ most: number | null }>(
				`SELECT max(code_tries) AS most FROM invitation WHERE selector_hash = ? AND ${OPEN}`,
				selector,
				at
			);
			return found?.most ?? 0;
		},
		async countWrongCheck(id) {
			await sql.run('UPDATE invitation SET check_tries = check_tries + 1 WHERE id = ?', id);
		},
		async use(id, device, at) {
			const used = await sql.run(
				`UPDATE invitation SET used_at = ?, used_by = ? WHERE id = ? AND ${OPEN}`,
				...[at, device, id, at]
			);
			return used === 1;
		},
		async revokeInvitation(id, at) {
			const revoked = await sql.run(
				`UPDATE invitation SET revoked_at = ? WHERE id = ? AND used_at IS NULL
				AND revoked_at IS NULL`,
				at,
				id
			);
			return revoked === 1;
		},
		async revokeOpenInvitations(person, at, openAfter = at) {
			await sql.run(
				`UPDATE invitation SET revoked_at = ? WHERE person = ? AND ${OPEN}`,
				...[at, person, openAfter]
			);
		},
		invitation: (id) => invitationWhere('id = ?', id),
		async invitations(after) {
			const found = await sql.all<InvitationColumns>(
				`SELECT * FROM invitation WHERE id > ? ORDER BY id LIMIT ${PAGE}`,
				after
			);
			return found.map(invitationOf);
		},
		dropUnused: (by) =>
			sql.run(
				`DELETE FROM invitation WHERE id IN (
				SELECT id FROM invitation WHERE used_at IS NULL AND expires_at <= ? LIMIT ${PAGE})`,
				by
			),
		async addSession(hash, device, expiresAt) {
			await sql.run('INSERT INTO session VALUES (?, ?, ?)', hash, device, expiresAt);
		},
		async session(hash) {
			const found = await sql.first<SessionColumns>(
				`SELECT s.device, d.person, s.expires_at, d.revoked_at FROM session s
				JOIN device d ON d.id = s.device WHERE s.token_hash = ?`,
				hash
			);
			return (
				found && {
					device: DeviceId.parse(found.device),
					person: PersonId.parse(found.person),
					expiresAt: found.expires_at,
					revokedAt: found.revoked_at
				}
			);
		},
		async prolong(hash, device, expiresAt) {
			await sql.run(
				'UPDATE session SET expires_at = ? WHERE token_hash = ? AND device = ?',
				...[expiresAt, hash, device]
			);
		},
		async dropSessions(device, but) {
			await sql.run(
				`DELETE FROM session WHERE token_hash IN (SELECT token_hash FROM session
				WHERE device = ? ORDER BY expires_at DESC LIMIT ${PAGE} OFFSET ?)`,
				...[device, but]
			);
		},
		dropExpired: (by) =>
			sql.run(
				`DELETE FROM session WHERE token_hash IN (
				SELECT token_hash FROM session WHERE expires_at <= ? LIMIT ${PAGE})`,
				by
			)
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

function invitationOf(found: InvitationColumns): InvitationRecord {
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
