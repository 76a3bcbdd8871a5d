/** The relay's own clock: it ends what a day ends, once, and whoever follows the ledger hears of it. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { dayOf, startOfDay } from '#domain/calendar.ts';
import { RecordId } from '#domain/ids.ts';
import { isHousehold } from '#domain/kinds/household.ts';
import { memberLedger, STANDING } from '#domain/ledgers.ts';
import { createClock } from '#relay/judging/clock.ts';
import { flawsOf } from '../support/audits.ts';
import { startDistrict, type District } from '../support/district.ts';
import {
	accepted,
	COMMUNITY,
	DAY,
	demand,
	HOUR,
	household,
	MORNING,
	people
} from '../support/tell.ts';

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

/** The day's clock of the district's relay, in the place of its own, which looks when the test says so. */
function clockWith(parts: Partial<Parameters<typeof createClock>[0]>) {
	const { relay } = district;
	relay.dayClock.stop();
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
	onTestFinished(() => void vi.useRealTimers());
	const broken: unknown[] = [];
	let pages = 0;
	const store: typeof relay.store = {
		...relay.store,
		all(sql, ...values) {
			if (sql.includes("row <> 'null' ORDER BY id")) pages += 1;
			return relay.store.all(sql, ...values);
		}
	};
	const clock = createClock({
		...relay,
		store,
		now: () => now,
		onDay: [],
		onBroken: (cause) => broken.push(cause),
		...parts
	});
	onTestFinished(() => clock.stop());
	return { clock, broken, pagesRead: () => pages };
}

test('[F4] what fails when the day turns is reported, and tried again in the next minute', async () => {
	const door = await lend(0);
	now += DAY;
	const { relay } = district;
	let isOut = true;
	const during = <T>(work: () => Promise<T>, outage: string) =>
		isOut ? Promise.reject(new Error(outage)) : work();
	const { clock, broken } = clockWith({
		deliver: {
			handInAt: (commits, at) =>
				during(() => relay.deliver.handInAt(commits, at), 'no room on the disk')
		},
		onDay: [() => during(() => Promise.resolve(), 'no copy could be removed')]
	});
	clock.start();
	await expect
		.poll(() => broken.map(String).sort())
		.toEqual(['Error: no copy could be removed', 'Error: no room on the disk']);
	expect(await lentTo(door)).toBe(people.secondMember);
	isOut = false;
	vi.advanceTimersByTime(60_000);
	await expect.poll(() => lentTo(door)).toBeUndefined();
	vi.advanceTimersByTime(120_000);
	expect(broken).toHaveLength(2);
});

test('[F4] what else is due and fails each minute has no row looked at again', async () => {
	const door = await lend(0);
	now += DAY;
	const { clock, broken, pagesRead } = clockWith({
		onDay: [() => Promise.reject(new Error('no copy could be removed'))]
	});
	clock.start();
	await expect.poll(() => lentTo(door)).toBeUndefined();
	await expect.poll(() => broken.length).toBe(1);
	const once = pagesRead();
	for (let minutes = 2; minutes < 5; minutes++) {
		vi.advanceTimersByTime(60_000);
		await expect.poll(() => broken.length).toBe(minutes);
	}
	expect(pagesRead()).toBe(once);
});

test('[F4] a walk that is broken off goes on where it was', async () => {
	const door = await lend(0);
	now += DAY;
	const { relay } = district;
	let outages = 3;
	const { clock, broken, pagesRead } = clockWith({
		deliver: {
			async handInAt(commits, at) {
				if (outages-- > 0) throw new Error('no room on the disk');
				return relay.deliver.handInAt(commits, at);
			}
		}
	});
	clock.start();
	await expect.poll(() => broken.length).toBe(1);
	const first = pagesRead();
	for (let minutes = 2; minutes < 4; minutes++) {
		vi.advanceTimersByTime(60_000);
		await expect.poll(() => broken.length).toBe(minutes);
		expect(pagesRead()).toBe(first);
	}
	vi.advanceTimersByTime(60_000);
	await expect.poll(() => lentTo(door)).toBeUndefined();
});

test('[F4] what the relay cannot judge is said again within the day, without another walk', async () => {
	const door = await lend(0);
	now += DAY;
	const { relay } = district;
	let said = 0;
	const { clock, broken, pagesRead } = clockWith({
		deliver: {
			async handInAt(commits, at) {
				said += 1;
				if (said > 2) return relay.deliver.handInAt(commits, at);
				return commits.map(() => ({ id: null, verdict: 'later', places: [] }));
			}
		}
	});
	clock.start();
	await expect.poll(() => said).toBe(1);
	await expect.poll(pagesRead).toBeGreaterThan(0);
	for (let hours = 1; hours < 3; hours++) {
		now += HOUR;
		vi.advanceTimersByTime(60_000);
		await expect.poll(() => said).toBe(1 + hours);
		vi.advanceTimersByTime(60_000);
	}
	await expect.poll(() => lentTo(door)).toBeUndefined();
	expect(said).toBe(3);
	expect(broken).toEqual([]);
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

test('[F4] [A1] a demand changes hands on the day that was planned: until then the next member reads nothing of it', async () => {
	const record = v7();
	const { relay, devices } = district;
	const body = { assignee: people.secondMember, from: dayOf(now + DAY), handedBy: '某党员' };
	await devices.secretary.says(relay.url, demand(record));
	await devices.secretary.says(relay.url, accepted(record));
	await devices.secretary.says(relay.url, { kind: 'demand.reassign-planned.v1', record, body });
	const row = () => district.relay.store.row(RecordId.parse(record));
	const isRead = async () => {
		const held = await row();
		const ledger = memberLedger(people.secondMember, COMMUNITY, held?.period ?? STANDING);
		const elements = await district.relay.store.elements(ledger, 0, 1_000);
		return elements.some(({ head }) => head.includes(record));
	};
	await relay.dayClock.tick();
	expect(await row()).toMatchObject({ assignee: people.worker, nextAssignee: body.assignee });
	expect(await isRead()).toBe(false);
	now += DAY;
	expect(await relay.dayClock.tick()).toBe(1);
	await relay.deliver.settled();
	expect(await row()).toMatchObject({ assignee: body.assignee, handedBy: body.handedBy });
	expect(await isRead()).toBe(true);
	expect(await relay.dayClock.tick()).toBe(0);
});
