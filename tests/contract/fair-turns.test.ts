/** Whose turn it is where many hand in: one of each before another of anybody. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { demand, people } from '../support/tell.ts';

let district: District;

beforeAll(async () => {
	district = await startDistrict();
});
afterAll(() => district.end());

test('[R4] a commit does not wait for the hundred that another device handed in before it', async () => {
	const { relay, devices, enrol } = district;
	const other = enrol(people.worker);
	const letGo = await holdsUp();
	const much = handsIn(devices.secretary, 100);
	await isQueued();
	const little = handsIn(other, 1);
	await isQueued();
	await letGo();
	await Promise.all([much, little]);
	const stored = await relay.store.all<{ device: string }>(
		'SELECT device FROM entry ORDER BY num DESC LIMIT 101'
	);
	const order = stored.map(({ device }) => device).reverse();
	expect(order.indexOf(other.id)).toBeLessThanOrEqual(1);
	expect(order.filter((device) => device === devices.secretary.id)).toHaveLength(100);
});

async function handsIn(device: TestDevice, count: number): Promise<void> {
	const commits = Array.from({ length: count }, () =>
		device.commit(demand(v7(), { channel: 'phone' }))
	);
	const receipts = await device.handIn(district.relay.url, commits);
	expect(receipts.every(({ verdict }) => verdict === 'accepted')).toBe(true);
}

/** What was handed in is read and waits for the store by then. */
function isQueued(): Promise<void> {
	return new Promise((waited) => setTimeout(waited, 1_000));
}

/** Nothing is stored until what this answers is called; all that is handed in by then waits. */
async function holdsUp(): Promise<() => Promise<void>> {
	const { store } = district.relay;
	const { promise: held, resolve } = Promise.withResolvers<undefined>();
	const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
	const holding = store.transaction(async () => {
		begin(undefined);
		await held;
	});
	await begun;
	return () => {
		resolve(undefined);
		return holding;
	};
}
