/**
 * What the syncing tab does, over and over: hand in, ask the scope, pull what moved. Woken by the outbox,
 * by the relay's notices and by the network; after a failure it waits longer each time.
 */
import type { ScopeAnswer } from '#domain/wire.ts';
import { keepCertificate } from '#lib/bundle/certificate.ts';
import { readHeldScope, type HeldScope } from '#lib/device/held-scope.ts';
import { writeMe } from '#lib/device/me.ts';
import type { Answer, Refusal } from '#lib/device/relay.ts';
import { signChallenge, type AuthorisedRelay } from '#lib/device/session.ts';
import { storageProblem } from '#lib/device/storage-problem.ts';
import { sendPhotos } from '#lib/media/send.ts';
import { handInNext, restBeforeNext } from '#lib/outbox/hand-in.ts';
import type { Stores } from '#lib/outbox/overlay.ts';
import { watch } from '#lib/rows/watch.ts';
import { alarm } from './alarm.ts';
import { askForScope } from './ask-scope.ts';
import { restAfter } from './back-off.ts';
import { draftSync, type DraftSync } from './draft-sync.ts';
import { offerAgain } from './give-back.ts';
import { inOrderOfNeed, ledgerSync, type LedgerSync } from './ledger-sync.ts';
import { keepOnly, leaveAll } from './leave.ts';
import { unknownLine } from './line.ts';
import { dropFormer, moveOver } from './move-over.ts';
import { multiplexer, SESSION_OVER, type Socket } from './multiplexer.ts';
import { obedient } from './obedient.ts';
import { pullProgress } from './pull-progress.ts';
import type { Others } from './others.ts';
import { prepareRows } from './prepare-rows.ts';
import { report } from './report.ts';
import { sweeping } from './sweeping.ts';
import { reasonOf, writeStatus } from './sync-status.ts';

export interface EngineParts {
	readonly stores: Stores;
	/** `lxq-<realm8>-<person>`. */
	readonly prefix: string;
	readonly person: string;
	readonly relay: AuthorisedRelay;
	readonly openSocket: () => Socket;
	readonly now: () => number;
	readonly random: () => number;
	readonly version: string;
	/** Who shares this device. */
	readonly others?: Others | undefined;
}

export interface Engine {
	/** Syncs until the signal aborts. */
	run(signal: AbortSignal): Promise<void>;
	nudge(): void;
	/** The databases, replicas too, were closed and opened again: looks anew at what they hold. */
	lookAnew(): void;
}

/** With a socket the relay tells; the scope is asked again to repair what was lost. */
const REPAIR_MS = 2 * 60_000;
const POLL_MS = 20_000;
const TOLERANCE_MS = 500;
/** Devices that lost the same relay ask again within this. */
const SPREAD_MS = 5_000;
const LANES = 2;
const LARGE = 400;
const SOCKET_WAIT_MS = 2_500;
/** A pull of fewer elements is over before a progress could be read. */
const PROGRESS_FROM = 300;

