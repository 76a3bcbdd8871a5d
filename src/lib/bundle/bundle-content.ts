/** What stands in a bundle: whose device it is from, and signed texts line by line; believed only once verified (O5). */
import { z } from 'zod';
import { Reason } from '#domain/element.ts';
import { parseEntry, Signed, type Entry } from '#domain/entry.ts';
import type { DeviceId, EntryId, OrgId, PersonId } from '#domain/ids.ts';
import { Certificate, HANDOVERS, type CertificateAnswer, type PublicKey } from '#domain/wire.ts';
import type { OutboxEntry } from '#lib/device/device-db.ts';
import { isSignedBy } from '#lib/device/keys.ts';
import { readJson } from '#lib/device/relay.ts';
import { keysBelieved } from './relay-keys.ts';

const Line = z.discriminatedUnion('is', [
	z.strictObject({
		is: z.literal('from'),
		certificate: Signed,
		/** How the key that signed it came from the relay's first one; left out while it is the first. */
		handovers: z.array(Signed).max(HANDOVERS).optional(),
		made: z.int()
	}),
	/** Not answered by the relay yet, as far as the sender knows. */
	z.strictObject({ is: z.literal('entry'), ...Signed.shape }),
	/** Refused by the relay: to be said anew by the desk (J6), never handed in. */
	z.strictObject({ is: z.literal('refused'), ...Signed.shape, reason: Reason })
]);
type Line = z.infer<typeof Line>;

export interface CarriedCommit {
	readonly commit: EntryId;
	readonly entries: readonly OutboxEntry[];
}

export interface CarriedRefusal {
	readonly entry: OutboxEntry;
	readonly commit: EntryId;
	readonly reason: Reason;
}

export interface BundleContent {
	readonly device: DeviceId;
	readonly person: PersonId;
	/** The sender's clock when it was made. */
	readonly made: number;
	readonly commits: readonly CarriedCommit[];
	readonly refused: readonly CarriedRefusal[];
}

export function writeContent(
	from: { readonly made: number } & Pick<CertificateAnswer, 'certificate' | 'handovers'>,
	commits: readonly { readonly entries: readonly Signed[] }[],
	refused: readonly (Signed & { readonly reason: Reason })[]
): string {
	const { certificate, handovers, made } = from;
	const lines: Line[] = [
		{ is: 'from', certificate, ...(handovers.length > 0 ? { handovers } : {}), made },
		...commits.flatMap(({ entries }) =>
			entries.map(({ text, sig }) => ({ is: 'entry' as const, text, sig }))
		),
		...refused.map(({ text, sig, reason }) => ({ is: 'refused' as const, text, sig, reason }))
	];
	return lines.map((line) => JSON.stringify(line)).join('\n');
}

/** Null where anything in it is not what it claims to be: a bundle is taken whole or not at all. */
export async function readContent(
	content: string,
	expected: { readonly realm: string; readonly org: OrgId; readonly held: CertificateAnswer }
): Promise<BundleContent | null> {
	const lines = content.split('\n').map((line) => Line.safeParse(readJson(line)).data);
	const [from, ...rest] = lines;
	if (from?.is !== 'from') return null;
	const keys = await keysBelieved(expected.held, from.handovers ?? []);
	const certificate = await readCertificate(from.certificate, { realm: expected.realm, keys });
	if (certificate === null) return null;
	const { device, person } = certificate;
	const commits = new Map<EntryId, OutboxEntry[]>();
	const sizes = new Map<EntryId, number>();
	const refused: CarriedRefusal[] = [];
	for (const line of rest) {
		if (line === undefined || line.is === 'from') return null;
		const entry = await readEntry(line, certificate, expected);
		if (entry === null) return null;
		const { id, record, kind, at, commit } = entry;
		const kept = { id, record, kind, at, text: line.text, sig: line.sig };
		if (line.is === 'refused') {
			refused.push({ entry: kept, commit: commit.id, reason: line.reason });
			continue;
		}
		const entries = commits.get(commit.id) ?? [];
		// [E7] in the order they were signed, each once
		if (commit.i !== entries.length) return null;
		commits.set(commit.id, [...entries, kept]);
		sizes.set(commit.id, commit.of);
	}
	const isWhole = [...commits].every(([id, entries]) => entries.length === sizes.get(id));
	if (!isWhole) return null;
	return {
		device,
		person,
		made: from.made,
		commits: [...commits].map(([commit, entries]) => ({ commit, entries })),
		refused
	};
}

async function readCertificate(
	{ text, sig }: Signed,
	{ realm, keys }: { readonly realm: string; readonly keys: readonly PublicKey[] }
): Promise<Certificate | null> {
	const isSigned = await Promise.all(keys.map((key) => isSignedBy(key, text, sig)));
	if (!isSigned.includes(true)) return null;
	const parsed = Certificate.safeParse(readJson(text));
	return parsed.success && parsed.data.realm === realm ? parsed.data : null;
}

async function readEntry(
	{ text, sig }: Signed,
	{ device, publicKey }: Certificate,
	{ realm, org }: { readonly realm: string; readonly org: OrgId }
): Promise<Entry | null> {
	const parsed = parseEntry(text);
	if (!parsed.ok) return null;
	const { entry } = parsed;
	const isExpected = entry.realm === realm && entry.org === org && entry.device === device;
	return isExpected && (await isSignedBy(publicKey, text, sig)) ? entry : null;
}
