/** Whether an entry costs the same however much there is: in its ledger, and beside it. */
import { v7 } from 'uuid';
import type { PersonId } from '#domain/ids.ts';
import { PersonId as Person } from '#domain/ids.ts';
import { RELAY_DEVICE } from '#relay/keys.ts';
import { signWith, type Draft, type TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { REALM, spawnRelay, type SpawnedRelay } from '../support/relay.ts';
import { COMMUNITY, DAY, DISTRICT, household } from '../support/tell.ts';
import { bytesWritten, cpuMs, rounded } from './measured.ts';
import { rawSqlite } from './raw-commits.ts';
import { handIn, sign } from './relay-receipts.ts';

/** Entries that are measured, a few at a time as on a working day. */
const SAMPLE = 1_000;
const AT_ONCE = 10;

export async function* benchGrowth(): AsyncIterable<object> {
	yield* inOneLedger([1_000, 10_000, 100_000]);
	for (const ledgers of [10, 1_000, 10_000]) yield* besideLedgers(ledgers);
}

async function* inOneLedger(lengths: readonly number[]): AsyncIterable<object> {
	const district = await startDistrict();
	const { member, secretary } = district.devices;
	const door = v7();
	await secretary.says(district.relay.url, household(door));
	await district.relay.close();
	const relay = await spawnRelay(district.dataDir);
	let held = 0;
	for (const length of lengths) {
		await handIn(relay.port, [member], sign(member, length - held, 100, door), 2);
		yield {
			bench: 'relay: cost of an entry',
			elementsInLedger: length,
			...(await cost(relay, member, door))
		};
		held = length + SAMPLE;
	}
	await relay.end('SIGTERM');
	await district.end();
}

async function* besideLedgers(ledgers: number): AsyncIterable<object> {
	const district = await startDistrict();
	const { member, secretary } = district.devices;
	const door = v7();
	await secretary.says(district.relay.url, household(door));
	await makeLedgers(district, ledgers);
	await district.relay.close();
	const relay = await spawnRelay(district.dataDir);
	yield { bench: 'relay: cost of an entry', ledgers, ...(await cost(relay, member, door)) };
	await relay.end('SIGTERM');
	await district.end();
}

async function cost(relay: SpawnedRelay, member: TestDevice, door: string): Promise<object> {
	const requests = sign(member, SAMPLE, 1, door);
	const { pid } = relay.process;
	const before = { cpu: cpuMs(pid), bytes: bytesWritten(pid) };
	const { p50Ms, p99Ms } = await handIn(relay.port, [member], requests, AT_ONCE);
	const used = { cpu: cpuMs(pid) - before.cpu, bytes: bytesWritten(pid) - before.bytes };
	const raw = await rawCost(relay, requests[0]?.[0]?.text ?? '');
	return {
		writers: AT_ONCE,
		p50Ms,
		p99Ms,
		cpuMsPerEntry: rounded(used.cpu / SAMPLE),
		bytesWrittenPerEntry: Math.round(used.bytes / SAMPLE),
		raw
	};
}

/** Commits of one row of the same text, by this process into a file of its own. */
async function rawCost(relay: SpawnedRelay, text: string): Promise<object> {
	const before = bytesWritten(process.pid);
	const { p50Ms, p99Ms } = await rawSqlite(relay).commits(text, SAMPLE, 1);
	const bytes = bytesWritten(process.pid) - before;
	return { writers: 1, p50Ms, p99Ms, bytesWrittenPerEntry: Math.round(bytes / SAMPLE) };
}

/** A member with a door of their own for each ledger. */
async function makeLedgers({ relay }: District, count: number): Promise<void> {
	for (let from = 0; from < count; from += 500) {
		const drafts = Array.from({ length: Math.min(500, count - from) }, (_, i) =>
			member(Person.parse(`p-${from + i}`))
		).flat();
		const at = relay.now();
		const commits = drafts.map((draft) =>
			signWith(relay.keys.setUp.privateKey, [draft], { device: RELAY_DEVICE, realm: REALM, at })
		);
		await relay.deliver.handInAt(commits, at);
	}
}

function member(person: PersonId): readonly Draft[] {
	const about = {
		person,
		displayName: '某党员',
		role: 'member',
		at: COMMUNITY,
		from: Date.now() - DAY
	};
	return [
		{
			kind: 'person.registered.v1',
			record: person,
			org: DISTRICT,
			body: { name: '某党员', home: COMMUNITY }
		},
		{ kind: 'duty.assigned.v1', record: `duty-${person}`, org: DISTRICT, body: about }
	];
}
