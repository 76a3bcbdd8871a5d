/** Brings ledgers up to the relay and folds them into rows (F1, F2). */
import { z } from 'zod';
import { foldTold } from '#domain/fold.ts';
import { RecordId } from '#domain/ids.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import type { Answer, Refusal } from '#lib/device/relay.ts';
import type { AuthorisedRelay } from '#lib/device/session.ts';
import { forgetErased } from '#lib/outbox/forget-erased.ts';
import { rememberLeft } from '#lib/outbox/left-here.ts';
import { catchUp, type Stores } from '#lib/outbox/overlay.ts';
import {
	dropLedger,
	foldIntoRows,
	recordsIn,
	refoldFacts,
	refoldRecord
} from '#lib/rows/fold-into-rows.ts';
import type { Multiplexer } from './multiplexer.ts';
import { openLedgers, type OpenLedger } from './open-ledgers.ts';
import { pagePace } from './page-pace.ts';
import { elementsOf, leftIn, readElements, seqOf } from './read-elements.ts';
import { dropReplica, LinkLost, openReplica, type PagedElement } from './replica.ts';

const SILENCE_MS = 20_000;
/** Elements of one rows transaction; the first is small, so that something shows at once. */
const FIRST_RUN = 60;
const RUN = 1_000;
const FIRST_PAGE = 60;
const PAGE = 1_000;
/** Items beyond which a pulled document is merged into one piece in the store. */
const COMPACT_FROM = 500;

export interface LedgerSyncParts {
	readonly stores: Stores;
	readonly prefix: string;
	readonly epoch: string;
	readonly relay: AuthorisedRelay;
	/** Null: over HTTP alone. */
	readonly multiplexer: Multiplexer | null;
	readonly onFolded: (elements: number) => void;
	/** Records left a ledger: what is kept beside the rows of them is to be forgotten. */
	readonly onLeft: () => void;
	readonly onTrouble: (error: Error) => void;
}

export interface LedgerSync {
	readonly epoch: string;
	/** Null when the ledger is as the relay has it; what stood in the way else. */
	pull(ledger: LedgerName, much: { readonly isLarge: boolean }): Promise<Refusal | null>;
	/** Folds what is stored, without the relay. */
	refold(ledger: LedgerName): Promise<void>;
	drop(ledger: LedgerName): Promise<void>;
	/** The link broke a while ago: what is on its way may be lost. */
	isBrittle(): boolean;
	/** Ends what still waits for the relay. */
	abandon(): void;
	close(): Promise<void>;
}

const LedgerPage = z.object({
	epoch: z.string(),
	elements: z.array(
		z.object({
			head: z.unknown(),
			text: z.string().optional(),
			sig: z.string().optional()
		})
	),
	more: z.boolean()
});
type LedgerPage = z.infer<typeof LedgerPage>;

