/** The one way into the ledgers: read, judge and store commits in groups, answer once they are durable (R1). */
import { setImmediate } from 'node:timers';
import type { Signed } from '#domain/entry.ts';
import type { OfferAnswer, OfferedElement } from '#domain/offer.ts';
import type { Receipt } from '#domain/wire.ts';
import { RELAY_DEVICE, type Keys } from '../keys.ts';
import { createPlacing } from '../ledgers/place.ts';
import { isReadersDue } from '../ledgers/readers.ts';
import type { Appended } from '../ledgers/write-elements.ts';
import type { Store, Tx } from '../store/store.ts';
import { createTurn } from '../turns.ts';
import type { Directory } from './directory.ts';
import { createFairQueue } from './fair-queue.ts';
import { createBench, tryLater, type Bench, type Job, type RecordLimits } from './judge-commit.ts';
import { createReentry, readOffered, type Reentry } from './re-enter.ts';
import { createVerifier, hasUnknownKind, type Devices, type Read } from './verify.ts';

/** Commits one transaction takes; the rest go into the next. */
const GROUP = 256;
/** [R4] As long a transaction takes more, so that who comes meanwhile does not wait; one over a line costs more. */
const GROUP_MS = 16;
const SHARED_GROUP_MS = 80;
/** Where several hand in at once, what is ready waits while others come, and shares its way to the disk; so long at most. */
const GATHER_MS = 12;
/** While a backup reads, the write-ahead log cannot be emptied. */
const SCRUB_AGAIN_MS = 1_000;

export interface Deliver {
	/** Hands in commits, of the handing device itself or carried by it (O5). Receipts in the order sent. */
	handIn(commits: readonly (readonly Signed[])[], by: Carrier): Promise<readonly Receipt[]>;
	/** [R9] Commits the relay's own device signed in this process, received at an injected moment. */
	handInAt(
		commits: readonly (readonly Signed[])[],
		receivedAt: number
	): Promise<readonly Receipt[]>;
	/** [R6] Takes elements back that the store lost, from a device that has them. Answers in the order sent. */
	takeBack(elements: readonly OfferedElement[], device: string): Promise<OfferAnswer['answers']>;
	/** Hears what each transaction appended, after it is durable. */
	onAppended(listener: (appended: Appended) => void): () => void;
	/** Resolves when nothing is waiting to be stored. */
	settled(): Promise<void>;
	readonly counts: DeliverCounts;
}

/** Whose session a hand-in came with, and what its clock says. */
export interface Carrier {
	readonly now: number;
	readonly device: string;
}

export interface DeliverCounts {
	readonly accepted: number;
	readonly noted: number;
	readonly refused: number;
	readonly later: number;
	/** [R6] Taken back by a store that had lost them. */
	readonly returned: number;
	readonly transactions: number;
	readonly failures: number;
}

export interface DeliverParts {
	readonly store: Store;
	readonly keys: Pick<Keys, 'tag' | 'pseudonym' | 'setUp' | 'former'>;
	readonly directory: Directory;
	readonly devices: Devices;
	readonly now: () => number;
	readonly limits: RecordLimits;
	readonly onBroken: (entry: string, cause: unknown) => void;
	/** [R6] Hears what each transaction appended, before anybody else does. */
	readonly onStored?: (appended: Appended, ordinal: number) => void;
	/** [R6] Asked in each transaction: nothing is stored where the store is not the one that it was. */
	readonly isSure?: (tx: Tx) => Promise<boolean>;
}

/** [R6] The store went back behind what was told of it. */
export class WentBack extends Error {
	constructor() {
		super('deliver: the store lacks what was told of it');
	}
}

/** What the work of one transaction is done with. */
interface Work {
	readonly bench: Bench;
	readonly reentry: Reentry;
	readonly appended: Appended;
}

interface Waiting {
	/** Runs inside the transaction; what it answers is called once that is durable. */
	readonly decide: (work: Work) => Promise<() => void>;
	readonly reject: (cause: unknown) => void;
}

