/** What was learnt of the line to the relay: how much of what is sent gets through between two breaks. */
import { MEDIA_PIECE } from '#domain/media.ts';

export interface Line {
	/** Bytes of the next piece of a photo. */
	pieceBytes: number;
	/** Bytes of the next request that hands records in. */
	batchBytes: number;
}

const LEAST = 8 * 1024;
/** The relay's bound is 4 MiB. */
const MOST_BATCH = 4 * 1024 * 1024 - 1024;
/** What a line of 50 kbit/s carries while a request is waited for. */
const FIRST_BATCH = 256 * 1024;
/** A piece takes about as long. */
const PIECE_MS = 3_000;

export function unknownLine(): Line {
	return { pieceBytes: 2 * LEAST, batchBytes: FIRST_BATCH };
}

/** As much as the line takes in a few seconds, and at most twice what it took before. */
export function pieceCame(line: Line, tookMs: number): void {
	const carried = Math.round((line.pieceBytes * PIECE_MS) / Math.max(1, tookMs));
	line.pieceBytes = between(LEAST, Math.min(2 * line.pieceBytes, carried), MEDIA_PIECE);
}

export function pieceBroke(line: Line): void {
	line.pieceBytes = between(LEAST, line.pieceBytes / 2, MEDIA_PIECE);
}

export function batchCame(line: Line): void {
	line.batchBytes = between(LEAST, line.batchBytes * 2, MOST_BATCH);
}

export function batchBroke(line: Line): void {
	line.batchBytes = between(LEAST, line.batchBytes / 2, MOST_BATCH);
}

function between(least: number, bytes: number, most: number): number {
	return Math.max(least, Math.min(bytes, most));
}
