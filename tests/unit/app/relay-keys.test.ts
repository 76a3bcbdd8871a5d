/** The relay's key gives way to another: devices that were offline meanwhile still believe each other (O5). */
import 'fake-indexeddb/auto';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Certificate, CertificateAnswer, certificateText, type Handover } from '#domain/wire.ts';
import { readContent, writeContent, type BundleContent } from '#lib/bundle/bundle-content.ts';
import { keepCertificate, readCertificate } from '#lib/bundle/certificate.ts';
import { authorisedRelay } from '#lib/device/session.ts';
import { signText } from '#relay/judging/signature.ts';
import { jwkOf, openKeys, rotateKey, type Keys } from '#relay/keys.ts';
import { REALM } from '../../support/relay.ts';
import { COMMUNITY, people, visit } from '../../support/tell.ts';
import { until, type Phone } from './phone.ts';
import { openPlace, type Place } from './place.ts';

let place: Place;

beforeEach(async () => {
	place = await openPlace();
});
afterEach(() => place.end());

function rotate({ stolen = false }: { stolen?: boolean } = {}): Promise<void> {
	return place.restarts(() => rotateKey(place.relay.dataDir, { at: Date.now(), stolen }));
}

const enrolled = (person = people.member) => place.phoneOf({ person });

async function certificateOf(device: Phone): Promise<CertificateAnswer> {
	return CertificateAnswer.parse(await readCertificate(device.device));
}

/** Syncs until the device has followed the relay's present key, then is offline again. */
async function inStep(device: Phone): Promise<void> {
	const syncing = device.syncs(place.relay, { noSockets: true });
	const { x } = jwkOf(place.relay.keys.setUp.publicKey);
	await until(
		async () => (await readCertificate(device.device))?.relayKey.x,
		(key) => key === x
	);
	await syncing.stop();
}

/** What the second device makes of the first one's words, without any network. */
async function believes(reader: Phone, writer: Phone): Promise<BundleContent | null> {
	await writer.says([visit('visit-1', 'door-1')]);
	const { certificate, handovers } = await certificateOf(writer);
	const commits = await writer.device.outbox.toArray();
	const content = writeContent({ certificate, handovers, made: 1 }, commits, []);
	const held = await certificateOf(reader);
	return readContent(content, { realm: REALM, org: COMMUNITY, held });
}

test('[O5] whoever was offline when the key changed is believed, and believes who follows it', async () => {
	const [early, late] = [await enrolled(), await enrolled(people.secretary)];
	await inStep(early);
	await inStep(late);
	await rotate();
	await rotate();
	await inStep(late);
	expect((await certificateOf(late)).handovers).toHaveLength(2);
	expect((await believes(early, late))?.device).toBe(late.speaker.signer.device);
	expect((await believes(late, early))?.device).toBe(early.speaker.signer.device);
	// One that joined afterwards knows the former keys too.
	const fresh = await enrolled(people.worker);
	await inStep(fresh);
	expect((await believes(fresh, early))?.device).toBe(early.speaker.signer.device);
});

test('[O5] what a stolen key signed is believed no more, and a later change does not heal it', async () => {
	const [early, late] = [await enrolled(), await enrolled(people.secretary)];
	await inStep(early);
	await inStep(late);
	await rotate({ stolen: true });
	await inStep(late);
	expect(await believes(late, early)).toBeNull();
	await rotate();
	await inStep(late);
	expect(await believes(late, early)).toBeNull();
	await inStep(early);
	expect((await believes(late, early))?.device).toBe(early.speaker.signer.device);
});

test('[O5] a key that the known one did not sign is not followed, whoever claims it', async () => {
	const [phone, intruder] = [await enrolled(), await enrolled(people.secondMember)];
	await inStep(phone);
	await inStep(intruder);
	const before = await certificateOf(phone);
	const forger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const to = jwkOf(forger.publicKey);
	const claims = (handovers: Keys['former']['handovers']) => ({
		...before,
		relayKey: to,
		handovers
	});
	const said = (from: typeof to): Handover => ({ v: 1, from, to, at: 1 });
	const forged = [said(before.relayKey), said(to)].map((handover) => {
		const text = JSON.stringify(handover);
		return { text, sig: signText(forger.privateKey, text) };
	});
	const evil = (answer: object) =>
		authorisedRelay(() => Promise.resolve(Response.json(answer)), phone.device);
	for (const handovers of [[], forged])
		expect(await keepCertificate(phone.device, evil(claims(handovers)), to.x)).toBe(false);
	expect(await certificateOf(phone)).toEqual(before);

	// A certificate of its own, with a way to its key of its own.
	const own = Certificate.parse(JSON.parse(before.certificate.text));
	const text = certificateText({ ...own, device: intruder.speaker.signer.device });
	const certificate = { text, sig: signText(forger.privateKey, text) };
	await intruder.device.state.put({
		key: 'certificate',
		value: { certificate, relayKey: to, handovers: forged }
	});
	expect(await believes(phone, intruder)).toBeNull();
});

test('[L2] the former key is not kept, and the new one is signed by it', async () => {
	const before = place.relay.keys;
	await rotate();
	const { setUp, former } = openKeys(place.relay.dataDir);
	expect(jwkOf(setUp.publicKey)).not.toEqual(jwkOf(before.setUp.publicKey));
	expect(former.publicKeys.map(jwkOf)).toEqual([jwkOf(before.setUp.publicKey)]);
	expect(former.fingerprints).toEqual([before.fingerprint]);
	expect(createPublicKey(setUp.privateKey).equals(setUp.publicKey)).toBe(true);
	expect(openKeys(place.relay.dataDir).tag('a')).toBe(before.tag('a'));
});
