/** Reads what strangers handed in: parses each text once and checks its signature off the main thread. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Reason } from '#domain/element.ts';
import { parseEntry, Signed, type Entry } from '#domain/entry.ts';
import type { PersonId } from '#domain/ids.ts';
import { familyOf } from '#domain/kinds/index.ts';
import type { PublicKey } from '#domain/wire.ts';
import { sha256 } from '../ledgers/chain.ts';
import { isSignedByAside } from './signature.ts';

/** An enrolled device, as the people store knows it. */
export interface KnownDevice {
	readonly id: string;
	readonly person: PersonId;
	readonly publicKey: PublicKey;
	readonly revokedAt: number | null;
}

export interface Devices {
	deviceOf(id: string): Promise<KnownDevice | null>;
}

/** One entry of a commit after reading: what it says, who says it, or why it cannot count. */
export type Read =
	| {
			readonly is: 'sound';
			readonly entry: Entry;
			readonly signed: Signed;
			readonly hash: string;
			/** Whose device signed it; null where this process did. */
			readonly author: PersonId | null;
	  }
	| {
			readonly is: 'unsound';
			readonly entry: Entry | null;
			readonly hash: string;
			readonly reason: Reason;
	  };

export interface Verifier {
	/** Reads a commit. A text that was answered before is answered so again, whatever comes of it here (E2). */
	read(commit: readonly Signed[], realm: string): Promise<readonly Read[]>;
	/** Whether a device signed a text; null where it is not enrolled here. */
	isSigned(device: string, signed: Signed): Promise<boolean | null>;
	/** The same for texts that this process has just signed itself (R9). */
	readOwn(commit: readonly Signed[], realm: string, device: string): readonly Read[];
}

const KEYS_KEPT = 10_000;

export function createVerifier(devices: Devices): Verifier {
	const keys = new Map<string, KeyObject>();

	function keyOf(jwk: PublicKey): KeyObject {
		const name = `${jwk.x}.${jwk.y}`;
		let key = keys.get(name);
		if (key === undefined) {
			key = createPublicKey({ key: jwk, format: 'jwk' });
			if (keys.size >= KEYS_KEPT) keys.clear();
			keys.set(name, key);
		}
		return key;
	}

	async function readOne(signed: Signed, realm: string): Promise<Read> {
		const read = parse(signed, realm);
		if (read.is === 'unsound') return read;
		const device = await devices.deviceOf(read.entry.device);
		if (device === null || !(await isSignedByAside(keyOf(device.publicKey), signed)))
			return { ...read, is: 'unsound', reason: 'bad-signature' };
		if (device.revokedAt !== null) return { ...read, is: 'unsound', reason: 'device-revoked' };
		return { ...read, author: device.person };
	}

	return {
		async isSigned(device, signed) {
			const known = await devices.deviceOf(device);
			return known === null ? null : isSignedByAside(keyOf(known.publicKey), signed);
		},
		async read(commit, realm) {
			return shaped(await Promise.all(commit.map((signed) => readOne(signed, realm))));
		},
		readOwn(commit, realm, device) {
			return shaped(
				commit.map((signed) => {
					const read = parse(signed, realm);
					if (read.is === 'unsound' || read.entry.device === device) return read;
					return { ...read, is: 'unsound', reason: 'bad-signature' };
				})
			);
		}
	};
}

/** [E5] A commit with a kind this relay is too old for is answered *later*. */
export function hasUnknownKind(reads: readonly Read[]): boolean {
	const isSound = reads.every(({ is }) => is === 'sound');
	return isSound && reads.some(({ entry }) => entry && familyOf(entry.kind) === undefined);
}

function parse(signed: Signed, realm: string): Read {
	const parsed = parseEntry(signed.text);
	const isShaped = Signed.safeParse(signed).success;
	const hash = sha256(signed.text);
	if (!parsed.ok) return { is: 'unsound', entry: null, hash, reason: parsed.reason };
	const { entry } = parsed;
	if (!isShaped) return { is: 'unsound', entry, hash, reason: 'bad-signature' };
	if (entry.realm !== realm) return { is: 'unsound', entry, hash, reason: 'wrong-realm' };
	return { is: 'sound', entry, signed, hash, author: null };
}

/** [E7] A commit arrives whole and in order, or not at all. */
function shaped(reads: readonly Read[]): readonly Read[] {
	const id = reads.find(({ entry }) => entry !== null)?.entry?.commit.id;
	const ids = new Set<string>();
	return reads.map((read, i) => {
		if (read.is === 'unsound') return read;
		const { commit } = read.entry;
		const isFirst = !ids.has(read.entry.id);
		ids.add(read.entry.id);
		const isWhole = isFirst && commit.id === id && commit.i === i && commit.of === reads.length;
		return isWhole ? read : { ...read, is: 'unsound', reason: 'commit-incomplete' };
	});
}
