/** [R4] Holds one socket to its frames and bytes, pings and pongs included; whoever sends too much is not heard any more. */
import type { Socket as Line } from 'node:net';
import type { WebSocket } from 'ws';
import type { Limits } from '../limits.ts';

const WINDOW_MS = 10_000;
/** How long a socket that is closed may take to say so too. */
const FAREWELL_MS = 1_000;
/** 1008: against policy. */
const TOO_FAST = 1008;

export interface Pace {
	/** Counts a frame; false when it is not to be heard. */
	take(): boolean;
}

/** A socket, and the connection over which it is spoken. */
export interface Spoken {
	readonly ws: WebSocket;
	readonly line: Line;
}

export function paceOf(
	{ ws, line }: Spoken,
	{ framesPer10s, bytesPer10s }: Limits,
	now: () => number
): Pace {
	let since = now();
	let frames = 0;
	let readBefore = line.bytesRead;

	function count(more: number): boolean {
		if (ws.readyState !== ws.OPEN) return false;
		const moment = now();
		if (moment - since > WINDOW_MS) [since, frames, readBefore] = [moment, 0, line.bytesRead];
		frames += more;
		if (frames <= framesPer10s && line.bytesRead - readBefore <= bytesPer10s) return true;
		tooFast(ws);
		return false;
	}

	// Of a frame that never ends nothing is heard but what it is read in.
	line.on('data', () => void count(0));
	// A library answers pings by itself: they cost as much as what is said.
	ws.on('ping', () => void count(1));
	ws.on('pong', () => void count(1));
	return { take: () => count(1) };
}

export function tooFast(ws: WebSocket): void {
	dismiss(ws, TOO_FAST, 'slow down');
}

/** Closes a socket, and does not wait long for its other end to agree. */
export function dismiss(ws: WebSocket, code: number, reason: string): void {
	ws.close(code, reason);
	setTimeout(() => ws.terminate(), FAREWELL_MS).unref();
}

/** Makes room for one more socket of a device: its oldest go, and one that was told to and lingers is cut off. */
export function makeRoom(
	own: readonly { readonly ws: WebSocket }[],
	most: number,
	code: number
): void {
	for (const { ws } of own.slice(0, Math.max(0, own.length + 1 - most))) {
		if (ws.readyState === ws.OPEN) dismiss(ws, code, 'replaced');
		else ws.terminate();
	}
}
