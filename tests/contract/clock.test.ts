/** The relay's own clock: it ends what a day ends, once, and whoever follows the ledger hears of it. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { dayOf, startOfDay } from '#domain/calendar.ts';
import { RecordId } from '#domain/ids.ts';
import { isHousehold } from '#domain/kinds/household.ts';
import { memberLedger, STANDING } from '#domain/ledgers.ts';
import { createClock } from '../../sync-server/clock.ts';
import { flawsOf } from '../support/audits.ts';
import { startDistrict, type District } from '../support/district.ts';
import { COMMUNITY, DAY, household, MORNING, people } from '../support/tell.ts';

let now = MORNING;
let district: District;

beforeAll(async () => {
	district = await startDistrict({ now: () => now });
});
afterAll(async () => {
	expect(await flawsOf(district.relay)).toEqual([]);
	await district.end();
});

async function lentTo(door: string): Promise<string | undefined> {
	const row = await district.relay.store.row(RecordId.parse(door));
	return isHousehold(row) ? row.lentTo : undefined;
}

/** A door lent through a day. */
async function lend(days: number): Promise<string> {
	const door = v7();
	const body = { to: people.secondMember, until: dayOf(now + days * DAY) };
	const { secretary } = district.devices;
	const { url } = district.relay;
	await secretary.says(url, household(door));
	await secretary.says(url, { kind: 'household.lent.v1', record: door, body });
	expect(await lentTo(door)).toBe(people.secondMember);
	return door;
}

test('[F4] [R9] a lending ends by an entry of the relay when its day has passed, and not before', async () => {
	const today = await lend(0);
	const tomorrow = await lend(1);
	expect(await district.relay.dayClock.tick()).toBe(0);
	now += DAY;
	expect(await district.relay.dayClock.tick()).toBe(1);
	expect([await lentTo(today), await lentTo(tomorrow)]).toEqual([undefined, people.secondMember]);
	now += DAY;
	expect(await district.relay.dayClock.tick()).toBe(1);
	expect(await district.relay.dayClock.tick()).toBe(0);
	const stored = await district.relay.store.all<{ head: string }>('SELECT head FROM element');
	const ended = new Map(
		stored
			.map(({ head }) => JSON.parse(head))
			.filter(({ kind }) => kind === 'household.lending-ended.v1')
			.map(({ record, actor }) => [record, actor.role])
	);
	expect([...ended.values()]).toEqual(['clock', 'clock']);
});

test('[F4] two clocks at once: the second entry is noted', async () => {
	const door = await lend(0);
	now += DAY;
	const { relay } = district;
	const both = await Promise.all([relay.dayClock.tick(), relay.dayClock.tick()]);
	expect(both.reduce((sum, each) => sum + each, 0)).toBe(1);
	expect(await lentTo(door)).toBeUndefined();
});

test('[F4] what fails when the day turns is reported, and tried again in the next minute', async () => {
	const door = await lend(0);
	now += DAY;
	const { relay } = district;
	relay.dayClock.stop();
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
	const outages = [new Error('no room on the disk'), new Error('no copy could be removed')];
	const broken: unknown[] = [];
	const clock = createClock({
		...relay,
		now: () => now,
		deliver: {
			async handInAt(commits, at) {
				if (broken.length === 0) throw outages[0];
				return relay.deliver.handInAt(commits, at);
			}
		},
		async onDay() {
			if (broken.length === 1) throw outages[1];
		},
		onBroken: (cause) => broken.push(cause)
	});
	clock.start();
	await expect.poll(() => broken).toEqual(outages.slice(0, 1));
	expect(await lentTo(door)).toBe(people.secondMember);
	vi.advanceTimersByTime(60_000);
	await expect.poll(() => broken).toEqual(outages);
	await expect.poll(() => lentTo(door)).toBeUndefined();
	vi.advanceTimersByTime(120_000);
	expect(broken).toEqual(outages);
	clock.stop();
	vi.useRealTimers();
});

test('a relay that was off at midnight catches up when it starts', async () => {
	const door = await lend(0);
	now += 3 * DAY;
	await district.restart({ now: () => now });
	await expect.poll(() => lentTo(door)).toBeUndefined();
});

test('[F4] [A1] a door changes hands on the day that was planned: until then the next member reads nothing of it', async () => {
	const door = v7();
	const { relay, devices } = district;
	const from = dayOf(now + DAY);
	const body = { member: people.secondMember, from };
	await devices.secretary.says(relay.url, household(door));
	await devices.secretary.says(relay.url, {
		kind: 'household.link-planned.v1',
		record: door,
		body
	});
	const next = memberLedger(people.secondMember, COMMUNITY, STANDING);
	const isRead = async () =>
		(await district.relay.store.elements(next, 0, 1_000)).some(({ head }) => head.includes(door));
	const row = () => district.relay.store.row(RecordId.parse(door));
	await district.relay.dayClock.tick();
	expect(await row()).toMatchObject({ linkedMember: people.member, nextMemberFrom: from });
	expect(await isRead()).toBe(false);
	now += DAY;
	expect(await district.relay.dayClock.tick()).toBe(1);
	await district.relay.deliver.settled();
	const after = await row();
	expect(after).toMatchObject({ linkedMember: people.secondMember, linkedFrom: startOfDay(from) });
	expect(after).not.toHaveProperty('nextMemberFrom');
	expect(await isRead()).toBe(true);
	expect(await district.relay.dayClock.tick()).toBe(0);
});
