/** [R4] Every bound of the relay in one place, and the counters that hold a device or an address to its rate. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export interface Limits {
	/** Bytes of one request body. */
	readonly bodyBytes: number;
	/** Entries one device may hand in per minute. */
	readonly entriesPerMinute: number;
	/** Requests one device may make per minute. */
	readonly requestsPerMinute: number;
	/** Requests one address may make per minute at doors that need no session. */
	readonly openRequestsPerMinute: number;
	/** Bytes of one piece of a photo. */
	readonly mediaPieceBytes: number;
	/** Bytes of photos one device may bring in a day. */
	readonly mediaBytesPerDay: number;
	/** Bytes of all photos together. */
	readonly mediaBytes: number;
	/** Bytes that stay free on the disk, for the records. */
	readonly freeBytes: number;
	/** Bytes of one frame from a client. */
	readonly frameBytes: number;
	/** Frames one socket may send per 10 seconds. */
	readonly framesPer10s: number;
	readonly socketsPerDevice: number;
	readonly sockets: number;
	readonly channelsPerSocket: number;
	/** Bytes waiting in one socket before the relay stops writing to it. */
	readonly waitingBytes: number;
	/** Milliseconds a connection may take to send its request's head. */
	readonly headersMs: number;
	/** Milliseconds between signs of life; a socket that misses one is dropped. */
	readonly aliveMs: number;
}

export const defaultLimits: Limits = {
	bodyBytes: 4 * 1024 * 1024,
	entriesPerMinute: 6_000,
	requestsPerMinute: 1_200,
	openRequestsPerMinute: 3_000,
	mediaPieceBytes: 256 * 1024,
	mediaBytesPerDay: 200 * 1024 * 1024,
	mediaBytes: 50 * 1024 * 1024 * 1024,
	freeBytes: 256 * 1024 * 1024,
	frameBytes: 256 * 1024,
	framesPer10s: 2_000,
	socketsPerDevice: 6,
	sockets: 20_000,
	channelsPerSocket: 1_000,
	waitingBytes: 1024 * 1024,
	headersMs: 10_000,
	aliveMs: 20_000
};

export interface Rates {
	/** Milliseconds to wait, or 0 when the request may go on. */
	entries(device: string, count: number): Promise<number>;
	request(device: string): Promise<number>;
	open(address: string): Promise<number>;
}

export function createRates(limits: Limits): Rates {
	const entries = new RateLimiterMemory({ points: limits.entriesPerMinute, duration: 60 });
	const requests = new RateLimiterMemory({ points: limits.requestsPerMinute, duration: 60 });
	const open = new RateLimiterMemory({ points: limits.openRequestsPerMinute, duration: 60 });
	return {
		entries: (device, count) => waitFor(entries, device, count),
		request: (device) => waitFor(requests, device, 1),
		open: (address) => waitFor(open, address, 1)
	};
}

async function waitFor(limiter: RateLimiterMemory, key: string, points: number): Promise<number> {
	try {
		await limiter.consume(key, points);
		return 0;
	} catch (cause) {
		if (cause instanceof RateLimiterRes) return Math.max(1, cause.msBeforeNext);
		throw cause;
	}
}