export function ledgerSync(parts: LedgerSyncParts): LedgerSync {
	const { stores, prefix, epoch, relay, multiplexer } = parts;
	const waiting = new Set<() => void>();
	const pace = pagePace(() => performance.now());
	const open = openLedgers(
		(ledger) => openReplica({ prefix, ledger, epoch }),
		(held) => {
			fold(held).catch((cause: unknown) => {
				parts.onTrouble(cause instanceof Error ? cause : new Error(String(cause)));
			});
		}
	);

	function pull(ledger: LedgerName, { isLarge }: { isLarge: boolean }): Promise<Refusal | null> {
		return open.use(ledger, async (held) => {
			// Rows may be behind what is stored: they were built anew, or a fold was cut short.
			await fold(held);
			const before = held.replica.items().length;
			const socket = () => (multiplexer?.isOpen() ? multiplexer : null);
			const paged = isLarge || pace.isBrittle() || !socket() ? await readPages(held) : null;
			const live = socket();
			const refusal = paged ?? (live ? await follow(held, live) : null);
			await fold(held);
			if (held.replica.items().length - before > COMPACT_FROM) await held.replica.compact();
			return refusal;
		});
	}

	async function follow(held: OpenLedger, live: Multiplexer): Promise<Refusal | null> {
		const patience = beginPatience();
		const stop = held.replica.onChange(patience.renew);
		try {
			await Promise.race([held.replica.follow(live), patience.over]);
			return null;
		} catch (cause) {
			if (!(cause instanceof LinkLost)) throw cause;
			pace.broke();
			// Else it would ask for all of it over the next socket, beside the pages.
			held.replica.rest();
			return { ok: false, code: 'unreachable', status: 0 };
		} finally {
			patience.end();
			stop();
		}
	}

	/** A socket that says nothing for so long leads nowhere any more. */
	function beginPatience() {
		let giveUp: () => void = () => undefined;
		const over = new Promise<never>((_resolve, reject) => {
			giveUp = () => reject(new LinkLost());
		});
		let timer = setTimeout(giveUp, SILENCE_MS);
		waiting.add(giveUp);
		return {
			over,
			renew() {
				clearTimeout(timer);
				timer = setTimeout(giveUp, SILENCE_MS);
			},
			end() {
				clearTimeout(timer);
				waiting.delete(giveUp);
			}
		};
	}

	/**
	 * The same elements a page at a time, into the same document: for networks that cut sockets, and for
	 * what is large. Each page is folded first; while the rows are written it goes into the document and
	 * the next one is on its way.
	 */
	async function readPages(held: OpenLedger): Promise<Refusal | null> {
		let page = await askPage(held.ledger, held.replica.seq(), FIRST_PAGE);
		for (;;) {
			if (!page.ok) return page;
			if (page.value.epoch !== epoch) return { ok: false, code: 'other-epoch', status: 200 };
			const elements = pagedElements(page.value);
			const last = seqOf(elements[elements.length - 1]?.head);
			const next = page.value.more ? askPage(held.ledger, last, PAGE) : null;
			const items = elements.flatMap(({ head, text }) => (text ? [head, text] : [head]));
			const folding = inTurn(held, () => foldItems(held.ledger, items, Infinity));
			held.replica.append(elements);
			await folding;
			if (next === null) return null;
			page = await next;
		}
	}

	async function askPage(
		ledger: LedgerName,
		after: number,
		limit: number
	): Promise<Answer<LedgerPage>> {
		const asked = performance.now();
		const size = pace.size();
		const path = `/api/ledgers/${ledger}?after=${after}&limit=${limit}&size=${size}`;
		const page = await relay.ask(path, LedgerPage);
		if (page.ok && page.value.more) pace.came(size, performance.now() - asked);
		if (!page.ok && page.code === 'unreachable') pace.broke();
		return page;
	}

	function fold(held: OpenLedger): Promise<void> {
		return inTurn(held, async () => {
			await foldItems(held.ledger, held.replica.items(), held.replica.seq());
			const mark = await stores.rows.ledgers.get(held.ledger);
			const isWhole = held.replica.seq() >= (mark?.refoldAt ?? 0);
			if (mark?.toRefold !== undefined && isWhole) await refold(held, mark.toRefold);
			if (mark?.holdsGone !== true) return;
			// Before the mark says that it is done: a kill in between leaves it to the next fold.
			await rememberLeft(stores.device, leftIn(held.replica.items()));
			parts.onLeft();
			await held.replica.compact();
			await stores.rows.ledgers.update(held.ledger, { holdsGone: false });
		});
	}

	/** [A4, R6] Rows and what needed its author lose what was erased; rows follow the store's order. */
	async function refold({ ledger, replica }: OpenLedger, names: readonly string[]) {
		const items = replica.items();
		const done = { toRefold: undefined, refoldAt: undefined };
		if (ledger.startsWith('facts/')) {
			await refoldFacts(stores.rows, ledger, names, readElements(items, 0));
			await stores.rows.ledgers.update(ledger, done);
			return;
		}
		const records = names.map((name) => RecordId.parse(name));
		for (const record of records) {
			const told = elementsOf(items, record, replica.seq());
			const erased = told.flatMap(({ head, entry }) => (entry === null ? head.id : []));
			// Before the row: a kill in between leaves it here, still naming what is to be forgotten with it.
			if (erased.length > 0)
				await forgetErased(stores, {
					record,
					entries: erased,
					isWhole: erased.length === told.length,
					keeps: foldTold(told).row
				});
			await refoldRecord(stores.rows, ledger, record, told);
		}
		await stores.device.shared.where('of').anyOf(records).delete();
		await catchUp(stores, records);
		await stores.rows.ledgers.update(ledger, done);
	}

	/** What arrives during a fold is taken by the next; one that fails does not stop those after it. */
	function inTurn(held: OpenLedger, run: () => Promise<void>): Promise<void> {
		const turn = held.folding.then(run);
		held.folding = turn.catch(() => undefined);
		return turn;
	}

	async function foldItems(
		ledger: LedgerName,
		items: readonly unknown[],
		whole: number
	): Promise<void> {
		for (;;) {
			const mark = await stores.rows.ledgers.get(ledger);
			const limit = mark === undefined ? FIRST_RUN : RUN;
			const run = readElements(items, mark?.seq ?? 0, { whole, limit });
			if (run.length === 0) return;
			await catchUp(stores, await foldIntoRows(stores.rows, ledger, run));
			parts.onFolded(run.length);
		}
	}

	return {
		epoch,
		pull,
		refold: (ledger) => open.use(ledger, fold),
		async drop(ledger) {
			await open.close(ledger);
			await dropReplica({ prefix, ledger, epoch });
			await rememberLeft(stores.device, await recordsIn(stores.rows, ledger));
			await catchUp(stores, await dropLedger(stores.rows, ledger));
		},
		isBrittle: pace.isBrittle,
		abandon() {
			for (const giveUp of waiting) giveUp();
		},
		close: open.closeAll
	};
}

function pagedElements({ elements }: LedgerPage): readonly PagedElement[] {
	return elements.map(({ head, text, sig }) =>
		text === undefined ? { head } : { head, text: [seqOf(head), text, sig ?? ''] }
	);
}

/** [R7] What everything else is read through comes first, then what is newest; facts and boards last. */
export function inOrderOfNeed(ledgers: Iterable<LedgerName>): readonly LedgerName[] {
	const rank = (ledger: LedgerName) => {
		if (ledger === 'directory') return 0;
		return (ledger.endsWith('/standing') ? 1 : 2) + (/^(facts|board)/.test(ledger) ? 2 : 0);
	};
	const period = (ledger: LedgerName) => ledger.slice(ledger.lastIndexOf('/') + 1);
	return [...ledgers].sort(
		(a, b) => rank(a) - rank(b) || period(b).localeCompare(period(a)) || a.localeCompare(b)
	);
}
