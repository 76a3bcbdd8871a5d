/** Bundles between devices (O5): made on a phone, taken in on the desk's tablet, handed in by whoever is online. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import { writeBundleFile } from '#lib/bundle/bundle-file.ts';
import { writeContent } from '#lib/bundle/bundle-content.ts';
import { readHandOver, writeHandOver } from '#lib/bundle/hand-over.ts';
import { receiversOf } from '#lib/bundle/make-bundle.ts';
import { takeBundle } from '#lib/bundle/take-bundle.ts';
import { keepCertificate, readCertificate } from '#lib/bundle/certificate.ts';
import type { AttentionRecord, OutboxCommit } from '#lib/device/device-db.ts';
import { authorisedRelay } from '#lib/device/session.ts';
import { flawsOf } from '../../support/audits.ts';
import { REALM } from '../../support/relay.ts';
import {
	COMMUNITY,
	demand,
	household,
	OTHER_COMMUNITY,
	people,
	visit
} from '../../support/tell.ts';
import { at, exported, idOf, inStep, publishes, takes } from './bundled.ts';
import { makePhone, until, type Phone } from './phone.ts';
import { openPlace, type Place } from './place.ts';

let place: Place;
let phone: Phone;
let tablet: Phone;

beforeEach(async () => {
	place = await openPlace();
	phone = await place.phoneOf({ person: people.member });
	tablet = await place.phoneOf({ person: people.secretary, role: 'communitySecretary' });
	await publishes(tablet);
	await tablet.says([household('door-1')]);
	await inStep(tablet, place);
	await inStep(phone, place);
});
afterEach(async () => {
	expect(await flawsOf(place.relay)).toEqual([]);
	await place.end();
});

/** What others signed, under a device's own certificate. */
async function forges(
	device: Phone,
	...signed: [readonly OutboxCommit[], readonly AttentionRecord[]]
): Promise<string> {
	const held = await readCertificate(device.device);
	if (held === null) throw new Error('no certificate');
	return writeBundleFile(
		writeContent({ ...held, made: 1 }, ...signed),
		{ note: '', realm: REALM, org: COMMUNITY },
		await receiversOf(device, COMMUNITY)
	);
}

async function exportedOne(from: Phone): Promise<string> {
	const [file] = await exported(from);
	return file ?? '';
}

const visits = (device: Phone) => device.ask.all({ family: 'visit' })();

function entriesOfKind(kind: string): Promise<{ device: string; seq: number }[]> {
	return place.relay.store.all(
		"SELECT num AS seq, device FROM entry WHERE json_extract(text, '$.kind') = ? ORDER BY num",
		kind
	);
}

test('[D2] a phone taken out of use still seals what it has said for the desk', async () => {
	await phone.says([visit('visit-1', 'door-1')]);
	const refuse = (code: string) =>
		Response.json({ title: code, status: 401, code }, { status: 401 });
	const syncing = phone.syncs(place.relay, {
		noSockets: true,
		fetch: async (path) => {
			if (path === '/api/session/challenge') return Response.json({ challenge: 'c' });
			return refuse(path === '/api/session' ? 'revoked' : 'no-session');
		}
	});
	await until(
		() => phone.rows.rows.count(),
		(rows) => rows === 0
	);
	await syncing.stop();
	// What becomes of it there is tested against a relay that has revoked it (adopt.test.ts).
	expect(await takes(tablet, await exportedOne(phone))).toMatchObject({ ok: true, entries: 1 });
});

test('[O5] the tablet shows at once what the phone could not hand in, and the first receipt answers both', async () => {
	await phone.says([visit('visit-1', 'door-1'), demand('demand-1')]);
	expect(await takes(tablet, await exportedOne(phone))).toEqual({
		ok: true,
		person: people.member,
		entries: 2,
		refused: 0,
		photos: 0
	});
	const [shown] = await visits(tablet);
	expect(shown).toMatchObject({ pending: true, stage: 'waiting', carriedFor: people.member });
	expect(shown?.row).toMatchObject({ visitor: people.member, visitorIsField: true });

	await inStep(tablet, place);
	const [folded] = await visits(tablet);
	expect(folded).toMatchObject({ pending: false, row: { visitor: people.member, org: COMMUNITY } });
	expect(folded).not.toHaveProperty('carriedFor');
	const once = await entriesOfKind('visit.recorded.v1');
	expect(once).toHaveLength(1);
	expect(once[0]?.device).toBe(phone.speaker.signer.device);

	await inStep(phone, place);
	expect(await entriesOfKind('visit.recorded.v1')).toEqual(once);
	expect((await visits(phone)).map(({ stage, row }) => [stage, row.no])).toEqual([
		['folded', folded?.row.no]
	]);
});

