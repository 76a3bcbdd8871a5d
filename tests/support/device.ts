/** A device of a test: it signs entries as a phone does and hands them in over HTTP. */
import {
	createPublicKey,
	generateKeyPairSync,
	randomBytes,
	sign,
	type KeyObject
} from 'node:crypto';
import { v7 } from 'uuid';
import type { Entry, Signed } from '#domain/entry.ts';
import { DeviceId, type PersonId } from '#domain/ids.ts';
import { PublicKey, ScopeAnswer, HandInAnswer, type Receipt } from '#domain/wire.ts';
import { COMMUNITY } from './tell.ts';

/** What a test says; the rest of the entry is filled in. */
export interface Draft {
	readonly kind: string;
	readonly record: string;
	readonly body: Record<string, unknown>;
	readonly org?: string;
	readonly rev?: number;
	readonly id?: string;
	readonly onBehalfOf?: PersonId;
	readonly adopts?: Entry['adopts'];
}

/** Signs one commit as it stands (E1). */
export function signWith(
	key: KeyObject,
	drafts: readonly Draft[],
	by: { device: string; realm: string; at: number }
): Signed[] {
	const commit = v7();
	return drafts.map((draft, i) => {
		const text = JSON.stringify({
			v: 1,
			realm: by.realm,
			id: draft.id ?? v7(),
			commit: { id: commit, i, of: drafts.length },
			kind: draft.kind,
			record: draft.record,
			org: draft.org ?? COMMUNITY,
			device: by.device,
			at: by.at,
			rev: draft.rev ?? 0,
			salt: randomBytes(16).toString('base64url'),
			...(draft.onBehalfOf === undefined ? {} : { onBehalfOf: draft.onBehalfOf }),
			...(draft.adopts === undefined ? {} : { adopts: draft.adopts }),
			body: draft.body
		});
		return { text, sig: signText(key, text) };
	});
}

export function signText(key: KeyObject, text: string): string {
	return sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString(
		'base64url'
	);
}

export interface TestDevice {
	readonly id: DeviceId;
	readonly person: PersonId;
	readonly publicKey: PublicKey;
	readonly privateKey: KeyObject;
	readonly cookie: string;
	commit(...drafts: Draft[]): Signed[];
	/** Posts a hand-in and answers the response as it came. */
	post(url: string, commits: readonly (readonly Signed[])[], now?: number): Promise<Response>;
	/** Posts a hand-in that must be taken; answers its receipts. */
	handIn(url: string, commits: readonly (readonly Signed[])[], now?: number): Promise<Receipt[]>;
	/** Signs one commit and hands it in. */
	says(url: string, ...drafts: Draft[]): Promise<Receipt[]>;
	scope(url: string, held?: Record<string, { seq: number; chain: string }>): Promise<ScopeAnswer>;
}

export function makeDevice(
	person: PersonId,
	realm: string,
	now: () => number = Date.now
): TestDevice {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const { kty, crv, x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
	const id = DeviceId.parse(`device-${randomBytes(6).toString('hex')}`);
	const cookie = `lxq=${id}`;
	const headers = { cookie, 'content-type': 'application/json' };

	function commit(...drafts: Draft[]): Signed[] {
		return signWith(privateKey, drafts, { device: id, realm, at: now() });
	}
	function post(url: string, commits: readonly (readonly Signed[])[], at = now()) {
		const body = JSON.stringify({ now: at, commits });
		return fetch(`${url}/api/entries`, { method: 'POST', headers, body });
	}
	async function handIn(url: string, commits: readonly (readonly Signed[])[], at = now()) {
		const response = await post(url, commits, at);
		if (!response.ok) throw new Error(`device: ${response.status} ${await response.text()}`);
		return HandInAnswer.parse(await response.json()).receipts;
	}
	return {
		id,
		person,
		publicKey: PublicKey.parse({ kty, crv, x, y }),
		privateKey,
		cookie,
		commit,
		post,
		handIn,
		says: (url, ...drafts) => handIn(url, [commit(...drafts)]),
		async scope(url, held = {}) {
			const body = JSON.stringify({ held });
			const response = await fetch(`${url}/api/scope`, { method: 'POST', headers, body });
			return ScopeAnswer.parse(await response.json());
		}
	};
}
