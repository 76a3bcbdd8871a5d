/** Inside a real browser: a day's round said and kept with its photos, then sent to a relay. */
import { DeviceId, EntryId, OrgId, PersonId, RecordId } from '#domain/ids.ts';
import type { MediaName } from '#domain/media.ts';
import type { PublicKey } from '#domain/wire.ts';
import { openDeviceDb, type DeviceDb } from '#lib/device/device-db.ts';
import { makeKeys } from '#lib/device/keys.ts';
import { keepDraftMedia } from '#lib/media/keep.ts';
import { ofState } from '#lib/media/of-state.ts';
import { say, type Speaker } from '#lib/outbox/say.ts';
import { openRowsDb } from '#lib/rows/rows-db.ts';
import { startSync } from '#lib/sync/start-sync.ts';

export interface RoundAsked {
	readonly realm: string;
	readonly person: string;
	readonly org: string;
	readonly device: string;
	readonly door: string;
	readonly visits: number;
	readonly demands: number;
	readonly photos: number;
	readonly signatures: number;
	readonly photoBytes: number;
	readonly signatureBytes: number;
}

export interface RoundKept {
	readonly textBytes: number;
	readonly signatureTextBytes: number;
	readonly mediaBytes: number;
	/** Milliseconds for each visit with photos: its photos kept, and then the commit itself. */
	readonly keepMs: readonly number[];
	readonly sayMs: readonly number[];
}

const PREFIX = 'lxq-bench-round';

/** A key whose public half the relay has to know. */
export async function enrolForRound(
	asked: Pick<RoundAsked, 'realm' | 'device'>
): Promise<PublicKey> {
	const { privateKey, publicKey } = await makeKeys();
	const device = openDeviceDb(PREFIX);
	const id = DeviceId.parse(asked.device);
	await device.keys.put({ id: 'device', device: id, realm: asked.realm, privateKey });
	device.close();
	return publicKey;
}

export async function keepRound(asked: RoundAsked): Promise<RoundKept> {
	const device = openDeviceDb(PREFIX);
	const speaker = await speakerOf(device, asked);
	const keepMs: number[] = [];
	const sayMs: number[] = [];
	let mediaBytes = 0;
	const keep = async (bytes: number) => {
		mediaBytes += bytes;
		return keptPicture(device, bytes);
	};
	for (let nth = 0; nth < asked.visits; nth++) {
		const photos: MediaName[] = [];
		const began = performance.now();
		for (let n = 0; n < shareOf(asked.photos, asked.visits, nth); n++)
			photos.push(await keep(asked.photoBytes));
		const signature = nth < asked.signatures ? await keep(asked.signatureBytes) : null;
		const demands = Array.from({ length: shareOf(asked.demands, asked.visits, nth) }, uuid);
		const kept = performance.now();
		const said = await say(speaker, [
			visitOf(asked.door, { photos, signature, demands }),
			...demands.map((record) => demandOf(record, asked.door))
		]);
		if (!said.ok) throw new Error(said.reason);
		keepMs.push(kept - began);
		sayMs.push(performance.now() - kept);
	}
	const entries = (await device.outbox.toArray()).flatMap((commit) => commit.entries);
	device.close();
	speaker.rows.close();
	return {
		textBytes: entries.reduce((sum, { text }) => sum + bytesOf(text), 0),
		signatureTextBytes: entries.reduce((sum, { sig }) => sum + bytesOf(sig), 0),
		mediaBytes,
		keepMs,
		sayMs
	};
}

/** Resolves when every record is folded back and every photo is with the relay; answers how long it took. */
export async function sendRound({ person }: Pick<RoundAsked, 'person'>): Promise<number> {
	const device = openDeviceDb(PREFIX);
	const began = performance.now();
	const sync = startSync({ id: PREFIX, person, version: 'bench', onRole: () => undefined });
	for (;;) {
		const left = (await device.outbox.count()) + (await ofState(device, 'waiting').count());
		if (left === 0) break;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	const took = performance.now() - began;
	await sync.stop();
	device.close();
	return took;
}

async function speakerOf(device: DeviceDb, asked: RoundAsked): Promise<Speaker> {
	const key = await device.keys.get('device');
	if (key === undefined) throw new Error('bench: no key');
	const person = PersonId.parse(asked.person);
	const org = OrgId.parse(asked.org);
	return {
		device,
		rows: openRowsDb(PREFIX),
		now: Date.now,
		org,
		actorIn: (about) => ({ person, role: 'member', org: about }),
		signer: { ...key, newId: () => EntryId.parse(uuid()) }
	};
}

async function keptPicture(device: DeviceDb, size: number): Promise<MediaName> {
	const bytes = new Uint8Array(size);
	for (let at = 0; at < size; at += 65_536)
		crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65_536)));
	bytes.set([0xff, 0xd8, 0xff, 0xe0]);
	const thumb = bytes.slice(0, 6_000).buffer;
	const picture = { type: 'image/jpeg' as const, bytes: bytes.buffer, thumb };
	const kept = await keepDraftMedia(device, picture, Date.now());
	if (!kept.ok) throw new Error(kept.reason);
	return kept.sha256;
}

/** So many of `all` fall to the one of that number. */
function shareOf(all: number, among: number, nth: number): number {
	return Math.floor((all * (nth + 1)) / among) - Math.floor((all * nth) / among);
}

function visitOf(
	household: string,
	given: {
		readonly photos: readonly MediaName[];
		readonly signature: MediaName | null;
		readonly demands: readonly string[];
	}
): Parameters<typeof say>[1][number] {
	const { photos, signature, demands } = given;
	return {
		kind: 'visit.recorded.v1',
		record: RecordId.parse(uuid()),
		body: {
			household,
			outcome: 'met',
			mode: 'home',
			startedAt: Date.now(),
			interviewee: '女儿',
			groups: ['livingAlone'],
			changes: '老人近来腰腿不便，上下楼困难。',
			...(photos.length === 0 ? {} : { photos: photos.map((sha256) => ({ sha256 })) }),
			...(signature === null ? {} : { intervieweeSignature: signature }),
			demands
		}
	};
}

function demandOf(record: string, household: string): Parameters<typeof say>[1][number] {
	return {
		kind: 'demand.registered.v1',
		record: RecordId.parse(record),
		body: {
			household,
			title: '楼道灯不亮',
			description: '二单元的灯坏了一周，老人夜里下楼看不清台阶，想请社区找物业修一下。',
			type: 'help',
			urgency: 'normal',
			channel: 'visit'
		}
	};
}

function uuid(): string {
	const random = crypto.randomUUID();
	return `${random.slice(0, 14)}7${random.slice(15)}`;
}

function bytesOf(text: string): number {
	return new TextEncoder().encode(text).length;
}
