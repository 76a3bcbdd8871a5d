/** [R1] PostgreSQL itself is killed, or one of its processes, while devices hand in: what was answered is kept. */
import { expect, test } from 'vitest';
import { startDistrict } from '../../support/district.ts';
import { startPostgres } from '../../support/postgres.ts';
import { randomFrom } from '../../support/random.ts';
import { createHanding, inspect } from '../../support/trouble.ts';

const CYCLES = Number(process.env.LXQ_CRASH_CYCLES ?? 20);
const SEED = Number(process.env.LXQ_SEED ?? 20261124);

test(
	`[R1] [R2] ${CYCLES} kills of the database lose no receipt and double no entry (seed ${SEED})`,
	{ timeout: 60_000 + CYCLES * 12_000 },
	async ({ skip }) => {
		const server = await startPostgres();
		if (server === null) return skip();
		const district = await startDistrict({ databaseUrl: server.url });
		const { relay, dataDir, devices } = district;
		const random = randomFrom(SEED);
		const { member, secondMember, secretary, worker } = devices;
		const handing = createHanding(
			[member, secondMember, secretary, worker],
			() => relay.url,
			random
		);
		for (let cycle = 0; cycle < CYCLES; cycle++) {
			let isOver = false;
			const working = handing.until(() => isOver);
			await new Promise((resolve) => setTimeout(resolve, 20 + random() * 250));
			if (random() < 0.5) await server.kill();
			else await server.killBackend(random());
			isOver = true;
			await working;
			await handing.asksAgain();
		}
		const shown = await handing.end();
		expect(shown.every(({ verdict }) => verdict === 'accepted')).toBe(true);
		expect((await inspect(relay.store, dataDir, shown)).accepted).toBe(shown.length);
		expect(handing.count).toBeGreaterThan(CYCLES);
		await district.end();
		await server.end();
	}
);
