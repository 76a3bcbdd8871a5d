/** `POST /api/scope`: which ledgers this device may hold now, and which of them moved. */
import { isReadable, type LedgerName } from '#domain/ledgers.ts';
import { ScopeAsk, type LedgerMark, type ScopeAnswer } from '#domain/wire.ts';
import type { Directory } from './directory.ts';
import { enter, readJson, type App, type Session, type Sessions } from './http.ts';
import { jwkOf, type Keys } from './keys.ts';
import type { Limits } from './limits.ts';
import { problem } from './problem.ts';
import type { Rates } from './rates.ts';
import type { Store } from './store.ts';

export interface ScopeDoorParts {
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

export function scopeDoor(app: App, parts: ScopeDoorParts): void {
	app.post('/api/scope', async (context) => {
		const session = await enter(context, parts);
		if (session instanceof Response) return session;
		const asked = ScopeAsk.safeParse(await readJson(context));
		if (!asked.success) return problem(context, 'malformed', asked.error.issues[0]?.path.join('.'));
		const { waiting, version } = asked.data;
		await parts.onAsked(session, { waiting, version });
		return context.json(await scopeFor(session, asked.data, parts));
	});
}

async function scopeFor(
	{ person }: Session,
	asked: ScopeAsk,
	{ store, directory, keys, now }: ScopeDoorParts
): Promise<ScopeAnswer> {
	const at = now();
	const { prefixes } = directory.reading(person, at);
	const under = await Promise.all(prefixes.map((prefix) => store.ledgersUnder(prefix)));
	const hold = new Map(under.flatMap((ledgers) => [...ledgers]));
	const isSameStore = asked.epoch === undefined || asked.epoch === store.epoch;
	const rebuild: LedgerName[] = [];
	const moved: LedgerName[] = [];
	for (const [ledger, head] of hold) {
		const held = asked.held[ledger];
		const knows =
			held === undefined || (isSameStore && (await isPrefix(store, ledger, held, head)));
		if (!knows) rebuild.push(ledger);
		if (!knows || held === undefined || held.seq < head.seq) moved.push(ledger);
	}
	return {
		person,
		name: directory.nameOf(person),
		duties: directory.dutiesOnWire(person, at),
		realm: (await store.meta('realm')) ?? '',
		realmName: (await store.meta('realmName')) ?? '',
		demo: (await store.meta('demo')) === '1',
		epoch: store.epoch,
		relayKey: jwkOf(keys.setUp.publicKey).x,
		now: at,
		hold: Object.fromEntries(hold),
		moved,
		rebuild,
		// [D2] what left the scope goes at once
		drop: Object.keys(asked.held).filter((ledger) => !isReadable(prefixes, ledger))
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
