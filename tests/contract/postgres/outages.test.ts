/** [R4] A database that cannot be reached for a while: what is told of it, and to whom. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { deskLedger, STANDING } from '#domain/ledgers.ts';
import { startDistrict } from '../../support/district.ts';
import { connect } from '../../support/reader.ts';
import { cutOff } from '../../support/store-trouble.ts';
import { COMMUNITY } from '../../support/tell.ts';

vi.setConfig({ testTimeout: 60_000 });

test('[R4] readers who wait for it and all who ask are told of once, by a name of its own', async () => {
	const district = await startDistrict();
	const { relay, devices } = district;
	const errors = vi.spyOn(relay.log, 'error');
	const news = vi.spyOn(relay.log, 'info');
	const readers = await Promise.all(
		[1, 2, 3].map(() => connect(relay.url, devices.secretary.cookie))
	);
	const heal = await cutOff(relay);
	const channel = `${deskLedger(COMMUNITY, STANDING)}@${relay.store.epoch}`;
	const docs = readers.map((reader) => reader.open(channel));
	const asked = await fetch(`${relay.url}/api/ledgers/directory`, {
		headers: { cookie: devices.secretary.cookie }
	});
	expect([asked.status, await asked.json()]).toMatchObject([503, { code: 'store-away' }]);
	expect(asked.headers.has('retry-after')).toBe(true);
	// Each of them tries again each second.
	await wait(2_500);
	expect(errors.mock.calls.map(([, words]) => words)).toEqual(['store-away']);
	expect(relay.faults.last()?.code).toBe('store-away');
	await heal();
	await Promise.all(docs);
	await expect
		.poll(() => news.mock.calls.map(([, words]) => words), { timeout: 20_000 })
		.toEqual(['store-away: over']);
	for (const reader of readers) reader.close();
	await district.end();
});
