/** What becomes of what is said: its verdict once the relay is at rest, what of a record stands where, and what years do to it. */
import { expect } from 'vitest';
import type { Row } from '#domain/family.ts';
import { RecordId } from '#domain/ids.ts';
import { parseLedger } from '#domain/ledgers.ts';
import { endOf } from '#domain/retention.ts';
import type { Draft } from './device.ts';
import type { District } from './district.ts';
import { MORNING } from './tell.ts';

/** The verdict, and why where there is a reason. */
export async function verdictOn(
	{ devices, relay }: District,
	who: keyof District['devices'],
	draft: Draft
): Promise<unknown[]> {
	const [receipt] = await devices[who].says(relay.url, draft);
	await relay.deliver.settled();
	return receipt?.reason === undefined ? [receipt?.verdict] : [receipt.verdict, receipt.reason];
}

/** Ordinals of the record's elements, and whether their texts are there. */
export async function elementsOn(
	{ relay }: District,
	ledger: string,
	of: string
): Promise<(readonly [number, boolean])[]> {
	const elements = await relay.store.elements(ledger, 0, 1_000);
	return elements
		.map(({ head, text }) => ({ ...JSON.parse(head), text }))
		.filter(({ record }) => record === of)
		.map(({ n, text }) => [n, text !== null]);
}

export function rowOn({ relay }: District, record: string): Promise<Row | null> {
	return relay.store.row(RecordId.parse(record));
}

/** The families of the ledgers that carry a record. */
export async function ledgersOn({ relay }: District, record: string): Promise<readonly string[]> {
	const stored = await relay.store.record(RecordId.parse(record));
	return (stored?.ledgers ?? []).map((ledger) => parseLedger(ledger)?.family ?? '');
}

/** How many entries took effect when so many whole years are over, and none the moment before. */
export async function yearsOn(
	{ relay }: District,
	years: number,
	goTo: (moment: number) => void
): Promise<number> {
	goTo(endOf(MORNING, years) - 1);
	expect(await relay.dayClock.tick()).toBe(0);
	goTo(endOf(MORNING, years));
	return relay.dayClock.tick();
}
