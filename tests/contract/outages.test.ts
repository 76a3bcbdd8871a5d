/** [R4] A store that takes nothing more: told when it begins and when it is over, however many meet it meanwhile. */
import { v7 } from 'uuid';
import { expect, test, vi } from 'vitest';
import { startDistrict, type District } from '../support/district.ts';
import { makeReadOnly } from '../support/store-trouble.ts';
import { demand } from '../support/tell.ts';

async function within(
	options: Parameters<typeof startDistrict>[0],
	run: (district: District) => Promise<void>
): Promise<void> {
	const district = await startDistrict(options);
	try {
		await run(district);
	} finally {
		await district.end();
	}
}

test('[R4] an outage is told once when it begins, and once when it is over, with how many met it', async () => {
	await within({}, async ({ relay, devices: { member } }) => {
		const asks = async () => (await member.post(relay.url, [member.commit(demand(v7()))])).status;
		const errors = vi.spyOn(relay.log, 'error');
		const news = vi.spyOn(relay.log, 'info');
		const mend = await makeReadOnly(relay);
		for (let i = 0; i < 5; i++) expect(await asks()).toBe(507);
		const told = errors.mock.calls.map(([, words]) => words);
		expect(told).toContain('disk-full');
		expect(told).toEqual([...new Set(told)]);
		expect(relay.faults.last()?.code).toBe('disk-full');
		await mend();
		const over = { ms: expect.any(Number), suppressed: 4 };
		await expect
			.poll(() => news.mock.calls, { timeout: 20_000 })
			.toContainEqual([over, 'disk-full: over']);
		const again = await makeReadOnly(relay);
		expect(await asks()).toBe(507);
		expect(errors.mock.calls.filter(([, words]) => words === 'disk-full')).toHaveLength(2);
		await again();
	});
});
