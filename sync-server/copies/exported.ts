/** What a district is made of when it leaves its store: one file of JSON lines for each table, and its photos. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { LAST_BACKUP, LAST_NIGHT } from './last-backup.ts';

/**
 * Each table and what puts its rows in order. What was signed, judged and chained is carried as it stands, so
 * that `npm run audit` finds the same there.
 */
export const exportedTables: readonly (readonly [table: string, order: string])[] = [
	['meta', 'key'],
	['counter', 'key'],
	['entry', 'num'],
	['ledger', 'num'],
	['element', 'ledger, seq'],
	['record', 'id'],
	['official_number', 'family, org, no'],
	['leaning', 'leans_on, record'],
	['due_readers', 'record'],
	['device', 'id'],
	['revoked_device', 'id'],
	['invitation', 'id'],
	['media', 'sha256'],
	['media_upload', 'sha256, device'],
	['media_name', 'sha256, entry'],
	['shared_draft', 'record'],
	['shared_piece', 'record, n']
];
/** Tables that older relays did not have: their exports go without. */
export const laterTables: readonly string[] = ['revoked_device', 'official_number'];
/** A device opens another session by its key, with a challenge of the new relay. */
export const leftBehind: readonly string[] = ['session', 'used_challenge'];
/** What a copy takes along, which stays with its district. */
export const allTables = [...exportedTables.map(([table]) => table), ...leftBehind];
/** Keys of `meta` that are true of one place alone: in which database it lies, and where its copies do. */
export const metaLeftBehind: readonly string[] = ['home', LAST_BACKUP, LAST_NIGHT];

export const MANIFEST = 'manifest.json';

export const Manifest = z.strictObject({
	format: z.literal('lianxinqiao-district'),
	v: z.literal(1),
	realm: z.string(),
	realmName: z.string(),
	exportedAt: z.number(),
	/** Lines and SHA-256 of every file of lines. */
	tables: z.record(z.string(), z.strictObject({ lines: z.int(), sha256: z.string() }))
});
export type Manifest = z.infer<typeof Manifest>;

export function fileOfTable(table: string): string {
	return `${table}.jsonl`;
}

export async function digestOf(path: string): Promise<string> {
	const digest = createHash('sha256');
	await pipeline(createReadStream(path), digest);
	return digest.digest('hex');
}
