/** [R4] Counters that hold a device or an address to its rate, and a device to what it may ask at once. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DAY, HOUR } from '#domain/spans.ts';
import type { Limits } from '../limits.ts';
import { countedAddress } from './addresses.ts';

export interface Rates {
	/** Milliseconds to wait, or 0 when the request may go on. */
	entries(device: string, count: number): Promise<number>;
	/** Has a person filled their part of the disk for this day, with whichever devices? */
	isDayFull(person: string): Promise<boolean>;
	/** What they handed in is kept, refused or not. */
	kept(person: string, bytes: number): Promise<void>;
	/** One invitation for each of these people. */
	invite(by: string, people: readonly string[]): Promise<number>;
	/** It has proved its key, to sign in or to go on. */
	signIn(device: string): Promise<number>;
	request(device: string): Promise<number>;
	/** It asks about so many ledgers: each hundred of them costs what a request does. */
	askedAbout(device: string, ledgers: number): Promise<void>;
	/** What it sent was no JSON within the bounds. */
	unreadable(device: string): Promise<void>;
	open(address: string): Promise<number>;
	/** Apart from other routes: behind a proxy that is not trusted, who asks for health is not held up by all others. */
	health(address: string): Promise<number>;
	/** Apart from them too: behind one address a whole office may open the app for the first time. */
	files(address: string): Promise<number>;
	/** Milliseconds an address that failed too often has to wait before it may try an invitation again. */
	opening(address: string): Promise<number>;
	openingFailed(address: string): Promise<void>;
	/** Has an address too often asked on one connection without waiting for answers? */
	asksAhead(address: string): Promise<boolean>;
	askedAhead(address: string): Promise<void>;
	/** Counts one more request that is being answered; null when the device has enough of them. */
	begin(device: string): (() => void) | null;
	/** Where bodies are held until they are answered, those of devices apart from those of strangers; and large answers until they are read. */
	readonly rooms: { readonly open: Room; readonly devices: Room; readonly answers: Room };
}

export interface Room {
	/** False where so many bytes more do not fit now. */
	take(bytes: number): boolean;
	give(bytes: number): void;
}

/** An honest device sends none, and each is looked through to its end: it counts as so many requests. */
const UNREADABLE_COUNTS = 20;
const LEDGERS_OF_REQUEST = 100;

export function createRates(limits: Limits): Rates {
	const entries = new RateLimiterMemory({ points: limits.entriesPerMinute, duration: 60 });
	const entryBytes = new RateLimiterMemory({
		points: limits.entryBytesPerDay,
		duration: DAY / 1_000
	});
	const invitations = new RateLimiterMemory({
		points: limits.invitationsPerDay,
		duration: DAY / 1_000
	});
	const invitationsOfOne = new RateLimiterMemory({
		points: limits.invitationsOfOnePerDay,
		duration: DAY / 1_000
	});
	const signIns = new RateLimiterMemory({ points: limits.signInsPerHour, duration: HOUR / 1_000 });
	const requests = new RateLimiterMemory({ points: limits.requestsPerMinute, duration: 60 });
	const open = new RateLimiterMemory({ points: limits.openRequestsPerMinute, duration: 60 });
	const health = new RateLimiterMemory({ points: limits.healthRequestsPerMinute, duration: 60 });
	const files = new RateLimiterMemory({ points: limits.fileRequestsPerMinute, duration: 60 });
	const failures = new RateLimiterMemory({
		points: limits.failedOpeningsPer10Minutes,
		duration: 600
	});
	const ahead = new RateLimiterMemory({ points: limits.askedAheadPer10Minutes, duration: 600 });
	const atOnce = new Map<string, number>();
	return {
		entries: (device, count) => waitFor(entries, device, count),
		async isDayFull(person) {
			return ((await entryBytes.get(person))?.remainingPoints ?? 1) <= 0;
		},
		async kept(person, bytes) {
			await entryBytes.penalty(person, bytes);
		},
		async invite(by, people) {
			const wait = await waitFor(invitations, by, people.length);
			if (wait > 0) return wait;
			const pairs = people.map((person) => JSON.stringify([by, person]));
			return Math.max(
				...(await Promise.all(pairs.map((pair) => waitFor(invitationsOfOne, pair, 1))))
			);
		},
		signIn: (device) => waitFor(signIns, device, 1),
		request: (device) => waitFor(requests, device, 1),
		async askedAbout(device, ledgers) {
			await requests.penalty(device, Math.floor(ledgers / LEDGERS_OF_REQUEST));
		},
		async unreadable(device) {
			await requests.penalty(device, UNREADABLE_COUNTS - 1);
		},
		open: (address) => waitFor(open, countedAddress(address), 1),
		health: (address) => waitFor(health, countedAddress(address), 1),
		files: (address) => waitFor(files, countedAddress(address), 1),
		async opening(address) {
			const found = await failures.get(countedAddress(address));
			return found !== null && found.remainingPoints <= 0 ? Math.max(1, found.msBeforeNext) : 0;
		},
		async openingFailed(address) {
			await failures.penalty(countedAddress(address));
		},
		async asksAhead(address) {
			return ((await ahead.get(countedAddress(address)))?.remainingPoints ?? 1) <= 0;
		},
		async askedAhead(address) {
			await ahead.penalty(countedAddress(address));
		},
		begin(device) {
			const now = atOnce.get(device) ?? 0;
			if (now >= limits.requestsAtOnce) return null;
			atOnce.set(device, now + 1);
			return () => {
				const left = (atOnce.get(device) ?? 1) - 1;
				if (left > 0) atOnce.set(device, left);
				else atOnce.delete(device);
			};
		},
		rooms: {
			open: roomOf(limits.openReadingBytes),
			devices: roomOf(limits.readingBytes),
			answers: roomOf(limits.answersBytes)
		}
	};
}

function roomOf(most: number): Room {
	let taken = 0;
	return {
		take(bytes) {
			if (taken + bytes > most) return false;
			taken += bytes;
			return true;
		},
		give(bytes) {
			taken -= bytes;
		}
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
