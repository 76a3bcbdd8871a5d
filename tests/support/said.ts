/** What becomes of what is said: its verdict once the relay is at rest, and what of a record stands in a ledger. */
import type { Draft } from './device.ts';
import type { District } from './district.ts';

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