test('[O5] the phone may be first: then the tablet lets go of what it carried', async () => {
	await phone.says([visit('visit-1', 'door-1')]);
	await takes(tablet, await exportedOne(phone));
	await inStep(phone, place);
	await inStep(tablet, place);
	expect(await entriesOfKind('visit.recorded.v1')).toHaveLength(1);
	expect(await visits(tablet)).toMatchObject([{ stage: 'folded' }]);
	const again = await takes(tablet, await exportedOne(phone).catch(() => ''));
	expect(again.ok).toBe(false);
});

test('[O5] any order and any doubling of bundles gives the same rows', async () => {
	await phone.says([visit('visit-1', 'door-1')]);
	const first = await exportedOne(phone);
	await phone.says([demand('demand-1')]);
	const second = await exportedOne(phone);
	await phone.says([
		{ kind: 'demand.withdrawn.v1', record: 'demand-1', body: { reason: '居民说不办了' } }
	]);
	const third = await exportedOne(phone);
	const rowsOf = async (desk: Phone) => [
		...(await visits(desk)).map(({ row }) => row),
		...(await desk.ask.all({ family: 'demand' })()).map(({ row }) => row)
	];
	let expected: unknown;
	await fc.assert(
		fc.asyncProperty(
			fc.shuffledSubarray([first, second, third, first, third], { minLength: 3 }),
			async (order) => {
				const desk = await place.phoneOf({ like: tablet, person: people.secretary });
				for (const file of [...order, first, second, third]) await takes(desk, file);
				const rows = await rowsOf(desk);
				expected ??= rows;
				expect(rows).toEqual(expected);
				await desk.device.outbox.clear();
				await desk.device.overlay.clear();
				await desk.device.carried.clear();
			}
		),
		{ numRuns: 8 }
	);
});

test('[O5] a bundle that came before is refused with a word, and changes nothing', async () => {
	await phone.says([visit('visit-1', 'door-1')]);
	const file = await exportedOne(phone);
	await takes(tablet, file);
	const before = await tablet.device.outbox.toArray();
	expect(await takes(tablet, file)).toEqual({ ok: false, problem: 'nothing-new' });
	expect(await tablet.device.outbox.toArray()).toEqual(before);
});

test('[O5] what is not for this desk or this device, or not from an enrolled one, is not taken', async () => {
	await phone.says([visit('visit-1', 'door-1')]);
	const file = await exportedOne(phone);
	const problem = async (desk: Phone, realm = REALM) => {
		const taken = await takeBundle({ stores: desk, realm, now: Date.now }, new Blob([file]));
		return taken.ok ? null : taken.problem;
	};
	expect(await problem(tablet, 'another-realm')).toBe('other-realm');
	const stranger = await place.phoneOf({ person: people.stranger, org: OTHER_COMMUNITY });
	await publishes(stranger, OTHER_COMMUNITY);
	expect(await problem(stranger)).toBe('other-desk');
	const second = await place.phoneOf({ person: people.worker, role: 'communityWorker' });
	await publishes(second);
	expect(await problem(second)).toBe('no-key-here');

	// A device nobody enrolled writes a certificate of its own.
	const intruder = await makePhone({ person: people.member });
	place.closes(intruder);
	await intruder.says([visit('visit-2', 'door-1')]);
	const forged = await forges(phone, await intruder.device.outbox.toArray(), []);
	expect(await takes(tablet, forged)).toEqual({
		ok: false,
		problem: 'not-authentic'
	});
	expect(await tablet.device.outbox.count()).toBe(0);
	expect(await tablet.device.carried.count()).toBe(0);
});

test('[O5] what the relay refused leaves with the bundle, for the desk to look at', async () => {
	await phone.says([visit('visit-1', 'no-such-door')]);
	await inStep(phone, place);
	expect(await phone.ask.attention()()).toHaveLength(1);
	const file = await exportedOne(phone);
	expect(await takes(tablet, file)).toMatchObject({ ok: true, entries: 0, refused: 1 });
	expect(await visits(tablet)).toEqual([]);
	expect(await tablet.device.carried.toArray()).toMatchObject([
		{ refusal: { reason: 'no-such-reference', entries: [{ kind: 'visit.recorded.v1' }] } }
	]);
});

