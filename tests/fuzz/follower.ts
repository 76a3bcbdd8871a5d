/** A device that keeps the documents of its ledgers open and hears of changes as they come. */
import * as Y from 'yjs';
import type { TestDevice } from '../support/device.ts';
import { connect, type Reader } from '../support/reader.ts';

export interface Follower {
	readonly device: TestDevice;
	/** The documents of the ledgers in its scope, as they stand once the relay has sent what it had. */
	catchUp(url: string): Promise<ReadonlyMap<string, Y.Doc>>;
	hangUp(): void;
}

export function followLedgers(device: TestDevice): Follower {
	const docs = new Map<string, Y.Doc>();
	let reader: Reader | null = null;
	return {
		device,
		async catchUp(url) {
			reader ??= await connect(url, device.cookie);
			const { hold, epoch } = await onceMore(() => device.scope(url));
			const held = new Map<string, Y.Doc>();
			for (const ledger of Object.keys(hold)) {
				const channel = `${ledger}@${epoch}`;
				const doc = docs.get(channel) ?? new Y.Doc();
				docs.set(channel, doc);
				held.set(ledger, await reader.open(channel, doc));
			}
			return held;
		},
		hangUp() {
			reader?.ws.terminate();
			reader = null;
		}
	};
}

/** Asks again where a connection that rested was closed by a relay that has stopped since. */
export async function onceMore<T>(ask: () => Promise<T>): Promise<T> {
	try {
		return await ask();
	} catch (cause) {
		if (!(cause instanceof TypeError)) throw cause;
		return ask();
	}
}
