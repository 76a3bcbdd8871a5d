/** `POST /api/scope`: which ledgers this device may hold now, and which of them moved, or that nothing did. */
import type { z } from 'zod';
import type { PersonId } from '#domain/ids.ts';
import { isReadable, type LedgerName } from '#domain/ledgers.ts';
import {
	SameAsk,
	sameText,
	ScopeAsk,
	type LedgerMark,
	type SameAnswer,
	type ScopeAbout,
	type ScopeAnswer
} from '#domain/wire.ts';
import { enter, type App, type Session, type Sessions } from '../http/app.ts';
import { checkedAs, readJson } from '../http/bodies.ts';
import type { Rates } from '../http/rates.ts';
import type { Directory } from '../judging/directory.ts';
import { jwkOf, type Keys } from '../keys.ts';
import { sha256 } from '../ledgers/chain.ts';
import type { Limits } from '../limits.ts';
import type { Store } from '../store/store.ts';
import { createGate, type Turn } from '../turns.ts';

export interface ScopeRoutesParts {
	readonly store: Store;
	readonly directory: Directory;
	readonly keys: Pick<Keys, 'setUp'>;
	readonly sessions: Sessions;
	readonly limits: Limits;
	readonly rates: Rates;
	readonly now: () => number;
	/** Keeps what a device says of itself, for the list of who has not synced. */
	readonly onAsked: (
		session: Session,
		told: { waiting?: number | undefined; version?: string | undefined }
	) => Promise<void>;
}

export function scopeRoutes(app: App, parts: ScopeRoutesParts): void {
	/** [R4] Thousands of ledgers are looked through, which others wait for no longer than a turn. */
	const gate = createGate(1);
	app.post('/api/scope', async (context) => {
		const session = await enter(context, parts);
		const json = await readJson(context);
		const same = SameAsk.safeParse(json);
		if (same.success) {
			await parts.onAsked(session, same.data);
			return context.json(await gate((turn) => isSameFor(session, same.data.same, parts, turn)));
		}
		const asked = checkedAs(context, ScopeAsk, json);
		await parts.onAsked(session, asked);
		return context.json(await gate((turn) => scopeFor(session, asked, parts, turn)));
	});
}

async function isSameFor(
	{ person, device }: Session,
	same: string,
	parts: ScopeRoutesParts,
	turn: Turn
): Promise<z.infer<typeof SameAnswer>> {
	const now = parts.now();
	const { about, hold } = await scopeOf(person, now, parts);
	await parts.rates.askedAbout(device, Object.keys(hold).length);
	await turn();
	return { same: sha256(sameText(about.tag, hold)) === same, now };
}

/** What a person may hold at a moment, and what is said of the person. */
async function scopeOf(
	person: PersonId,
	at: number,
	{ store, directory, keys }: ScopeRoutesParts
): Promise<Scope> {
	const { prefixes } = directory.reading(person, at);
	const under = await Promise.all(prefixes.map((prefix) => store.ledgersUnder(prefix)));
	const about = {
		person,
		name: directory.nameOf(person),
		duties: directory.dutiesOnWire(person, at),
		realm: (await store.meta('realm')) ?? '',
		realmName: (await store.meta('realmName')) ?? '',
		demo: (await store.meta('demo')) === '1',
		epoch: store.epoch,
		relayKey: jwkOf(keys.setUp.publicKey).x
	};
	return {
		prefixes,
		hold: Object.fromEntries(under.flatMap((ledgers) => [...ledgers])),
		about: { ...about, tag: sha256(JSON.stringify(about)) }
	};
}

interface Scope {
	readonly prefixes: readonly string[];
	readonly hold: Readonly<Record<LedgerName, LedgerMark>>;
	readonly about: ScopeAbout;
}

async function scopeFor(
	{ person, device }: Session,
	asked: ScopeAsk,
	parts: ScopeRoutesParts,
	turn: Turn
): Promise<ScopeAnswer> {
	const { store } = parts;
	const now = parts.now();
	const { prefixes, hold, about } = await scopeOf(person, now, parts);
	const named = Object.keys(asked.held);
	await parts.rates.askedAbout(device, Math.max(named.length, Object.keys(hold).length));
	const isSameStore = asked.epoch === undefined || asked.epoch === store.epoch;
	const rebuild: LedgerName[] = [];
	const moved: LedgerName[] = [];
	for (const [ledger, head] of Object.entries(hold)) {
		await turn();
		const held = asked.held[ledger];
		const knows =
			held === undefined || (isSameStore && (await isPrefix(store, ledger, held, head)));
		if (!knows) rebuild.push(ledger);
		if (!knows || held === undefined || held.seq < head.seq) moved.push(ledger);
	}
	// [D2] what left the scope goes at once
	const drop: LedgerName[] = [];
	for (const ledger of named) {
		await turn();
		if (!isReadable(prefixes, ledger)) drop.push(ledger);
	}
	return {
		...about,
		now,
		hold,
		moved,
		rebuild,
		drop
	};
}

/** Does the device hold a beginning of this ledger, or something else under its name (R6)? */
async function isPrefix(
	store: Store,
	ledger: LedgerName,
	held: LedgerMark,
	head: LedgerMark
): Promise<boolean> {
	if (held.seq === 0) return true;
	if (held.seq > head.seq) return false;
	const chain = held.seq === head.seq ? head.chain : await store.chainAt(ledger, held.seq);
	return chain === held.chain;
}
