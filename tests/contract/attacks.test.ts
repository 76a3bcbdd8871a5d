/** The attack corpus: each gets its stable answer, moves no ledger, and costs an honest device nothing. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boardLedger, deskLedger, STANDING } from '#domain/ledgers.ts';
import type { Attack, Ground } from '../support/attacks/attack.ts';
import { byEntry } from '../support/attacks/by-entry.ts';
import { bySocket } from '../support/attacks/by-socket.ts';
import { flawsOf } from '../support/audits.ts';
import { startDistrict, type District } from '../support/district.ts';
import { COMMUNITY, demand, DISTRICT } from '../support/tell.ts';

let district: District;
let ground: Ground;

beforeAll(async () => {
	district = await startDistrict();
	const { relay, devices } = district;
	const { url, port } = relay;
	const { member: device, secretary: victim } = devices;
	const own = device.commit(demand(v7()));
	const theirs = victim.commit(demand(v7()));
	await device.handIn(url, [own]);
	await victim.handIn(url, [theirs]);
	const { epoch } = relay.store;
	ground = {
		...{ url, port, epoch, device, victim, own, theirs },
		open: boardLedger(DISTRICT, STANDING),
		closed: deskLedger(COMMUNITY, STANDING)
	};
});
afterAll(() => district.end());

/** Where every ledger ends: the chain speaks for all that is in it. */
function ledgers(): Promise<unknown[]> {
	return district.relay.store.all('SELECT name, seq, chain FROM ledger ORDER BY name');
}

async function withstand({ expected, run }: Attack): Promise<void> {
	const before = await ledgers();
	expect(await run(ground)).toBe(expected);
	expect(await ledgers()).toEqual(before);
	const { secretary } = district.devices;
	const [receipt] = await secretary.says(ground.url, demand(v7(), { channel: 'phone' }));
	expect(receipt?.verdict).toBe('accepted');
}

describe('[J2, E6, R4] at the doors', () => {
	test.each(byEntry)('$name: $expected', withstand);
});

describe('[R3, A2, R4] on the sockets', () => {
	test.each(bySocket)('$name: $expected', withstand);
});

test('[L2] afterwards every chain, tag and signature is whole', async () => {
	expect(await flawsOf(district.relay)).toEqual([]);
});
