/** [R4] What hostile devices say, over and over, to a relay in a process of its own: how much memory it holds then. */
import { readFileSync } from 'node:fs';
import { connect as dial, type Socket } from 'node:net';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardLedger, deskLedger, STANDING } from '#domain/ledgers.ts';
import { defaultLimits } from '#relay/limits.ts';
import type { Ground } from '../support/attacks/attack.ts';
import { byEntry } from '../support/attacks/by-entry.ts';
import { bySocket } from '../support/attacks/by-socket.ts';
import { startDistrict, type District } from '../support/district.ts';
import { MOST_GROWTH, MOST_GROWTH_MIB, residentBytes } from '../support/memory.ts';
import { spawnRelay, type SpawnedRelay } from '../support/relay.ts';
import { COMMUNITY, demand, DISTRICT } from '../support/tell.ts';

/** How often all of it comes again. */
const ROUNDS = 3;
/** Bodies of the largest size that are begun and not ended: held at once, they would be twice what may grow. */
const BODIES = Math.ceil((2 * MOST_GROWTH) / defaultLimits.bodyBytes);

let district: District;
let relay: SpawnedRelay;
let ground: Ground;

beforeAll(async () => {
	district = await startDistrict();
	const { url, store } = district.relay;
	const { member: device, secretary: victim } = district.devices;
	const [own, theirs] = [device.commit(demand(v7())), victim.commit(demand(v7()))];
	await device.handIn(url, [own]);
	await victim.handIn(url, [theirs]);
	const { epoch } = store;
	await district.relay.close();
	relay = await spawnRelay(district.dataDir);
	ground = {
		...{ url: relay.url, port: relay.port, epoch, device, victim, own, theirs },
		open: boardLedger(DISTRICT, STANDING),
		closed: deskLedger(COMMUNITY, STANDING)
	};
});
afterAll(async () => {
	await relay.end('SIGTERM');
	await district.end();
});

/** The whole corpus, whose answers are asked elsewhere, and bodies that never end; answers what the relay held then. */
async function attackOnce(): Promise<number> {
	for (const { run } of [...byEntry, ...bySocket]) await run(ground);
	const begun: Socket[] = [];
	for (let i = 0; i < BODIES; i++) begun.push(await beginBody());
	const held = await residentBytes(relay.url);
	for (const socket of begun) socket.destroy();
	return held;
}

const rest = Buffer.alloc(defaultLimits.bodyBytes - 1, ' ');

/** All of a body but its last byte, unless the relay says before that it takes no more. */
function beginBody(): Promise<Socket> {
	const { cookie } = ground.device;
	const asked = `POST /api/entries HTTP/1.1\r\nhost: a\r\ncookie: ${cookie}\r\n`;
	return new Promise((resolve) => {
		const socket = dial(relay.port, '127.0.0.1');
		for (const end of ['data', 'error', 'close']) socket.once(end, () => resolve(socket));
		socket.write(`${asked}content-length: ${rest.length + 1}\r\n\r\n`);
		socket.write(rest, () => resolve(socket));
	});
}

test('[R4] its memory grows no further than the README says, however often all of it is said', async () => {
	expect(readFileSync('README.md', 'utf8')).toContain(`grows by at most ${MOST_GROWTH_MIB} MiB`);
	const before = await residentBytes(relay.url);
	for (let round = 0; round < ROUNDS; round++)
		expect((await attackOnce()) - before).toBeLessThan(MOST_GROWTH);
	const [receipt] = await district.devices.secretary.says(relay.url, demand(v7()));
	expect(receipt?.verdict).toBe('accepted');
}, 180_000);
