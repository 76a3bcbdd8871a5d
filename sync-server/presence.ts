/** Who is where now: awareness of desks and shared drafts, small, with the person stamped by the relay (R3). */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { LedgerName } from '#domain/ledgers.ts';
import type { PersonId } from '#domain/ids.ts';
import { awarenessMessage } from './frames.ts';

const AWARENESS_BYTES = 1024;
/** Client ids one channel may speak for; a provider has one. */
const CLIENTS_PER_CHANNEL = 4;

interface Present<C> {
	readonly owner: C;
	readonly clock: number;
	readonly state: string;
}

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
}

export function createPresence<C extends Place>(parts: PresenceParts<C>): Presence<C> {
	const byLedger = new Map<LedgerName, Map<number, Present<C>>>();

	function hear(channel: C, person: PersonId, update: Uint8Array): boolean {
		if (!parts.isFor(channel.ledger) || update.length > AWARENESS_BYTES) return false;
		const said = readStates(update);
		if (said === null) return false;
		const present = byLedger.get(channel.ledger) ?? new Map<number, Present<C>>();
		byLedger.set(channel.ledger, present);
		const own = [...present.values()].filter(({ owner }) => owner === channel).length;
		const heard = new Map<number, Present<C>>();
		for (const { client, clock, state } of said) {
			const before = present.get(client);
			// A client id belongs to the socket that used it first.
			if (before ? before.owner !== channel : own + heard.size >= CLIENTS_PER_CHANNEL) continue;
			const stamped = stamp(state, person);
			heard.set(client, { owner: channel, clock, state: stamped });
			if (stamped === 'null') present.delete(client);
			else present.set(client, { owner: channel, clock, state: stamped });
		}
		if (heard.size > 0) spread(channel.ledger, heard);
		return true;
	}

	function spread(ledger: LedgerName, states: ReadonlyMap<number, Present<C>>): void {
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
			const present = byLedger.get(channel.ledger);
			if (!present) return;
			const gone = new Map<number, Present<C>>();
			for (const [client, { owner, clock }] of present) {
				if (owner !== channel) continue;
				present.delete(client);
				gone.set(client, { owner, clock: clock + 1, state: 'null' });
			}
			if (present.size === 0) byLedger.delete(channel.ledger);
			if (gone.size > 0) spread(channel.ledger, gone);
		}
	};
}

function stamp(state: unknown, person: PersonId): string {
	if (typeof state !== 'object' || state === null) return 'null';
	return JSON.stringify({ ...state, user: { person } });
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

function writeStates(
	states: ReadonlyMap<number, Pick<Present<unknown>, 'clock' | 'state'>>
): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, states.size);
	for (const [client, { clock, state }] of states) {
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarString(encoder, state);
	}
	return encoding.toUint8Array(encoder);
}
