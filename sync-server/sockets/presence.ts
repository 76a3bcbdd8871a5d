/** Who is where now: awareness of desks and shared drafts, small, with the person stamped by the relay (R3). */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { PersonId } from '#domain/ids.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import type { Elsewhere, Said, State } from './elsewhere.ts';
import { awarenessMessage } from './frames.ts';

const AWARENESS_BYTES = 1024;
/** Client ids one channel may speak for; a provider has one. */
const CLIENTS_PER_CHANNEL = 4;
/** Client ids of one person that are known of one ledger at other relays. */
const CLIENTS_ELSEWHERE = 8;
/** Awareness repeats itself every 15 s; at other relays, whoever was not heard of for so long is gone. */
const REPEATED_MS = 30_000;
/** [R4] What is said of a ledger within a round goes on together. */
const ROUND_MS = 200;

interface Present<C> {
	/** The channel here, or the name of the relay, that speaks for this client. */
	readonly owner: C | string;
	readonly clock: number;
	readonly state: State;
	readonly heardAt: number;
}

type Heard = Pick<Said, 'clock' | 'state'>;

/** Where somebody can be: a channel of a ledger, a seat at a draft. */
interface Place {
	readonly ledger: LedgerName;
}

export interface Presence<C extends Place> {
	/** Takes a client's awareness; false where it is not allowed or not readable. */
	hear(channel: C, person: PersonId, update: Uint8Array): boolean;
	/** Tells a newcomer who is there. */
	tell(channel: C): void;
	/** The channel closed: everyone else hears that its clients are gone. */
	leave(channel: C): void;
}

export interface PresenceParts<C extends Place> {
	readonly isFor: (ledger: LedgerName) => boolean;
	readonly openOn: (ledger: LedgerName) => ReadonlySet<C>;
	readonly say: (channel: C, message: Uint8Array) => void;
	/** Null where no other relay serves the store. */
	readonly elsewhere: Elsewhere | null;
	readonly now: () => number;
}

export function isDesk(ledger: LedgerName): boolean {
	return ledger.startsWith('desk/');
}

