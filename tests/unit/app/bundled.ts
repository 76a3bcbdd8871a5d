/** What the tests of bundles do with devices: in step with the relay, a file made, a file taken in. */
import { EntryId, RecordId, type OrgId } from '#domain/ids.ts';
import { readCertificate } from '#lib/bundle/certificate.ts';
import { publishDeskKeys } from '#lib/bundle/desk-key.ts';
import { makeBundles, receiversOf } from '#lib/bundle/make-bundle.ts';
import { takeBundle, type Taken } from '#lib/bundle/take-bundle.ts';
import { REALM } from '../../support/relay.ts';
import { COMMUNITY } from '../../support/tell.ts';
import { until, type Phone } from './phone.ts';
import type { Place } from './place.ts';

export function publishes(desk: Phone, org: OrgId = COMMUNITY): Promise<void> {
	const duties = [
		{ role: 'communitySecretary' as const, org, orgName: '', level: 'community' as const }
	];
	const newRecord = () => RecordId.parse(`key-${desk.speaker.signer.device}`);
	return publishDeskKeys(
		{ device: desk.device, newRecord, say: (said) => desk.says(said) },
		duties
	);
}

/** Syncs until nothing waits, then loses the network again. */
export async function inStep(device: Phone, place: Pick<Place, 'relay'>): Promise<void> {
	const syncing = device.syncs(place.relay, { noSockets: true });
	await until(
		async () =>
			(await device.ask.waiting()()).length === 0 &&
			(await readCertificate(device.device)) !== null &&
			(await receiversOf(device, COMMUNITY)).length,
		(done) => Boolean(done)
	);
	await syncing.stop();
}

export async function exported(from: Phone, fileBytes?: number): Promise<readonly string[]> {
	const made = await makeBundles({
		stores: from,
		realm: REALM,
		org: COMMUNITY,
		now: Date.now,
		note: '请用社区的平板打开',
		...(fileBytes === undefined ? {} : { fileBytes })
	});
	if (!made.ok) throw new Error(made.reason);
	return made.files;
}

export const at = (device: Phone) => ({ stores: device, realm: REALM, now: Date.now });
export const idOf = (commit: string | undefined) => EntryId.parse(commit);

export const takes = (desk: Phone, file: string): Promise<Taken> =>
	takeBundle({ stores: desk, realm: REALM, now: Date.now }, new Blob([file]));
