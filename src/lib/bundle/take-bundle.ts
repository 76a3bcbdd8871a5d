/** Takes a bundle in: verified as a whole, shown as pending at once, handed in with the next sync (O5). */
import { entriesIn } from '#domain/entry.ts';
import type { EntryId, OrgId, PersonId, RecordId } from '#domain/ids.ts';
import { mediaNamed } from '#domain/kinds/index.ts';
import type { Actor } from '#domain/people.ts';
import type { CarriedRecord, OutboxCommit } from '#lib/device/device-db.ts';
import { storageProblem } from '#lib/device/storage-problem.ts';
import { catchUp, readBases, type Stores } from '#lib/outbox/overlay.ts';
import { rowQueries } from '#lib/rows/queries.ts';
import { readBundleFile, type BundleFile, type FileProblem } from './bundle-file.ts';
import { readContent, type BundleContent, type CarriedCommit } from './bundle-content.ts';
import { readCertificate } from './certificate.ts';

export interface Taking {
	readonly stores: Stores;
	readonly realm: string;
	readonly now: () => number;
}

export type TakeProblem =
	| FileProblem
	| 'other-realm'
	| 'other-desk'
	| 'no-key-here'
	| 'not-authentic'
	| 'no-certificate'
	| 'own'
	| 'nothing-new'
	| 'storage-full'
	| 'storage-broken';

export type Taken =
	| {
			readonly ok: true;
			readonly person: PersonId;
			/** Entries that are shown now and wait for the network. */
			readonly entries: number;
			/** Entries that the relay had refused: for the desk to look at. */
			readonly refused: number;
			/** Photos, signatures and voice notes that these entries name and the phone sends by itself. */
			readonly photos: number;
	  }
	| { readonly ok: false; readonly problem: TakeProblem; readonly org?: OrgId };

export async function takeBundle(
	taking: Taking,
	file: Pick<Blob, 'size' | 'text'>
): Promise<Taken> {
	const opened = await openBundle(taking, file);
	if (!opened.ok) return opened;
	try {
		return await keep(taking, opened.file, opened.content);
	} catch (cause) {
		const problem = storageProblem(cause);
		if (problem === null) throw cause;
		return { ok: false, problem };
	}
}

/** Reads it whole and verifies every signature; nothing is kept yet. */
export async function openBundle(
	{ stores: { device }, realm }: Taking,
	blob: Pick<Blob, 'size' | 'text'>
): Promise<
	| { readonly ok: true; readonly file: BundleFile; readonly content: BundleContent }
	| Extract<Taken, { ok: false }>
> {
	const read = await readBundleFile(blob);
	if (!read.ok) return read;
	const { file } = read;
	const { org, realm: theirs, envelope } = file.head;
	if (theirs !== realm) return { ok: false, problem: 'other-realm' };
	const key = await device.deskKeys.get(org);
	if (key === undefined) return { ok: false, problem: 'other-desk', org };
	if (!envelope.to.some(({ key: record }) => record === key.record))
		return { ok: false, problem: 'no-key-here' };
	const held = await readCertificate(device);
	if (held === null) return { ok: false, problem: 'no-certificate' };
	const text = await file.open(key);
	if (text === null) return { ok: false, problem: 'damaged' };
	const content = await readContent(text, { realm, org, held });
	if (content === null) return { ok: false, problem: 'not-authentic' };
	const own = await device.keys.get('device');
	return content.device === own?.device
		? { ok: false, problem: 'own' }
		: { ok: true, file, content };
}

/** One transaction: all of it that is new, or nothing. */
async function keep(
	{ stores, now }: Taking,
	{ hash, head }: BundleFile,
	content: BundleContent
): Promise<Taken> {
	const { device } = stores;
	const { person, device: from } = content;
	const isFolded = await foldedHere(stores, content.commits);
	const actor = await actorOf(stores, person, head.org);
	const takenAt = now();
	const taken = await device.transaction('rw', device.outbox, device.carried, async () => {
		const isNew = async (commit: EntryId) =>
			(await device.carried.get(commit)) === undefined &&
			(await device.outbox.where('commit').equals(commit).count()) === 0;
		const commits: CarriedCommit[] = [];
		for (const each of content.commits)
			if (!isFolded(each) && (await isNew(each.commit))) commits.push(each);
		const refused: CarriedRecord[] = [];
		for (const record of refusals(content, hash, takenAt))
			if (await isNew(record.commit)) refused.push(record);
		await device.outbox.bulkAdd(
			commits.map(({ commit, entries }): OutboxCommit => ({
				commit,
				createdAt: takenAt,
				notBefore: 0,
				state: 'waiting',
				records: recordsOf([{ entries }]),
				entries,
				actor,
				from: { device: from, person }
			}))
		);
		await device.carried.bulkAdd([
			...commits.map(({ commit, entries }): CarriedRecord => ({
				commit,
				bundle: hash,
				person,
				takenAt,
				kinds: entries.map(({ kind }) => kind)
			})),
			...refused
		]);
		return { commits, refused };
	});
	await catchUp(stores, recordsOf(taken.commits));
	const entries = taken.commits.reduce((sum, each) => sum + each.entries.length, 0);
	const refused = taken.refused.reduce((sum, { kinds }) => sum + kinds.length, 0);
	if (entries + refused === 0) return { ok: false, problem: 'nothing-new' };
	return { ok: true, person, entries, refused, photos: photosOf(taken.commits) };
}

/** What was said together was refused together (E7). */
function refusals(
	{ refused, person }: BundleContent,
	bundle: string,
	takenAt: number
): readonly CarriedRecord[] {
	const byCommit = new Map<EntryId, CarriedRecord>();
	for (const { commit, entry, reason } of refused) {
		const before = byCommit.get(commit);
		byCommit.set(commit, {
			commit,
			bundle,
			person,
			takenAt,
			kinds: [...(before?.kinds ?? []), entry.kind],
			refusal: {
				// The others were only refused along with the one that was wrong.
				reason: reason === 'commit-refused' ? (before?.refusal?.reason ?? reason) : reason,
				entries: [...(before?.refusal?.entries ?? []), entry]
			}
		});
	}
	return [...byCommit.values()];
}

async function foldedHere(
	{ rows }: Stores,
	commits: readonly CarriedCommit[]
): Promise<(commit: CarriedCommit) => boolean> {
	const bases = await readBases(rows, recordsOf(commits));
	return ({ entries }) =>
		entries.every(({ id, record }) => bases.get(record)?.folded.has(id) ?? false);
}

/** [J4] The duty the author acts under, as this desk knows it; the relay decides. */
async function actorOf(stores: Stores, person: PersonId, org: OrgId): Promise<Actor> {
	const duties = await rowQueries(stores).all({ family: 'duty', person, org })();
	const current = duties.find(({ row }) => row.to === undefined) ?? duties[0];
	return { person, role: current?.row.role ?? 'member', org };
}

function photosOf(commits: readonly Pick<CarriedCommit, 'entries'>[]): number {
	const names = entriesIn(commits.flatMap(({ entries }) => entries)).flatMap(mediaNamed);
	return new Set(names).size;
}

function recordsOf(commits: readonly Pick<CarriedCommit, 'entries'>[]): readonly RecordId[] {
	return [...new Set(commits.flatMap(({ entries }) => entries.map(({ record }) => record)))];
}