export function createPresence<C extends Place>(parts: PresenceParts<C>): Presence<C> {
	const { isFor, elsewhere, now } = parts;
	const byLedger = new Map<LedgerName, Map<number, Present<C>>>();
	const rounds = new Map<LedgerName, Map<number, Heard>>();
	elsewhere?.listen({ hear: hearElsewhere, sweep });

	function presentAt(ledger: LedgerName): Map<number, Present<C>> {
		const present = byLedger.get(ledger) ?? new Map<number, Present<C>>();
		byLedger.set(ledger, present);
		return present;
	}

	function hear(channel: C, person: PersonId, update: Uint8Array): boolean {
		const { ledger } = channel;
		if (!isFor(ledger) || update.length > AWARENESS_BYTES) return false;
		const said = readStates(update);
		if (said === null) return false;
		const present = presentAt(ledger);
		const own = [...present.values()].filter(({ owner }) => owner === channel).length;
		const heard = new Map<number, Heard>();
		for (const { client, clock, state } of said) {
			const before = present.get(client);
			const isOwn = before?.owner === channel;
			if (before && !isOwn && !isMoving(before, person, clock)) continue;
			if (!isOwn && own + heard.size >= CLIENTS_PER_CHANNEL) continue;
			const stamped = stamp(state, person);
			heard.set(client, { clock, state: stamped });
			if (stamped === null) present.delete(client);
			else present.set(client, { owner: channel, clock, state: stamped, heardAt: now() });
			elsewhere?.tell(person, { ledger, client, clock, state: stamped });
		}
		spread(ledger, heard);
		return true;
	}

	function hearElsewhere(relay: string, said: readonly Said[]): void {
		const heard = new Map<LedgerName, Map<number, Heard>>();
		for (const each of said) {
			const { ledger, client, clock, state } = each;
			if (!isFor(ledger) || !takeElsewhere(relay, each)) continue;
			const there = heard.get(ledger) ?? new Map<number, Heard>();
			heard.set(ledger, there.set(client, { clock, state }));
		}
		for (const [ledger, there] of heard) spread(ledger, there);
	}

	function takeElsewhere(relay: string, { ledger, client, clock, state }: Said): boolean {
		const present = presentAt(ledger);
		const before = present.get(client);
		const isOwn = before?.owner === relay;
		if (state === null) return isOwn && present.delete(client);
		const { person } = state.user;
		if (before && !isOwn && !isMoving(before, person, clock)) return false;
		const others = [...present.values()].filter(
			({ owner, state: { user } }) => typeof owner === 'string' && user.person === person
		);
		if (!isOwn && others.length >= CLIENTS_ELSEWHERE) return false;
		present.set(client, { owner: relay, clock, state, heardAt: now() });
		return true;
	}

	function sweep(): void {
		const since = now() - REPEATED_MS;
		for (const ledger of byLedger.keys())
			drop(ledger, ({ owner, heardAt }) => typeof owner === 'string' && heardAt < since);
	}

	/** Some are not there any more; answers who. */
	function drop(ledger: LedgerName, isGone: (one: Present<C>) => boolean) {
		const present = byLedger.get(ledger);
		const gone = [...(present ?? [])].filter(([, one]) => isGone(one));
		for (const [client] of gone) present?.delete(client);
		if (present?.size === 0) byLedger.delete(ledger);
		spread(ledger, new Map(gone.map(([client, { clock }]) => [client, { clock, state: null }])));
		return gone;
	}

	/** The first at once; of what follows within the round the newest of each client alone. */
	function spread(ledger: LedgerName, states: ReadonlyMap<number, Heard>): void {
		if (states.size === 0) return;
		const waiting = rounds.get(ledger);
		if (waiting === undefined) {
			tellAll(ledger, states);
			rounds.set(ledger, new Map());
			setTimeout(() => endRound(ledger), ROUND_MS).unref();
		} else for (const [client, heard] of states) waiting.set(client, heard);
	}

	function endRound(ledger: LedgerName): void {
		const waiting = rounds.get(ledger);
		rounds.delete(ledger);
		if (waiting !== undefined) spread(ledger, waiting);
	}

	function tellAll(ledger: LedgerName, states: ReadonlyMap<number, Heard>): void {
		const message = awarenessMessage(writeStates(states));
		for (const channel of parts.openOn(ledger)) parts.say(channel, message);
	}

	return {
		hear,
		tell(channel) {
			const present = byLedger.get(channel.ledger);
			if (present && present.size > 0) parts.say(channel, awarenessMessage(writeStates(present)));
		},
		leave(channel) {
			const { ledger } = channel;
			for (const [client, { clock, state }] of drop(ledger, ({ owner }) => owner === channel))
				elsewhere?.tell(state.user.person, { ledger, client, clock, state: null });
		}
	};
}

/** A client id belongs to the person who used it first; of that person's sockets the last one speaks. */
function isMoving({ state, clock }: Heard, person: PersonId, newer: number): boolean {
	return state?.user.person === person && newer >= clock;
}

function stamp(state: unknown, person: PersonId): State | null {
	if (typeof state !== 'object' || state === null) return null;
	return { ...state, user: { person } };
}

function readStates(
	update: Uint8Array
): readonly { client: number; clock: number; state: unknown }[] | null {
	try {
		const decoder = decoding.createDecoder(update);
		const count = decoding.readVarUint(decoder);
		if (count > CLIENTS_PER_CHANNEL) return null;
		return Array.from({ length: count }, () => ({
			client: decoding.readVarUint(decoder),
			clock: decoding.readVarUint(decoder),
			state: JSON.parse(decoding.readVarString(decoder))
		}));
	} catch {
		// A stranger's bytes.
		return null;
	}
}

function writeStates(states: ReadonlyMap<number, Heard>): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, states.size);
	for (const [client, { clock, state }] of states) {
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarString(encoder, JSON.stringify(state));
	}
	return encoding.toUint8Array(encoder);
}