export function engine(parts: EngineParts): Engine {
	const { stores, prefix, now, random } = parts;
	const relay = obedient(parts.relay, () => performance.now());
	const { device, rows } = stores;
	const giving = { stores, prefix, relay, now };
	const asking = { ...parts, relay, onRenewed: () => link.reopen() };
	const bell = alarm();
	const line = unknownLine();
	const moved = new Set<string>();
	/** Of those, the ones of which much is missing here. */
	const large = new Set<string>();
	let scope = { isKnown: false, askedAt: -Infinity, ledgers: new Set<string>() };
	let failures = 0;
	/** Something came since the last failure: a link that is cut again and again is asked again soon. */
	let hasGained = false;
	const sweep = sweeping(stores, now);
	const leaving = { stores, sweep, ledgersOf };
	let ledgers: LedgerSync | null = null;
	let drafts: DraftSync | null = null;
	let isPrepared = false;
	let isPulling = false;
	let handingIn: Promise<Refusal | null> | null = null;
	/** Of the relay, as a scope named it and before it was looked at. */
	let relayKey: string | undefined;
	const progress = pullProgress(rows);

	const link = multiplexer({
		open: parts.openSocket,
		random,
		onOpen: askAnew,
		onClose(code) {
			forgetScope();
			// When a relay stops, all its devices notice at once: they must not all ask at once.
			setTimeout(bell.ring, code === SESSION_OVER ? 0 : random() * SPREAD_MS);
		},
		onMoved(names) {
			for (const name of names) {
				moved.add(name);
				// A ledger that began since the scope was asked.
				if (!scope.ledgers.has(name)) forgetScope();
			}
			bell.ring();
		},
		onScope: askAnew,
		onDenied: askAnew,
		onProve: (challenge) => void proveKey(challenge).catch(report)
	});

	/** [R5] The session of the socket goes on, and nobody notices. */
	async function proveKey(challenge: string): Promise<void> {
		const key = await device.keys.get('device');
		if (key) link.prove(await signChallenge(key, challenge));
	}

	function askAnew(): void {
		forgetScope();
		bell.ring();
	}

	function forgetScope(): void {
		scope = { ...scope, isKnown: false };
	}

	async function run(signal: AbortSignal): Promise<void> {
		const stop = () => {
			link.close();
			ledgers?.abandon();
			bell.end();
		};
		signal.addEventListener('abort', stop);
		// Who stops closes the databases: what was under way fails, and that is no news.
		const reportUnlessStopped = (cause: unknown) => void (signal.aborted || report(cause));
		let newest = 0;
		// Asked after every write to the outbox, its own too: only what was said since is news.
		const unwatch = watch(
			() => device.outbox.where('state').equals('waiting').reverse().limit(1).primaryKeys(),
			([local = 0]) => {
				if (local <= newest) return;
				newest = local;
				bell.ring();
				// What is said during a long pull does not wait for its end.
				if (isPulling) handIn().catch(reportUnlessStopped);
			},
			reportUnlessStopped
		);
		forgetScope();
		isPrepared = false;
		const epoch = () => ledgers?.epoch ?? null;
		drafts = draftSync({ ...parts, multiplexer: link, epoch, onTrouble: report });
		try {
			while (!signal.aborted) {
				const refusal = await attempt(cycle);
				if (signal.aborted) break;
				const before = hasGained ? 0 : failures;
				failures = refusal === null ? 0 : before + 1;
				hasGained = false;
				if (refusal?.code === 'revoked') await leaveAll(leaving).catch(report);
				if (refusal === null || refusal.code === 'revoked')
					await attendOthers(signal).catch(report);
				if (refusal === null) await bell.wait(await restFor());
				else await waitOut(refusal, signal);
			}
		} finally {
			signal.removeEventListener('abort', stop);
			unwatch();
			await drafts.close();
			link.close();
			await ledgers?.close();
			ledgers = null;
		}
	}

	async function attendOthers(signal: AbortSignal): Promise<void> {
		const isTheirs = (await parts.others?.whenDue(signal)) ?? false;
		// Who takes over meanwhile opens a session of their own.
		if (isTheirs && !signal.aborted) await relay.renew();
	}

	async function cycle(): Promise<Refusal | null> {
		if (!isPrepared) await prepareRows({ stores, prefix, progress, ledgersOf });
		isPrepared = true;
		const refused = await handInAndAsk();
		if (refused !== null) return refused;
		if (!(await keepCertificate(device, relay, relayKey))) report(new Error('a strange relay key'));
		relayKey = undefined;
		link.connect({ atOnce: failures > 0 });
		if (moved.size > 0) {
			await link.whenOpen(SOCKET_WAIT_MS);
			const failed = await pullMoved();
			if (failed !== null) return failed;
		}
		await writeStatus(rows, { net: 'online', reason: null, lastSuccess: now() });
		await drafts?.attend();
		return afterRecords();
	}

	async function handInAndAsk(): Promise<Refusal | null> {
		const refused = await handIn();
		// [R6] what was said over elements that the store lost waits until they are given back
		const isHeldUp = refused?.code === 'other-epoch';
		if (refused !== null && !isHeldUp) return refused;
		const unheard = isScopeFresh() ? null : await askScope();
		return unheard ?? (isHeldUp ? handIn() : null);
	}

	/** [R8] Photos follow when every record is handed in, and stand back when something happens. */
	async function afterRecords(): Promise<Refusal | null> {
		await sweep.whenDue();
		return sendPhotos({ device, relay, line, now, random, shouldStop: bell.isRung });
	}

	function isScopeFresh(): boolean {
		const age = performance.now() - scope.askedAt;
		return scope.isKnown && age < (link.isOpen() ? REPAIR_MS : POLL_MS) - TOLERANCE_MS;
	}

	/** [O4] One request in flight: who asks while another hands in waits for the same end. */
	function handIn(): Promise<Refusal | null> {
		handingIn ??= handInAll().finally(() => (handingIn = null));
		return handingIn;
	}

	async function handInAll(): Promise<Refusal | null> {
		for (;;) {
			const waits = await device.outbox.where('state').anyOf('waiting', 'sending').count();
			if (waits > 0 && failures === 0) await writeStatus(rows, { net: 'sending' });
			const outcome = await handInNext(stores, relay, now(), line);
			if (outcome.is === 'failed') {
				if (outcome.refusal.code === 'other-epoch') askAnew();
				return outcome.refusal;
			}
			if (outcome.is === 'nothing') return null;
			// What was accepted comes back through a ledger: by notice, or else by asking.
			if (!link.isOpen()) forgetScope();
		}
	}

	async function askScope(): Promise<Refusal | null> {
		scope = { ...scope, isKnown: true, askedAt: performance.now() };
		const held = await readHeldScope(device);
		const first = await askForScope(asking);
		const isOther = first.ok && held !== null && held.epoch !== first.value.epoch;
		const answer = isOther ? await changeEpoch(held) : first;
		if (!answer.ok) {
			forgetScope();
			return answer;
		}
		await takeScope(answer.value, held);
		return offerAgain(giving);
	}

	/** [R6] The store was restored: what it lost is given back first, then this device moves over. */
	async function changeEpoch(held: HeldScope): Promise<Answer<ScopeAnswer>> {
		await ledgers?.close();
		ledgers = null;
		return moveOver(giving, held, () => askForScope(asking));
	}

	async function takeScope(answer: ScopeAnswer, held: HeldScope | null): Promise<void> {
		await writeMe(device, answer);
		const { epoch } = answer;
		({ relayKey } = answer);
		const local = ledgersOf(epoch);
		const names = Object.keys(answer.hold);
		scope = { ...scope, ledgers: new Set(names) };
		const former = held !== null && held.epoch !== epoch ? held : undefined;
		// [R6] what this device holds of another epoch was moved over, not built anew
		if (former === undefined) for (const ledger of answer.rebuild) await local.drop(ledger);
		for (const ledger of moved) if (!scope.ledgers.has(ledger)) moved.delete(ledger);
		const scoped = { epoch, ledgers: names, ...(former === undefined ? {} : { former }) };
		await keepOnly(leaving, scoped, held);
		if (answer.duties.length === 0) await sweep.ended();
		await dropFormer({ stores, prefix });
		for (const ledger of answer.moved) moved.add(ledger);
		await beginProgress(answer);
	}

	/**
	 * Small ledgers a few at a time: while one waits for the relay or the disk, another is folded. The
	 * large ones one by one beside them, so that each is whole as early as can be. Over a link that was
	 * cut all come one by one: the next cut takes along what is half here of one, not of each.
	 */
	async function pullMoved(): Promise<Refusal | null> {
		isPulling = true;
		const lanes = ledgers?.isBrittle()
			? [pullLane(() => true)]
			: [
					...Array.from({ length: LANES }, () => pullLane((ledger) => !large.has(ledger))),
					pullLane((ledger) => large.has(ledger))
				];
		const refusals = await Promise.all(lanes).finally(() => (isPulling = false));
		const refused = refusals.find((refusal) => refusal !== null) ?? null;
		if (refused === null) await progress.end();
		return refused;
	}

	async function pullLane(isMine: (ledger: string) => boolean): Promise<Refusal | null> {
		// [D1] A name may come over a socket that was opened as another person on this tablet.
		const isOwn = (ledger: string) => scope.ledgers.has(ledger);
		const nextMoved = () => inOrderOfNeed(moved).find((each) => isOwn(each) && isMine(each));
		for (let next = nextMoved(); next !== undefined; next = nextMoved()) {
			moved.delete(next);
			const refusal = (await ledgers?.pull(next, { isLarge: large.has(next) })) ?? null;
			if (refusal === null) {
				large.delete(next);
				continue;
			}
			moved.add(next);
			forgetScope();
			return refusal;
		}
		return null;
	}

	function ledgersOf(epoch: string): LedgerSync {
		if (ledgers?.epoch === epoch) return ledgers;
		void ledgers?.close();
		ledgers = ledgerSync({
			stores,
			prefix,
			epoch,
			relay,
			multiplexer: link,
			onFolded(elements) {
				hasGained = true;
				progress.folded(elements).catch(report);
			},
			onLeft() {
				sweep.soon();
				bell.ring();
			},
			onTrouble: report
		});
		return ledgers;
	}

	async function beginProgress({ hold }: ScopeAnswer): Promise<void> {
		let total = 0;
		large.clear();
		for (const ledger of moved) {
			const mark = await rows.ledgers.get(ledger);
			const missing = (hold[ledger]?.seq ?? 0) - (mark?.seq ?? 0);
			if (missing > LARGE) large.add(ledger);
			total += missing;
		}
		if (total < PROGRESS_FROM) return;
		await writeStatus(rows, { net: 'online', reason: null });
		await progress.begin('first', total);
	}

	/** A cycle that breaks on this device must not end the syncing of it. */
	async function attempt(run: () => Promise<Refusal | null>): Promise<Refusal | null> {
		try {
			return await run();
		} catch (cause) {
			report(cause);
			forgetScope();
			const isFull = storageProblem(cause) === 'storage-full';
			return { ok: false, code: isFull ? 'storage-full' : 'device-trouble', status: 0 };
		}
	}

	async function waitOut(refusal: Refusal, signal: AbortSignal): Promise<void> {
		const reason = reasonOf(refusal.code, refusal.status);
		await writeStatus(rows, { net: 'offline', reason }).catch(report);
		// A socket may stay open for minutes on a network that is gone.
		if (reason === 'unreachable') link.reset();
		await restAfter(refusal, bell, { failures, random, signal });
	}

	/** Until the next thing that is known to be due. */
	async function restFor(): Promise<number> {
		const most = link.isOpen() ? REPAIR_MS : POLL_MS;
		return Math.min(most, await restBeforeNext(device, now()));
	}

	function lookAnew(): void {
		isPrepared = false;
		void ledgers?.close().catch(report);
		ledgers = null;
		askAnew();
	}

	return { run, nudge: bell.wake, lookAnew };
}
