/** Frames of the sync sockets: y-websocket messages, and the channel name before them on a shared socket. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { z } from 'zod';
import { Proof } from '#domain/wire.ts';

/** As y-websocket and y-protocols number them, which bring Yjs and a client along. */
const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const PERMISSION_DENIED = 0;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

export type Message =
	| { readonly is: 'step1'; readonly stateVector: Uint8Array }
	| { readonly is: 'write'; readonly update: Uint8Array }
	| { readonly is: 'awareness'; readonly update: Uint8Array }
	| { readonly is: 'queryAwareness' }
	| { readonly is: 'unknown' };

const steps = { step1: STEP_1, step2: STEP_2, update: UPDATE };

/** A sync message: a state vector, the answer to one, or an update that follows it. */
export function syncMessage(kind: keyof typeof steps, bytes: Uint8Array): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, SYNC);
	encoding.writeVarUint(encoder, steps[kind]);
	encoding.writeVarUint8Array(encoder, bytes);
	return encoding.toUint8Array(encoder);
}

/** Says no to what was written, as y-protocols has it: a stock provider logs the words and goes on. */
export function refusalMessage(words: string): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, AUTH);
	encoding.writeVarUint(encoder, PERMISSION_DENIED);
	encoding.writeVarString(encoder, words);
	return encoding.toUint8Array(encoder);
}

export function awarenessMessage(update: Uint8Array): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, AWARENESS);
	encoding.writeVarUint8Array(encoder, update);
	return encoding.toUint8Array(encoder);
}

/** Says nothing, but keeps a stock provider from closing a silent socket. */
export const stillHere: Uint8Array = awarenessMessage(Uint8Array.of(0));

/** A message on a channel of a shared socket. */
export function onChannel(channel: string, message: Uint8Array): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarString(encoder, channel);
	encoding.writeUint8Array(encoder, message);
	return encoding.toUint8Array(encoder);
}

/** A control message: JSON on the channel without a name. */
export function control(json: unknown): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarString(encoder, '');
	encoding.writeVarString(encoder, JSON.stringify(json));
	return encoding.toUint8Array(encoder);
}

/** Splits a frame of a shared socket; null for bytes that are none. */
export function readChannel(frame: Uint8Array): { channel: string; rest: Uint8Array } | null {
	return guarded(() => {
		const decoder = decoding.createDecoder(frame);
		const channel = decoding.readVarString(decoder);
		return { channel, rest: decoding.readTailAsUint8Array(decoder) };
	});
}

const Control = z.union([
	z.strictObject({ close: z.array(z.string()).max(1_000) }),
	z.strictObject({ proof: Proof.omit({ device: true }) })
]);

export function readControl(rest: Uint8Array): z.infer<typeof Control> | null {
	const json = guarded<unknown>(() =>
		JSON.parse(decoding.readVarString(decoding.createDecoder(rest)))
	);
	return Control.safeParse(json).data ?? null;
}

/** What a client says on a channel; null for bytes that are no message. */
export function readMessage(bytes: Uint8Array): Message | null {
	return guarded(() => {
		const decoder = decoding.createDecoder(bytes);
		switch (decoding.readVarUint(decoder)) {
			case SYNC:
				return decoding.readVarUint(decoder) === STEP_1
					? { is: 'step1', stateVector: decoding.readVarUint8Array(decoder) }
					: { is: 'write', update: decoding.readVarUint8Array(decoder) };
			case AWARENESS:
				return { is: 'awareness', update: decoding.readVarUint8Array(decoder) };
			case QUERY_AWARENESS:
				return { is: 'queryAwareness' };
			default:
				return { is: 'unknown' };
		}
	});
}

function guarded<T>(read: () => T): T | null {
	try {
		return read();
	} catch {
		// lib0 and JSON throw on a stranger's bytes; the caller counts them.
		return null;
	}
}
