/**
 * [R5, R6] Devices taken out of use, kept beside the store and never copied with it: a store that was put back from a
 * copy is told of those that were lost since, whether it still knows them or not. Of several relays on one database
 * each keeps what it knows.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { jsonOf } from '../http/json.ts';
import { makeFolderDurable } from '../store/durable.ts';
import { createPeopleStore } from '../store/people.ts';
import type { Store } from '../store/store.ts';

export const REVOKED_FILE = 'revoked.jsonl';

const Revoked = z.object({ device: z.string(), at: z.number() });
type Revoked = z.infer<typeof Revoked>;

export interface RevokedDevices {
	/** On the disk when it returns. */
	keep(devices: readonly string[], at: number): void;
}

/** Tells the store what it lacks, and keeps what only the store knew; call it before anybody may sign in. */
export async function openRevoked(dataDir: string, store: Store): Promise<RevokedDevices> {
	const path = join(dataDir, REVOKED_FILE);
	const kept = new Map(readRevoked(path).map(({ device, at }) => [device, at]));
	const known = await store.transaction(async (tx) => {
		const people = createPeopleStore(tx);
		const before = new Map(await people.revokedDevices());
		for (const [device, at] of kept) if (!before.has(device)) await people.revokeDevice(device, at);
		return before;
	});
	write([...known].filter(([device]) => !kept.has(device)));

	function write(revoked: readonly (readonly [device: string, at: number])[]): void {
		if (revoked.length === 0) return;
		const isNew = !existsSync(path);
		const handle = openSync(path, 'a', 0o600);
		try {
			const lines = revoked.map(([device, at]) => JSON.stringify({ device, at } satisfies Revoked));
			// A line before may have been cut short.
			writeSync(handle, `\n${lines.join('\n')}\n`);
			fsyncSync(handle);
		} finally {
			closeSync(handle);
		}
		if (isNew) makeFolderDurable(dataDir);
		for (const [device, at] of revoked) kept.set(device, at);
	}

	return {
		keep(devices, at) {
			write(devices.filter((device) => !kept.has(device)).map((device) => [device, at]));
		}
	};
}

function readRevoked(path: string): readonly Revoked[] {
	if (!existsSync(path)) return [];
	const lines = readFileSync(path, 'utf8').split('\n');
	return lines.flatMap((line) => Revoked.safeParse(jsonOf(line)).data ?? []);
}
