/** Devices that hand in while a relay or its database falls over, and what must be true afterwards. */
import { v7 } from 'uuid';
import { expect } from 'vitest';
import type { Signed } from '#domain/entry.ts';
import type { Receipt } from '#domain/wire.ts';
import { audit } from '#relay/audit.ts';
import { openKeys } from '#relay/keys.ts';
import type { Store } from '#relay/store/store.ts';
import type { TestDevice } from './device.ts';
import { peopleOf } from './relay.ts';
import { demand } from './tell.ts';

interface Handed {
	readonly by: TestDevice;
	readonly commit: Signed[];
	receipts: readonly Receipt[] | null;
}

export interface Handing {
	/** All devices hand in, first what was not answered, until `isOver`; each at the relay `urlOf` names for it. */
	until(isOver: () => boolean): Promise<void>;
	/** The last answers are given again, word for word. */
	asksAgain(): Promise<void>;
	/** Hands in what was never answered; answers every receipt that was ever shown. */
	end(): Promise<readonly Receipt[]>;
	/** Commits handed in, and those of them that were answered. */
	readonly count: number;
	readonly answered: number;
}

export function createHanding(
	devices: readonly TestDevice[],
	urlOf: (by: TestDevice) => string,
	random: () => number
): Handing {
	const handed: Handed[] = [];

	function next(by: TestDevice): Handed {
		const drafts = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
			demand(v7(), { channel: 'phone' })
		);
		const one: Handed = { by, commit: by.commit(...drafts), receipts: null };
		handed.push(one);
		return one;
	}

	async function handIn(one: Handed): Promise<void> {
		one.receipts = await one.by.handIn(urlOf(one.by), [one.commit]);
	}

	/** A device tries until it is answered. */
	async function stubbornly<T>(ask: () => Promise<T>): Promise<T> {
		for (;;)
			try {
				return await ask();
			} catch {
				// Not up again yet.
				await new Promise((resolve) => setTimeout(resolve, 50));
			}
	}

	async function work(by: TestDevice, isOver: () => boolean): Promise<void> {
		const open = handed.filter((one) => one.by === by && one.receipts === null);
		while (!isOver()) {
			const one = open[0] ?? next(by);
			try {
				await handIn(one);
				open.shift();
			} catch {
				// It fell over under this request, or could store nothing: handed in again.
				if (open.length === 0) open.push(one);
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
		}
	}

	return {
		async until(isOver) {
			await Promise.all(devices.map((by) => work(by, isOver)));
		},
		async asksAgain() {
			const answered = handed.filter(({ receipts }) => receipts !== null);
			for (const { by, commit, receipts } of answered.slice(-3))
				expect(await stubbornly(() => by.handIn(urlOf(by), [commit]))).toEqual(receipts);
		},
		async end() {
			for (const one of handed) if (one.receipts === null) await stubbornly(() => handIn(one));
			return handed.flatMap(({ receipts }) => receipts ?? []);
		},
		get count() {
			return handed.length;
		},
		get answered() {
			return handed.filter(({ receipts }) => receipts !== null).length;
		}
	};
}

/** Everything in the store is whole, every receipt is the one that was shown, and nothing is there twice. */
export async function inspect(
	store: Store,
	dataDir: string,
	shown: readonly Receipt[]
): Promise<{ accepted: number }> {
	const { flaws } = await audit(store, openKeys(dataDir), peopleOf(dataDir).devices);
	expect(flaws).toEqual([]);
	const entries = await store.all<{ id: string; receipt: string }>(
		"SELECT id, receipt FROM entry WHERE device <> 'relay'"
	);
	const kept = new Map(entries.map(({ id, receipt }) => [id, receipt]));
	for (const receipt of shown) {
		const found = kept.get(receipt.id ?? '');
		expect(found, `the receipt of ${receipt.id} is lost`).toBeDefined();
		expect(JSON.parse(String(found))).toEqual(receipt);
	}
	return { accepted: entries.length };
}