test('[J6] what the relay refused goes as a text that the desk alone reads, and that nobody else can have written', async () => {
	const CANARY = '只有社区读得到的话';
	await phone.says([visit('visit-1', 'no-such-door', { changes: CANARY })]);
	await inStep(phone, place);
	const [refused] = await phone.ask.attention()();
	const note = '请贴进走访安排';
	const made = await writeHandOver(at(phone), { commit: idOf(refused?.commit), note });
	if (!made.ok) throw new Error(made.reason);
	const { code } = made;
	expect(Buffer.from(code.slice(5), 'base64url').toString()).not.toContain(CANARY);

	const broken = `【连心桥】某党员，1 条\n${code.slice(0, 40)}\n ${code.slice(40)}\n请社区的人收下`;
	const read = await readHandOver(at(tablet), broken);
	expect(read).toMatchObject({ ok: true, handed: { person: people.member } });
	expect(read.ok && read.handed.entries).toMatchObject([
		{
			id: refused?.entry,
			kind: 'visit.recorded.v1',
			record: 'visit-1',
			org: COMMUNITY,
			body: { changes: CANARY }
		}
	]);

	const problem = async (desk: Phone, text: string) => {
		const found = await readHandOver(at(desk), text);
		return found.ok ? null : found.problem;
	};
	expect(await problem(tablet, code.slice(0, -30))).toBe('damaged');
	expect(await problem(tablet, '今天没有要走的户')).toBe('not-a-bundle');
	expect(await problem(tablet, 'x'.repeat(2_000_001))).toBe('too-large');
	expect(await problem(phone, code)).toBe('other-desk');
	const forger = await place.phoneOf({ person: people.secondMember });
	await inStep(forger, place);
	const forged = await forges(forger, [], await phone.device.attention.toArray());
	const forgedCode = `lxq2-${Buffer.from(forged).toString('base64url')}`;
	expect(await problem(tablet, forgedCode)).toBe('not-authentic');
});

test('[J6] [R8] of what is handed over as a text no photo is named that nobody would ever see', async () => {
	const photos = [{ sha256: 'a'.repeat(64) }];
	await phone.says([visit('visit-1', 'no-such-door', { photos, changes: '住院了' })]);
	await inStep(phone, place);
	const [refused] = await phone.ask.attention()();
	const made = await writeHandOver(at(phone), { commit: idOf(refused?.commit), note: '' });
	const read = await readHandOver(at(tablet), made.ok ? made.code : '');
	if (!read.ok) throw new Error(read.problem);
	const { anew } = read.handed;
	expect(anew).toMatchObject({
		says: [
			{
				body: { household: 'no-such-door', changes: '住院了' },
				onBehalfOf: people.member,
				adopts: { entry: refused?.entry }
			}
		],
		media: 1
	});
	expect(anew.says[0]?.body).not.toHaveProperty('photos');
});

test('[O5] what is refused when it is handed in for another needs its author, not the carrier', async () => {
	await phone.says([visit('visit-1', 'no-such-door')]);
	await takes(tablet, await exportedOne(phone));
	await inStep(tablet, place);
	expect(await tablet.ask.attention()()).toEqual([]);
	expect(await tablet.device.carried.toArray()).toMatchObject([
		{ refusal: { reason: 'no-such-reference' } }
	]);
	await inStep(phone, place);
	expect(await phone.ask.attention()()).toMatchObject([{ verdict: 'refused' }]);
});

test('[O5] what was handed over is not taken back any more', async () => {
	const said = await phone.says([visit('visit-1', 'door-1')], { hold: true });
	if (!said.ok) throw new Error(said.reason);
	await exported(phone);
	expect(await phone.takesBack(said.commit)).toEqual({ ok: false, reason: 'too-late' });
});

test('[O5] a fuller outbox becomes several files, each for itself', async () => {
	for (let n = 0; n < 5; n++)
		await phone.says([visit(`visit-${n}`, 'door-1'), demand(`demand-${n}`)]);
	const files = await exported(phone, 2_600);
	expect(files.length).toBeGreaterThan(1);
	let entries = 0;
	for (const file of [...files].reverse()) {
		const taken = await takes(tablet, file);
		entries += taken.ok ? taken.entries : 0;
	}
	expect(entries).toBe(10);
});

test('[E3] [O5] the carrier’s clock says nothing about the author’s', async () => {
	await phone.says([visit('visit-1', 'door-1')]);
	await takes(tablet, await exportedOne(phone));
	tablet.now = () => Date.now() - 3 * 3_600_000;
	await inStep(tablet, place);
	const [shown] = await visits(tablet);
	expect(shown?.row.clockOff).toBeUndefined();
	await tablet.says([demand('demand-1')]);
	await inStep(tablet, place);
	const own = await tablet.ask.one('demand', RecordId.parse('demand-1'))();
	expect(own?.row.clockOff).toBe(true);
});

test('[O5] a certificate is asked for once', async () => {
	let asked = 0;
	const counting = authorisedRelay(async () => {
		asked += 1;
		return Response.json({});
	}, phone.device);
	await keepCertificate(phone.device, counting);
	expect(asked).toBe(0);
});
