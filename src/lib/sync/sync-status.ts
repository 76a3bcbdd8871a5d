/** What the syncing tab tells all tabs: kept beside the rows, derived from real requests alone. */
import { z } from 'zod';
import type { RowsDb } from '#lib/rows/rows-db.ts';

export const SyncReason = z.enum([
	'unreachable',
	'not-the-relay',
	'signed-out',
	'revoked',
	'slow-down',
	'disk-full',
	'relay-trouble',
	'storage-full',
	'device-trouble'
]);
export type SyncReason = z.infer<typeof SyncReason>;

export const SyncStatus = z.object({
	net: z.enum(['unknown', 'online', 'sending', 'offline']),
	reason: SyncReason.nullable(),
	lastSuccess: z.number().nullable(),
	progress: z
		.object({
			stage: z.enum(['first', 'rebuild']),
			done: z.number(),
			total: z.number()
		})
		.nullable()
});
export type SyncStatus = z.infer<typeof SyncStatus>;

export const unknownStatus: SyncStatus = {
	net: 'unknown',
	reason: null,
	lastSuccess: null,
	progress: null
};

export async function readStatus(rows: RowsDb): Promise<SyncStatus> {
	const held = await rows.meta.get('sync');
	return SyncStatus.safeParse(held?.value).data ?? unknownStatus;
}

/** Only the syncing tab writes. */
export async function writeStatus(rows: RowsDb, change: Partial<SyncStatus>): Promise<void> {
	await rows.transaction('rw', rows.meta, async () => {
		const before = await readStatus(rows);
		await rows.meta.put({ key: 'sync', value: { ...before, ...change } });
	});
}

/** What a failed request means to the person. */
export function reasonOf(code: string, status: number): SyncReason {
	const known = SyncReason.safeParse(code);
	if (known.success) return known.data;
	if (status === 401 || status === 403 || code === 'no-key') return 'signed-out';
	if (status === 429) return 'slow-down';
	if (status === 507) return 'disk-full';
	return 'relay-trouble';
}
