/**
 * [R4] An outage of the store or of the disk under it: every request, socket and reader meets it, each again and
 * again. It is told once when it begins, and once when it is over.
 */
import type { FaultCode } from '#domain/operations.ts';
import { codeOf, type Log } from '../log.ts';
import type { Store } from '../store/store.ts';

/** How often it is looked whether it is over; for so long nobody may have met it. */
const LOOK_MS = 1_000;
const QUIET_MS = 2_000;
/** What a disk says of a file that it cannot take: it is full, a share of it is, or it may only be read. */
const DISK_CODES: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);

export type Outage = Extract<FaultCode, 'store-away' | 'disk-full'>;

export interface Outages {
	/** Is this one? Then it is told here, and nobody else says more of it. */
	meets(cause: unknown): boolean;
	close(): void;
}

/** Null for a failure of any other sort. */
export function outageOf(
	{ isAway, isUnwritable }: Pick<Store, 'isAway' | 'isUnwritable'>,
	cause: unknown
): Outage | null {
	if (isAway(cause)) return 'store-away';
	return isUnwritable(cause) || isOfTheDisk(cause) ? 'disk-full' : null;
}

function isOfTheDisk(cause: unknown): boolean {
	return cause instanceof Error && 'code' in cause && DISK_CODES.has(String(cause.code));
}

export function createOutages(parts: {
	readonly store: Pick<Store, 'isAway' | 'isUnwritable' | 'meta'>;
	readonly log: Pick<Log, 'error' | 'info'>;
	readonly note: (code: Outage) => void;
}): Outages {
	const { store, log, note } = parts;
	const open = new Map<Outage, { readonly since: number; last: number; suppressed: number }>();
	let timer: NodeJS.Timeout | null = null;

	function begin(code: Outage, cause: unknown): void {
		const since = performance.now();
		open.set(code, { since, last: since, suppressed: 0 });
		log.error(codeOf(cause), code);
		note(code);
		timer ??= setTimeout(() => void look(), LOOK_MS).unref();
	}

	async function look(): Promise<void> {
		const isThere = await store.meta('realm').then(
			() => true,
			() => false
		);
		for (const [code, { since, last, suppressed }] of open) {
			const moment = performance.now();
			if (!isThere || moment - last < QUIET_MS) continue;
			open.delete(code);
			log.info({ ms: Math.round(last - since), suppressed }, `${code}: over`);
		}
		timer = open.size === 0 ? null : setTimeout(() => void look(), LOOK_MS).unref();
	}

	return {
		meets(cause) {
			const code = outageOf(store, cause);
			if (code === null) return false;
			const known = open.get(code);
			if (known === undefined) begin(code, cause);
			else {
				known.last = performance.now();
				known.suppressed += 1;
			}
			return true;
		},
		close() {
			if (timer !== null) clearTimeout(timer);
		}
	};
}
