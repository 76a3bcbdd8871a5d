/** Logs without personal data: codes, counts, ids of entries; never a text, a name, a cookie or an address. */
import { pino, type Logger } from 'pino';
import type { Config } from './config.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

export function createLog(level: Config['logLevel']): Log {
	return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

/** What may be said of a failure: its class and its code, not the values it was about. */
export function codeOf(cause: unknown): { name: string; code?: string; where?: string } {
	if (!(cause instanceof Error)) return { name: typeof cause };
	const inner = cause.cause instanceof Error ? cause.cause : cause;
	const where = /\(?(?:file:\/\/)?[^\s()]*?((?:src|sync-server)\/[\w./-]+:\d+)/.exec(
		inner.stack ?? ''
	);
	return {
		name: inner.name,
		...('code' in inner ? { code: String(inner.code) } : {}),
		...(where?.[1] === undefined ? {} : { where: where[1] })
	};
}
