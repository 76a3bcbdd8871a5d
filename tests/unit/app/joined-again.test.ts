/** A phone that is joined again is another device on the same databases: both may have signed what it gives (O5). */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readHandOver, writeHandOver } from '#lib/bundle/hand-over.ts';
import { makeBundles } from '#lib/bundle/make-bundle.ts';
import { certificateOf, keepCertificate } from '#lib/bundle/certificate.ts';
import { authorisedRelay } from '#lib/device/session.ts';
import { REALM } from '../../support/relay.ts';
import { COMMUNITY, household, people, visit } from '../../support/tell.ts';
import { at, exported, idOf, inStep, publishes, takes } from './bundled.ts';
import type { Phone } from './phone.ts';
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
afterEach(() => place.end());

/** The same phone, joined a second time. */
async function joinsAgain(): Promise<Phone> {
	const again = await place.phoneOf({ person: people.member, after: phone });
	await inStep(again, place);
	return again;
}

test('[O5] a phone that was joined again is believed as the device it is now', async () => {
	const again = await joinsAgain();
	await again.says([visit('visit-1', 'door-1')]);
	const [file = ''] = await exported(again);
	expect(await takes(tablet, file)).toMatchObject({ ok: true, entries: 1 });
});

test('[O5] what the phone signed before it was joined again leaves in a file of its own', async () => {
	await phone.says([visit('visit-1', 'no-such-door')]);
	await inStep(phone, place);
	const again = await joinsAgain();
	await again.says([visit('visit-2', 'door-1')]);
	const [now = '', before = '', ...more] = await exported(again);
	expect(more).toEqual([]);
	expect(await takes(tablet, now)).toMatchObject({ ok: true, entries: 1, refused: 0 });
	expect(await takes(tablet, before)).toMatchObject({ ok: true, entries: 0, refused: 1 });
});

test('[J6] what was refused before the phone was joined again still goes to the desk as a text', async () => {
	await phone.says([visit('visit-1', 'no-such-door')]);
	await inStep(phone, place);
	const again = await joinsAgain();
	const [refused] = await again.ask.attention()();
	const made = await writeHandOver(at(again), { commit: idOf(refused?.commit), note: '' });
	if (!made.ok) throw new Error(made.reason);
	expect(await readHandOver(at(tablet), made.code)).toMatchObject({
		ok: true,
		handed: { person: people.member }
	});
});

test('[O5] what no certificate is held for is left out and counted, and waits for the network', async () => {
	await phone.says([visit('visit-1', 'no-such-door')]);
	await inStep(phone, place);
	const again = await place.phoneOf({ person: people.member, after: phone });
	await again.says([visit('visit-2', 'door-1')]);
	const asking = { stores: again, realm: REALM, org: COMMUNITY, now: Date.now, note: '' };
	expect(await makeBundles(asking)).toMatchObject({ ok: true, entries: 1, leftOut: 1 });
	const unsent = await again.device.outbox.where('state').equals('waiting').toArray();
	expect(unsent.map(({ handedOver }) => handedOver)).toEqual([undefined]);
});

test('[O5] a phone that was joined again under the session of before asks as the device it is now', async () => {
	const again = await place.phoneOf({ person: people.member, after: phone });
	let cookie = phone.speaker.signer.device;
	const { device } = again.speaker.signer;
	const relay = authorisedRelay(async (path, init) => {
		if (path === '/api/session/challenge') cookie = device;
		return fetch(place.relay.url + path, {
			...init,
			headers: { ...init?.headers, cookie: `lxq=${cookie}` }
		});
	}, again.device);
	expect(await keepCertificate(again.device, relay)).toBe(true);
	expect(await certificateOf(again.device, device)).not.toBeNull();
});
