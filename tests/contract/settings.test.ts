/** District settings at the relay: from the first moment of their day, for what is judged then and nothing before. */
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import { SETTINGS_RECORD } from '#domain/settings.ts';
import { RELAY_PERSON } from '#relay/keys.ts';
import { createInvitations } from '#relay/people/invitations.ts';
import { startDistrict, type District } from '../support/district.ts';
import { DAY, demand, DISTRICT, HOUR, MORNING, people } from '../support/tell.ts';

let district: District;
let at = MORNING;

beforeEach(async () => {
	at = MORNING;
	district = await startDistrict({ now: () => at });
});
afterEach(() => district.end());

function changed(values: object, from: string, more: object = {}) {
	return {
		kind: 'settings.changed.v1',
		record: SETTINGS_RECORD,
		org: DISTRICT,
		body: { from, values, reason: '区委要求' },
		...more
	};
}

test('[J7] a deadline changes for what is judged from its day on, and what was given stays', async () => {
	const { relay, devices } = district;
	const row = async (record: string) => {
		const found = await relay.store.row(RecordId.parse(record));
		// The record was begun as a demand just above.
		return found as DemandRow | null;
	};
	let usedSettings: number | undefined;
	const raise = async () => {
		const record = v7();
		const [receipt] = await devices.member.says(relay.url, demand(record));
		expect(receipt?.verdict).toBe('accepted');
		usedSettings = receipt?.given?.settings;
		return record;
	};
	const request = { sign: { unit: 'hours', n: 1 }, resolve: { unit: 'hours', n: 3 } };
	const [said] = await devices.district.says(
		relay.url,
		changed({ deadlines: { request } }, '2026-11-26', { rev: 1 })
	);
	expect(said?.verdict).toBe('accepted');
	// The last millisecond of 2026-11-25 in Shanghai, and the next.
	at = Date.UTC(2026, 10, 25, 16) - 1;
	const before = await raise();
	// Which change it was, everybody can look up.
	const settings = await relay.store.row(RecordId.parse(SETTINGS_RECORD));
	expect(usedSettings).toBe(settings?.n);
	const given = (await row(before))?.resolveDueAt;
	at += 1;
	const after = await raise();
	expect((await row(after))?.resolveDueAt).toBe(at + 3 * HOUR);
	expect(given).not.toBe(at - 1 + 3 * HOUR);
	at += 10 * DAY;
	await district.restart();
	expect(await district.relay.store.row(RecordId.parse(before))).toMatchObject({
		resolveDueAt: given
	});
});

test('what contradicts itself is refused with its reason, and only the district may change anything', async () => {
	const { relay, devices } = district;
	const bad = changed({ amberShare: 2 }, '2026-11-25');
	expect(await devices.district.says(relay.url, bad)).toMatchObject([
		{ verdict: 'refused', reason: 'contradiction', action: 'edit-and-resend' }
	]);
	const fine = changed({ lateDays: 20 }, '2026-11-25');
	expect(await devices.secretary.says(relay.url, fine)).toMatchObject([{ verdict: 'refused' }]);
	expect(await devices.officer.says(relay.url, fine)).toMatchObject([{ verdict: 'refused' }]);
	expect(relay.directory.settings(at + 2 * DAY).lateDays).toBe(14);
});

test('a slip is good for as many days as are set when it is printed', async () => {
	const { relay, devices } = district;
	const invitations = createInvitations(relay);
	const slip = () => invitations.issue({ person: people.member, by: RELAY_PERSON, as: 'slip' });
	await devices.district.says(relay.url, changed({ slipDays: 3 }, '2026-11-25'));
	expect((await slip()).expiresAt).toBe(at + 7 * DAY);
	at += DAY;
	expect((await slip()).expiresAt).toBe(at + 3 * DAY);
});
