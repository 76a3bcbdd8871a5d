/** Messages by which the fuzz once broke a relay, as short as they can be said. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDistrict, type District } from '../support/district.ts';
import { household } from '../support/tell.ts';

let district: District;
beforeAll(async () => {
	district = await startDistrict();
});
afterAll(() => district.end());

test('a door lent to whom no card can be about is refused, not a fault of the relay', async () => {
	const { url } = district.relay;
	const { secretary } = district.devices;
	const record = v7();
	await secretary.says(url, household(record));
	const [lent] = await secretary.says(url, {
		kind: 'household.lent.v1',
		record,
		body: { to: '某人 ', until: '2030-01-01' }
	});
	expect(lent).toMatchObject({ verdict: 'refused', reason: 'no-such-reference' });
});

test('the reply to a demand with the longest of names has no draft, and that breaks nothing', async () => {
	const { url } = district.relay;
	const [opened] = await district.devices.secretary.says(url, {
		kind: 'draft.opened.v1',
		record: v7(),
		body: { of: 'x'.repeat(64) }
	});
	expect(opened).toMatchObject({ verdict: 'refused', reason: 'contradiction' });
});
