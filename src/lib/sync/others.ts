/**
 * [D2] Those who share this device and are not active: each is asked for, with their own key, what they may still hold, and
 * what they may not goes. Nothing is handed in for them, and no ledger is begun that they do not hold.
 */
import { openDeviceDb } from '#lib/device/device-db.ts';
import { readHeldScope, type HeldScope } from '#lib/device/held-scope.ts';
import type { PersonHere } from '#lib/device/installation.ts';
import { readMe, writeMe } from '#lib/device/me.ts';
import type { Fetch } from '#lib/device/relay.ts';
import { authorisedRelay } from '#lib/device/session.ts';
import type { Stores } from '#lib/outbox/overlay.ts';
import { openRowsDb } from '#lib/rows/rows-db.ts';
import { askForScope } from './ask-scope.ts';
import { keepOnly, leaveAll } from './leave.ts';
import { ledgerSync } from './ledger-sync.ts';
import { prepareRows } from './prepare-rows.ts';
import { pullProgress } from './pull-progress.ts';
import { report } from './report.ts';
import { sweeping } from './sweeping.ts';

export type Other = Pick<PersonHere, 'id' | 'person'>;

export interface OthersParts {
	/** Everybody here but the one who is active. */
	readonly list: () => Promise<readonly Other[]>;
	readonly fetch: Fetch;
	readonly locks: LockManager | undefined;
	readonly version: string;
	readonly now: () => number;
}

export interface Others {
	/** Answers whether somebody was asked for: the browser then has the session of the last of them. */
	whenDue(signal: AbortSignal): Promise<boolean>;
}

const EVERY_MS = 30 * 60_000;

export function others(parts: OthersParts): Others {
	let attendedAt = -Infinity;
	return {
		async whenDue(signal) {
			if (performance.now() - attendedAt <= EVERY_MS) return false;
			attendedAt = performance.now();
			let isAnyone = false;
			for (const other of await parts.list()) {
				if (signal.aborted) break;
				isAnyone = true;
				await unlessSyncing(parts.locks, other, () => attend(parts, other, signal)).catch(report);
			}
			return isAnyone;
		}
	};
}

/** Whose syncing is coming to its end in another worker is looked at by whoever comes next. */
async function unlessSyncing(
	locks: LockManager | undefined,
	{ id }: Other,
	run: () => Promise<void>
): Promise<void> {
	if (locks === undefined) return run();
	await locks.request(`${id}-sync`, { ifAvailable: true }, (lock) =>
		lock === null ? undefined : run()
	);
}

async function attend(parts: OthersParts, other: Other, signal: AbortSignal): Promise<void> {
	const device = openDeviceDb(other.id);
	const rows = openRowsDb(other.id);
	try {
		const held = await readHeldScope(device);
		if (held === null || (await readMe(device))?.revoked === true) return;
		await look({ ...parts, ...other, stores: { device, rows }, held }, signal);
	} finally {
		device.close();
		rows.close();
	}
}

interface Looking extends OthersParts, Other {
	readonly stores: Stores;
	readonly held: HeldScope;
}

async function look(looking: Looking, signal: AbortSignal): Promise<void> {
	const { stores, id: prefix, person, version, held } = looking;
	const { device, rows } = stores;
	const relay = authorisedRelay(looking.fetch, device);
	const local = ledgerSync({
		stores,
		prefix,
		epoch: held.epoch,
		relay,
		multiplexer: null,
		onFolded: () => undefined,
		onLeft: () => undefined,
		onTrouble: report
	});
	const ledgersOf = () => local;
	const sweep = sweeping(stores, looking.now);
	const leaving = { stores, sweep, ledgersOf };
	try {
		// Not before it is their session: what they wait with would be told as that of the one who is active.
		const refused = await relay.renew();
		if (refused !== null && refused.code !== 'revoked') return;
		await prepareRows({ stores, prefix, progress: pullProgress(rows), ledgersOf });
		if (refused !== null) return await leaveAll(leaving);
		const answer = await askForScope({
			stores,
			relay,
			person,
			version,
			onRenewed: () => undefined
		});
		// [R6] A restored store is given back what it lost by themselves.
		if (!answer.ok || answer.value.epoch !== held.epoch) return;
		const { epoch, hold, duties, moved, rebuild } = answer.value;
		await writeMe(device, answer.value);
		await keepOnly(leaving, { epoch, ledgers: Object.keys(hold) }, held);
		if (duties.length === 0) await sweep.ended();
		const marked = new Set(await rows.ledgers.toCollection().primaryKeys());
		for (const ledger of moved) {
			if (signal.aborted) return;
			if (!marked.has(ledger) || rebuild.includes(ledger)) continue;
			if ((await local.pull(ledger, { isLarge: true })) !== null) return;
		}
		if (rebuild.length === 0) await sweep.all();
	} finally {
		await local.close();
	}
}
