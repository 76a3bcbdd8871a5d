/** Signs what a form says: exact texts of entries and their signatures, one commit (E1, E7). */
import { COMMIT_ENTRIES, parseEntry, type Entry, type Signed } from '#domain/entry.ts';
import type { DeviceId, EntryId, OrgId, PersonId, RecordId } from '#domain/ids.ts';
import { kindOf } from '#domain/kinds/index.ts';
import { base64url } from '#lib/device/base64url.ts';
import { sign } from '#lib/device/keys.ts';

/** What a screen wants to say about one record. */
export interface Utterance {
	readonly kind: string;
	readonly record: RecordId;
	readonly body: object;
	/** The organisation spoken for; the active duty's where absent. */
	readonly org?: OrgId | undefined;
	/** [E4] The ordinal of the record as its author had it in view, where more is folded by now. */
	readonly seen?: number | undefined;
	/** [E2] The refused entry this one stands for. */
	readonly replaces?: EntryId | undefined;
	readonly onBehalfOf?: PersonId | undefined;
	/** [J6] The refused entry of somebody whose duty had ended, that a desk now says for them. */
	readonly adopts?: Entry['adopts'];
}

export interface Signer {
	readonly realm: string;
	readonly device: DeviceId;
	readonly privateKey: CryptoKey;
	readonly newId: () => EntryId;
}

export type SignedEntry = Signed & { readonly entry: Entry };

export type SignOutcome =
	| { readonly ok: true; readonly commit: EntryId; readonly entries: readonly SignedEntry[] }
	| { readonly ok: false; readonly reason: 'malformed' | 'too-large' };

export async function signCommit(
	signer: Signer,
	utterances: readonly Utterance[],
	context: {
		readonly at: number;
		readonly org: OrgId;
		/** [E4] The ordinal of each record that this device has folded. */
		readonly revOf: (record: RecordId) => number;
	}
): Promise<SignOutcome> {
	const of = utterances.length;
	if (of === 0 || of > COMMIT_ENTRIES) return { ok: false, reason: 'malformed' };
	const commit = signer.newId();
	const entries: SignedEntry[] = [];
	for (const [i, { kind, record, body, org, ...rest }] of utterances.entries()) {
		const text = JSON.stringify({
			v: 1,
			realm: signer.realm,
			id: signer.newId(),
			commit: { id: commit, i, of },
			kind,
			record,
			org: org ?? context.org,
			device: signer.device,
			at: context.at,
			rev: Math.min(rest.seen ?? Infinity, context.revOf(record)),
			salt: base64url(crypto.getRandomValues(new Uint8Array(16))),
			onBehalfOf: rest.onBehalfOf,
			adopts: rest.adopts,
			replaces: rest.replaces,
			body
		});
		// The same strict reading as the relay's: what could only be refused is not signed.
		const parsed = parseEntry(text);
		if (!parsed.ok) return parsed;
		if (!kindOf(kind)?.parses(parsed.entry)) return { ok: false, reason: 'malformed' };
		entries.push({ text, sig: await sign(signer.privateKey, text), entry: parsed.entry });
	}
	return { ok: true, commit, entries };
}
