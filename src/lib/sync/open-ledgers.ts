/** Which documents are loaded right now: few, and only while they move (F2). */
import type { LedgerName } from '#domain/ledgers.ts';
import type { Replica } from './replica.ts';

/** A ledger that nothing moved for so long is closed again. */
const HOT_MS = 30_000;
const MOST_OPEN = 8;

export interface OpenLedger {
	readonly ledger: LedgerName;
	readonly replica: Replica;
	/** Folds run one at a time; this is the last of them. */
	folding: Promise<void>;
}

export interface OpenLedgers {
	/** Opens a ledger or takes the open one; it stays open while used, and a while after. */
	use<T>(ledger: LedgerName, use: (held: OpenLedger) => Promise<T>): Promise<T>;
	close(ledger: LedgerName): Promise<void>;
	closeAll(): Promise<void>;
}

interface Slot {
	readonly opening: Promise<OpenLedger>;
	users: number;
	cooling: ReturnType<typeof setTimeout> | undefined;
}

export function openLedgers(
	open: (ledger: LedgerName) => Promise<Replica>,
	onChange: (held: OpenLedger) => void
): OpenLedgers {
	const slots = new Map<LedgerName, Slot>();

	async function use<T>(ledger: LedgerName, action: (held: OpenLedger) => Promise<T>): Promise<T> {
		const slot = slots.get(ledger) ?? begin(ledger);
		slot.users += 1;
		try {
			return await action(await slot.opening);
		} finally {
			slot.users -= 1;
			cool(ledger, slot);
			await closeOldest();
		}
	}

	function begin(ledger: LedgerName): Slot {
		const slot: Slot = { opening: load(ledger), users: 0, cooling: undefined };
		slots.set(ledger, slot);
		slot.opening.catch(() => slots.delete(ledger));
		return slot;
	}

	async function load(ledger: LedgerName): Promise<OpenLedger> {
		const replica = await open(ledger);
		const held: OpenLedger = { ledger, replica, folding: Promise.resolve() };
		replica.onChange(() => {
			const slot = slots.get(ledger);
			if (slot) cool(ledger, slot);
			onChange(held);
		});
		return held;
	}

	function cool(ledger: LedgerName, slot: Slot): void {
		clearTimeout(slot.cooling);
		slot.cooling = setTimeout(() => {
			if (slot.users === 0) void close(ledger);
		}, HOT_MS);
	}

	async function closeOldest(): Promise<void> {
		if (slots.size <= MOST_OPEN) return;
		const idle = [...slots].find(([, slot]) => slot.users === 0);
		if (idle) await close(idle[0]);
	}

	async function close(ledger: LedgerName): Promise<void> {
		const slot = slots.get(ledger);
		if (!slot) return;
		slots.delete(ledger);
		clearTimeout(slot.cooling);
		const held = await slot.opening;
		await held.folding;
		clearTimeout(slot.cooling);
		await held.replica.close();
	}

	return {
		use,
		close,
		async closeAll() {
			await Promise.all([...slots.keys()].map(close));
		}
	};
}
