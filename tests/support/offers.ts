/** Elements as a device holds them, to be given back to a restored store (R6). */
import { OfferAnswer, type OfferedElement } from '#domain/offer.ts';
import { genesis } from '#relay/ledgers/chain.ts';
import type { TestDevice } from './device.ts';

interface Page {
	readonly epoch: string;
	readonly elements: readonly {
		readonly head: { readonly seq: number; readonly id: string; readonly chain: string };
		readonly text?: string;
		readonly sig?: string;
	}[];
}

export interface HeldElement extends OfferedElement {
	readonly id: string;
	readonly seq: number;
}

/** What a device reads of a ledger now. */
export async function heldOf(
	url: string,
	device: TestDevice,
	ledger: string
): Promise<HeldElement[]> {
	const headers = { cookie: device.cookie };
	const response = await fetch(`${url}/api/ledgers/${ledger}`, { headers });
	// The answer's shape is the relay's own.
	const { elements } = (await response.json()) as Page;
	let previous = genesis(ledger);
	return elements.map(({ head, text, sig }) => {
		const held = { previous, head: JSON.stringify(head), id: head.id, seq: head.seq };
		previous = head.chain;
		return { ...held, ...(text === undefined ? {} : { text, sig }) };
	});
}

export async function offer(
	url: string,
	device: TestDevice,
	elements: readonly OfferedElement[]
): Promise<OfferAnswer['answers']> {
	const response = await fetch(`${url}/api/offer`, {
		method: 'POST',
		headers: { cookie: device.cookie, 'content-type': 'application/json' },
		body: JSON.stringify({
			elements: elements.map(({ previous, head, text, sig }) => ({ previous, head, text, sig }))
		})
	});
	if (!response.ok) throw new Error(`offers: ${response.status} ${await response.text()}`);
	return OfferAnswer.parse(await response.json()).answers;
}
