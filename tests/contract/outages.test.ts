/** [R4] A store that takes nothing more: told when it begins and when it is over, however many meet it meanwhile. */
import { existsSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { expect, test, vi } from 'vitest';
import { MEDIA_FOLDER, PARTS } from '#relay/media/files.ts';
import { startDistrict, type District } from '../support/district.ts';
import { photo, putPhoto } from '../support/photos.ts';
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

const FULL = '/dev/full';

// Only some systems have a file that stands for a full disk.
test.runIf(existsSync(FULL))(
	'[R8] photos that their disk cannot take are put off, and brought again once it can',
	async () => {
		// Of this moment that file is no photo that was forgotten half way.
		const { mtimeMs } = statSync(FULL);
		await within({ now: () => Math.floor(mtimeMs) }, async ({ relay, devices: { member } }) => {
			const { name, bytes } = photo();
			const half = { name, bytes: bytes.subarray(0, 100) };
			await putPhoto(relay.url, member, half, { total: bytes.length });
			const parts = join(relay.dataDir, MEDIA_FOLDER, PARTS);
			const part = join(parts, readdirSync(parts)[0] ?? '');
			rmSync(part);
			symlinkSync(FULL, part);
			const refused = await putPhoto(relay.url, member, { name, bytes });
			expect([refused.status, await refused.json()]).toMatchObject([507, { code: 'disk-full' }]);
			expect(relay.faults.last()?.code).toBe('disk-full');
			expect((await member.says(relay.url, demand(v7())))[0]?.verdict).toBe('accepted');
			rmSync(part);
			const taken = await putPhoto(relay.url, member, { name, bytes });
			expect([taken.status, await taken.json()]).toEqual([200, { have: bytes.length, done: true }]);
		});
	}
);
