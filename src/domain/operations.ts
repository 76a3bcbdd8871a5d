/** 运行情况 as the relay tells it to an administrator: numbers and moments, never a person's words. */
import { z } from 'zod';
import { DAY } from './spans.ts';

/** What an administrator may have to act on. */
export const FaultCode = z.enum([
	'unclean-stop',
	'request-failed',
	'entry-not-judged',
	'draft-not-written',
	'clock-failed',
	'photos-not-swept',
	'backup-failed',
	'backup-no-room',
	'store-restored',
	'mark-not-kept',
	'news-not-heard',
	'store-away',
	'disk-full'
]);
export type FaultCode = z.infer<typeof FaultCode>;

export const Fault = z.object({ at: z.number(), code: FaultCode });
export type Fault = z.infer<typeof Fault>;

export const Operations = z.object({
	backup: z.object({
		running: z.boolean(),
		/** The last whole copy. */
		last: z
			.object({
				at: z.number(),
				/** Null where whoever answers does not find it: it lies elsewhere, or no longer where it was put. */
				bytes: z.number().nullable(),
				/** Where it lies, if several machines serve the district; null too where it is there no longer. */
				machine: z.string().nullable()
			})
			.nullable(),
		/** Whether the asker may take it along, and a zip can hold it. */
		download: z.boolean()
	}),
	disk: z.object({ freeBytes: z.number(), freeShare: z.number() }),
	/** What a restore left in the data folder of whoever answers, and when it goes by itself. */
	replaced: z.array(z.object({ folder: z.string(), at: z.number(), goesAt: z.number() })),
	/** Bytes of the store's files and of all photos. */
	store: z.object({ bytes: z.number(), photoBytes: z.number() }),
	devices: z.object({ online: z.number(), lastDay: z.number(), all: z.number() }),
	fault: Fault.nullable(),
	startedAt: z.number(),
	version: z.string()
});
export type Operations = z.infer<typeof Operations>;

/** A copy older than this is told in amber: two nights were missed. */
const BACKUP_LATE_MS = 2 * DAY;
/** Below this free share a clerk has to make room: a full disk takes no entry. */
const LEAST_FREE_SHARE = 0.1;

export function isBackupLate({ backup }: Pick<Operations, 'backup'>, now: number): boolean {
	const { last } = backup;
	return last === null || now - last.at > BACKUP_LATE_MS;
}

/** `freeShare` from 0 to 1. */
export function isDiskFull({ freeShare }: Pick<Operations['disk'], 'freeShare'>): boolean {
	return freeShare < LEAST_FREE_SHARE;
}
