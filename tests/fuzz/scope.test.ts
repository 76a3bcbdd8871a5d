/**
 * Doors change hands and texts are erased while phones come and go: at rest every phone has the rows of the
 * relay that it may read, the same as a phone that comes afresh, and not a byte of the others.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row } from '#domain/family.ts';
import type { PersonId } from '#domain/ids.ts';
import { isReadable } from '#domain/ledgers.ts';
import { audit } from '../../sync-server/audit.ts';
import type { Syncing } from '#lib/sync/run-sync.ts';
import { startDistrict, type District } from '../support/district.ts';
import type { Draft } from '../support/device.ts';
import { databasesHolding } from '../support/raw-databases.ts';
import { COMMUNITY, demand, household, people, visit } from '../support/tell.ts';
import { makePhone, until, type Phone } from '../unit/app/phone.ts';

/** Walks in one run; a night may take more. */
const SEEDS = Number(process.env.FUZZ ?? 4);
const DOORS = 3;
const members = [people.member, people.secondMember] as const;

const step = fc.oneof(
	fc.record({ do: fc.constant('link' as const), door: fc.nat(2), to: fc.nat(2) }),
	fc.record({ do: fc.constant('rename' as const), door: fc.nat(2) }),
	fc.record({ do: fc.constant('visit' as const), door: fc.nat(2), by: fc.nat(1) }),
	fc.record({ do: fc.constant('demand' as const), door: fc.nat(2), by: fc.nat(1) }),
	fc.record({
		do: fc.constant('erase' as const),
		door: fc.nat(2),
		n: fc.integer({ min: 2, max: 6 })
	}),
	fc.record({ do: fc.constant('phone' as const), of: fc.nat(1), isOn: fc.boolean() })
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** One walk through a district of its own; every name in it is said once. */
class Walk {
	readonly district: District;
	readonly phones: readonly Phone[];
	readonly #syncing = new Map<number, Syncing>();
	#said = 0;

	constructor(district: District, phones: readonly Phone[]) {
		this.district = district;
		this.phones = phones;
	}

	name(): string {
		this.#said += 1;
		return `名字-${this.#said}-完`;
	}

	/** All names that were ever said. */
	names(): string[] {
		return Array.from({ length: this.#said }, (_, i) => `名字-${i + 1}-完`);
	}

	async take(taken: Step): Promise<void> {
		if (taken.do === 'phone') return this.#turn(taken.of, taken.isOn);
		const { secretary, member, secondMember } = this.district.devices;
		const record = `door-${taken.door}`;
		const say = (device: typeof member, draft: Draft) =>
			device.says(this.district.relay.url, draft);
		switch (taken.do) {
			case 'link': {
				const body = { member: members[taken.to] ?? null, from: 1 };
				await say(secretary, { kind: 'household.linked.v1', record, body });
				return;
			}
			case 'rename': {
				const body = { head: this.name(), reason: '更正' };
				await say(secretary, { kind: 'household.corrected.v1', record, body });
				return;
			}
			case 'visit': {
				const told = visit(`visit-${this.#said}`, record, { interviewee: this.name() });
				await say(taken.by === 0 ? member : secondMember, told);
				return;
			}
			case 'demand': {
				const told = demand(`demand-${this.#said}`, { household: record, requester: this.name() });
				await say(taken.by === 0 ? member : secondMember, told);
				return;
			}
			case 'erase': {
				const body = { of: record, at: COMMUNITY, entries: [taken.n], ground: 'requested' };
				const order = { kind: 'erasure.ordered.v1', record: `order-${this.#said}`, body };
				this.#said += 1;
				await say(secretary, order);
			}
		}
	}

	async #turn(of: number, isOn: boolean): Promise<void> {
		const phone = this.phones[of];
		const running = this.#syncing.get(of);
		if (!phone || (running !== undefined) === isOn) return;
		if (running) {
			this.#syncing.delete(of);
			return running.stop();
		}
		this.#syncing.set(of, phone.syncs(this.district.relay));
	}

	/** Everybody is opened anew and has come to rest. */
	async rest(): Promise<void> {
		await this.district.relay.deliver.settled();
		for (const of of this.phones.keys()) {
			await this.#turn(of, false);
			await this.#turn(of, true);
		}
	}
}

/** The rows the relay has for a person. */
function rowsAt({ relay }: District, person: PersonId): ReadonlyMap<string, Row> {
	const { prefixes } = relay.directory.reading(person, relay.now());
	const held = relay.store.db.prepare('SELECT id, row, ledgers FROM record').all();
	return new Map(
		held.flatMap(({ id, row, ledgers }) => {
			const names: string[] = JSON.parse(String(ledgers));
			const parsed: Row | null = JSON.parse(String(row));
			const isTheirs = names.some((name) => isReadable(prefixes, name));
			return isTheirs && parsed !== null ? [[String(id), parsed]] : [];
		})
	);
}

/** All texts of the ledgers that a person reads. */
function textsFor({ relay }: District, person: PersonId): string {
	const { prefixes } = relay.directory.reading(person, relay.now());
	const ledgers = prefixes.flatMap((prefix) => [...relay.store.ledgersUnder(prefix).keys()]);
	const elements = ledgers.flatMap((ledger) => relay.store.elements(ledger, 0, 10_000));
	return elements.map(({ text }) => text ?? '').join();
}

async function rowsOn(phone: Phone): Promise<ReadonlyMap<string, Row>> {
	const held = await phone.rows.rows.toArray();
	return new Map(held.map(({ record, row }) => [record, row]));
}

const sorted = (rows: ReadonlyMap<string, Row>) =>
	[...rows].sort(([a], [b]) => a.localeCompare(b)).map(([, row]) => row);

async function walk(steps: readonly Step[]): Promise<void> {
	const district = await startDistrict();
	const { relay } = district;
	const phones: Phone[] = [];
	for (const person of members) phones.push(await makePhone({ relay, person }));
	const walking = new Walk(district, phones);
	try {
		for (let i = 0; i < DOORS; i++) {
			const told = household(`door-${i}`, members[i % 2]);
			const body = { ...told.body, head: walking.name() };
			await district.devices.secretary.says(relay.url, { ...told, body });
		}
		for (const taken of steps) await walking.take(taken);
		await walking.rest();
		const afresh = await makePhone({ relay, person: people.member });
		afresh.syncs(relay);
		for (const phone of [...phones, afresh]) {
			const expected = sorted(rowsAt(district, phone.person));
			const text = JSON.stringify(expected);
			await until(
				() => rowsOn(phone),
				(rows) => JSON.stringify(sorted(rows)) === text
			);
			const told = textsFor(district, phone.person);
			for (const name of walking.names().filter((each) => !told.includes(each)))
				await until(
					() => databasesHolding(phone.prefix, name),
					(found) => found.length === 0
				);
		}
		await afresh.close();
		const { store, keys, people: known } = relay;
		expect(audit(store, keys, known.devices).flaws).toEqual([]);
	} finally {
		for (const phone of phones) await phone.close();
		await district.end();
	}
}

test('[A5] at rest nobody holds what is out of their scope, and everybody what is in it', async () => {
	await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), walk), {
		numRuns: SEEDS,
		seed: 20261125,
		endOnFailure: true
	});
}, 120_000);
