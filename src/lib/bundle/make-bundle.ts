/** Puts what this device has not handed in, and what the relay refused, into files for the desk (O5, D2). */
import { entriesIn, type Entry } from '#domain/entry.ts';
import type { OrgId } from '#domain/ids.ts';
import type { CertificateAnswer } from '#domain/wire.ts';
import type { AttentionRecord, DeviceDb, OutboxCommit } from '#lib/device/device-db.ts';
import { groupBy } from '#lib/group-by.ts';
import { bytesOf } from '#lib/outbox/hand-in.ts';
import type { Stores } from '#lib/outbox/overlay.ts';
import { rowQueries } from '#lib/rows/queries.ts';
import { writeBundleFile } from './bundle-file.ts';
import { writeContent } from './bundle-content.ts';
import { certificateOf } from './certificate.ts';
import { keptReceivers } from './kept-receivers.ts';
import type { Receiver } from './sealing.ts';

/** Bytes of signed texts in one file, which base64 makes a third more; a fuller outbox becomes several. */
const CONTENT_BYTES = 5 * 1024 * 1024;

export interface Making {
	readonly stores: Stores;
	readonly realm: string;
	readonly org: OrgId;
	readonly now: () => number;
	/** Written into the file for whoever opens it as a text. */
	readonly note: string;
	/** A test makes it small. */
	readonly fileBytes?: number;
}

export type MadeBundles =
	| {
			readonly ok: true;
			readonly files: readonly string[];
			readonly entries: number;
			/** Entries of a device this phone was, or is since it joined anew, whose certificate is not held. */
			readonly leftOut: number;
	  }
	| { readonly ok: false; readonly reason: 'nothing' | 'no-receiver' | 'no-certificate' };

/** Said and not taken, as it was signed. */
interface Signed {
	readonly commits: readonly OutboxCommit[];
	readonly refused: readonly AttentionRecord[];
}

/** A file is believed as that of one device: what another signed goes in files of its own. */
export async function makeBundles(making: Making): Promise<MadeBundles> {
	const { stores, realm, org, now, note, fileBytes = CONTENT_BYTES } = making;
	const { device } = stores;
	const unsent = await unsentFor(stores, org);
	if (countOf(unsent) === 0) return { ok: false, reason: 'nothing' };
	const receivers = await receiversOf(stores, org);
	if (receivers.length === 0) return { ok: false, reason: 'no-receiver' };
	const certified = await certifiedIn(device, unsent);
	if (certified.length === 0) return { ok: false, reason: 'no-certificate' };
	const made = now();
	const files: string[] = [];
	for (const signed of certified)
		for (const part of inParts(signed, fileBytes)) {
			const content = writeContent({ ...signed.by, made }, part.commits, part.refused);
			files.push(await writeBundleFile(content, { note, realm, org }, receivers));
		}
	await device.outbox
		.where('commit')
		.anyOf(certified.flatMap(({ commits }) => commits.map(({ commit }) => commit)))
		.modify({ handedOver: true });
	const entries = certified.reduce((sum, signed) => sum + countOf(signed), 0);
	return { ok: true, files, entries, leftOut: countOf(unsent) - entries };
}

/** What of this device is for that desk: its own words alone, not what it carries for others. */
export async function unsentFor({ device }: Stores, org: OrgId): Promise<Signed> {
	const unsent = await device.outbox.where('state').notEqual('received').sortBy('local');
	const open = await device.attention.where('state').equals('open').sortBy('at');
	return {
		commits: unsent.filter(
			({ from, entries }) => from === undefined && entries.every(({ text }) => isOf(org, text))
		),
		refused: open.filter(({ verdict, text }) => verdict === 'refused' && isOf(org, text))
	};
}

/** The desk's devices that can open what is sealed now, as far as this device has heard. */
export async function receiversOf(stores: Stores, org: OrgId): Promise<readonly Receiver[]> {
	const keys = await rowQueries(stores).all({ family: 'desk-key', state: 'current', org })();
	const known = keys
		.filter(({ stage }) => stage === 'folded')
		.map(({ row: { record, publicKey } }) => ({ record, publicKey }))
		.reverse();
	if (known.length > 0) return known;
	// [D2] the ledger that told of them left this device, which may still hold what it has said
	const kept = await keptReceivers(stores);
	return kept.filter((each) => each.org === org);
}

/** The communities of what was not handed in. */
export async function unsentOrgs({ device }: Stores): Promise<readonly OrgId[]> {
	const unsent = await device.outbox.where('state').notEqual('received').toArray();
	const refused = await device.attention.where('state').equals('open').toArray();
	const said = entriesIn([...unsent.flatMap(({ entries }) => entries), ...refused]);
	return [...new Set(said.map(({ org }) => org))];
}

function isOf(org: OrgId, text: string): boolean {
	return entryOf({ text })?.org === org;
}

function entryOf(signed: { readonly text: string } | undefined): Entry | undefined {
	return signed && entriesIn([signed])[0];
}

function countOf({ commits, refused }: Signed): number {
	return commits.reduce((sum, commit) => sum + commit.entries.length, refused.length);
}

/** By the device that signed, where it can be shown whose it was. */
async function certifiedIn(
	device: DeviceDb,
	{ commits, refused }: Signed
): Promise<readonly (Signed & { readonly by: CertificateAnswer })[]> {
	const commitsBySigner = groupBy(commits, ({ entries }) => entryOf(entries[0])?.device);
	const refusedBySigner = groupBy(refused, (each) => entryOf(each)?.device);
	const certified: (Signed & { readonly by: CertificateAnswer })[] = [];
	for (const signer of new Set([...commitsBySigner.keys(), ...refusedBySigner.keys()])) {
		const by = await certificateOf(device, signer);
		if (by === null) continue;
		certified.push({
			by,
			commits: commitsBySigner.get(signer) ?? [],
			refused: refusedBySigner.get(signer) ?? []
		});
	}
	return certified;
}

/** [E7] Commits stay whole; what was refused goes with the last of them. */
function inParts({ commits, refused }: Signed, fileBytes: number): readonly Signed[] {
	const parts: { commits: OutboxCommit[]; refused: AttentionRecord[] }[] = [];
	let room = 0;
	const next = (bytes: number) => {
		if (parts.length === 0 || bytes > room) {
			parts.push({ commits: [], refused: [] });
			room = fileBytes;
		}
		room -= bytes;
		return parts[parts.length - 1];
	};
	for (const commit of commits) next(bytesOf(commit))?.commits.push(commit);
	for (const each of refused) next(bytesOf({ entries: [each] }))?.refused.push(each);
	return parts;
}