export function createDeliver(parts: DeliverParts): Deliver {
	const { store, keys, directory, onBroken } = parts;
	const { isUnwritable } = store;
	const groupMs = store.isShared ? SHARED_GROUP_MS : GROUP_MS;
	const verifier = createVerifier(parts.devices);
	const counts = {
		accepted: 0,
		noted: 0,
		refused: 0,
		later: 0,
		returned: 0,
		transactions: 0,
		failures: 0
	};
	const listeners = new Set<(appended: Appended) => void>();
	const idle: (() => void)[] = [];
	const queue = createFairQueue<Waiting>();
	/** A flush is about to begin, or going on. */
	let isBusy = false;
	/** Readers wait to be asked again; asked of the store itself when this process begins. */
	let isFollowing = true;
	let rescrub: NodeJS.Timeout | null = null;
	let realm: string | null = null;
	let reading = 0;
	/** Hand-ins that came, those whose signatures are being checked, and how many commits the last group had. */
	let came = 0;
	let checking = 0;
	let last = 0;

	async function handIn(
		commits: readonly (readonly Signed[])[],
		by: Carrier
	): Promise<readonly Receipt[]> {
		const at = parts.now();
		reading += 1;
		came += 1;
		try {
			const realm = await realmOf();
			const reads = await check(commits, realm);
			return await enqueue(by.device, reads, (commit) => ({
				at,
				offset: offsetOf(commit, by, at)
			}));
		} finally {
			reading -= 1;
			tellIdle();
		}
	}

	async function check(
		commits: readonly (readonly Signed[])[],
		realm: string
	): Promise<readonly (readonly Read[])[]> {
		checking += 1;
		try {
			const reads: Promise<readonly Read[]>[] = [];
			const turn = createTurn();
			for (const commit of commits) {
				await turn();
				const read = verifier.read(commit, realm);
				// Heard below: the next ones are parsed while the signatures of these are checked.
				read.catch(() => undefined);
				reads.push(read);
			}
			return await Promise.all(reads);
		} finally {
			checking -= 1;
		}
	}

	async function handInAt(
		commits: readonly (readonly Signed[])[],
		receivedAt: number
	): Promise<readonly Receipt[]> {
		const realm = await realmOf();
		const reads = commits.map((commit) => verifier.readOwn(commit, realm, RELAY_DEVICE));
		return enqueue(RELAY_DEVICE, reads, () => ({ at: receivedAt, offset: 0 }));
	}

	async function enqueue(
		who: string,
		commits: readonly (readonly Read[])[],
		receivedOf: (reads: readonly Read[]) => Job['received']
	): Promise<readonly Receipt[]> {
		const answers = await Promise.all(
			commits.map((reads) => {
				if (hasUnknownKind(reads)) return reads.map(({ entry }) => tryLater(entry, 'unknown-kind'));
				const job: Job = { reads, received: receivedOf(reads) };
				return inTransaction(who, ({ bench, appended }) => bench.decide(job, appended));
			})
		);
		const receipts = answers.flat();
		for (const { verdict } of receipts) counts[verdict] += 1;
		return receipts;
	}

	async function takeBack(
		elements: readonly OfferedElement[],
		device: string
	): Promise<OfferAnswer['answers']> {
		reading += 1;
		try {
			const realm = await realmOf();
			const vouching = { keys, verifier };
			const reads = await Promise.all(elements.map((each) => readOffered(vouching, each, realm)));
			const answers = await inTransaction(device, ({ reentry, appended }) =>
				reentry.decide(reads, appended)
			);
			counts.returned += answers.filter(({ is }) => is === 'taken').length;
			return answers;
		} finally {
			reading -= 1;
			tellIdle();
		}
	}

	function inTransaction<T>(who: string, decide: (work: Work) => Promise<T>): Promise<T> {
		return new Promise((resolve, reject) => {
			queue.push(who, {
				async decide(work) {
					const answer = await decide(work);
					return () => resolve(answer);
				},
				reject
			});
			soon();
		});
	}

	/**
	 * Flushes at once when idle; what arrives while a transaction is written makes the next group, and so does
	 * what is about to arrive: a transaction costs the disk as much as ten entries.
	 */
	function soon(): void {
		if (isBusy) return;
		isBusy = true;
		if (checking > 0 || last > 1) gather(performance.now() + GATHER_MS);
		else setImmediate(() => void flush());
	}

	/** Looks every millisecond whether somebody came meanwhile, or is being checked. */
	function gather(until: number): void {
		const before = came;
		setTimeout(() => {
			const isOver = (came === before && checking === 0) || queue.length >= GROUP;
			if (isOver || performance.now() >= until) void flush();
			else gather(until);
		}, 1);
	}

	async function flush(): Promise<void> {
		last = queue.length > 0 ? await decideGroup() : 0;
		if (isFollowing) await followUp();
		isBusy = false;
		if (queue.length > 0 || isFollowing) soon();
		else tellIdle();
	}

	/** Answers how many it came to an end with. */
	async function decideGroup(): Promise<number> {
		const group: Waiting[] = [];
		let done: Awaited<ReturnType<typeof decide>>;
		try {
			done = await store.transaction((tx) => decide(tx, group));
		} catch (cause) {
			counts.failures += 1;
			// It did not even begin, and would not for those behind them.
			if (group.length === 0) while (next(group));
			for (const { reject } of group) reject(cause);
			return group.length;
		}
		const { answers, appended, people, ordinal } = done;
		people.keep();
		isFollowing = done.isDue;
		counts.transactions += 1;
		// Where somebody reads the log, it is tried again anyway.
		if (rescrub === null) await scrub();
		parts.onStored?.(appended, ordinal);
		// [R1] only now, after COMMIT, does anybody hear of it
		for (const answer of answers) answer();
		tellAll(appended);
		return group.length;
	}

	/** Whose turn it is, into a group that has room for one more. */
	function next(group: Waiting[]): Waiting | undefined {
		const each = group.length < GROUP ? queue.take() : undefined;
		if (each) group.push(each);
		return each;
	}

	/** `group` learns who was decided; a transaction that is tried again decides the same ones. */
	async function decide(tx: Tx, group: Waiting[]) {
		const appended: Appended = new Map();
		const answers: (() => void)[] = [];
		const [people, isSure = true] = await Promise.all([directory.draftIn(tx), parts.isSure?.(tx)]);
		if (!isSure) throw new WentBack();
		const placing = createPlacing(tx, keys);
		const turn = createTurn();
		const of = { tx, placing, people, onBroken, isUnwritable, limits: parts.limits, turn };
		const work = { bench: createBench(of), reentry: createReentry(of), appended };
		const until = performance.now() + groupMs;
		for (let i = 0; ; i++) {
			// Where nobody waits outside, what is told of one seed comes in the same groups each time (R9).
			const isTime = i === 0 || reading === 0 || performance.now() < until;
			const each = group[i] ?? (isTime ? next(group) : undefined);
			if (each === undefined) break;
			answers.push(await each.decide(work));
		}
		placing.end();
		return { answers, appended, people, ordinal: tx.ordinal, isDue: await isReadersDue(tx) };
	}

	/** [A4] Erased is what no file of the store holds any more; who reads meanwhile is waited for. */
	async function scrub(): Promise<void> {
		const isDone = await store.scrub().catch((cause: unknown) => {
			onBroken('scrub', cause);
			return false;
		});
		if (isDone || rescrub !== null) return;
		rescrub = setTimeout(() => {
			rescrub = null;
			void scrub();
		}, SCRUB_AGAIN_MS);
		rescrub.unref();
	}

	/** [A1] Some of what leans on records with other readers now; what fails is tried again after the next group. */
	async function followUp(): Promise<void> {
		try {
			const { appended, isDue, ordinal } = await store.transaction(async (tx) => {
				const told: Appended = new Map();
				const placing = createPlacing(tx, keys);
				await placing.followUp(parts.now(), told);
				placing.end();
				return { appended: told, isDue: await isReadersDue(tx), ordinal: tx.ordinal };
			});
			isFollowing = isDue;
			parts.onStored?.(appended, ordinal);
			tellAll(appended);
		} catch (cause) {
			isFollowing = false;
			counts.failures += 1;
			onBroken('readers', cause);
		}
	}

	/** What is stored is stored: a listener that fails costs nobody else their receipt. */
	function tellAll(appended: Appended): void {
		if (appended.size === 0) return;
		for (const listener of listeners)
			try {
				listener(appended);
			} catch (cause) {
				onBroken('spread', cause);
			}
	}

	function isIdle(): boolean {
		return queue.length === 0 && reading === 0 && !isBusy && !isFollowing;
	}

	function tellIdle(): void {
		if (isIdle()) for (const resolve of idle.splice(0)) resolve();
	}

	/** A district is founded once; until then it is asked for again. */
	async function realmOf(): Promise<string> {
		realm ??= await store.meta('realm');
		return realm ?? '';
	}

	// What an earlier process left undone.
	soon();
	void scrub();

	return {
		handIn,
		handInAt,
		takeBack,
		counts,
		onAppended(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		settled: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => idle.push(resolve)))
	};
}

/** [E3, O5] A clock says how far off it is of its own device alone: the carrier's is not the author's. */
function offsetOf(reads: readonly Read[], { now, device }: Carrier, at: number): number {
	const isOwn = reads.every(({ entry }) => entry === null || entry.device === device);
	return isOwn ? at - now : 0;
}
