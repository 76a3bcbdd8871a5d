/** [F4, R9] The relay's clock: once a day has passed, its own device says what only time brings about. */
import { randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { v7 } from 'uuid';
import { dayOf } from '#domain/calendar.ts';
import type { Family, Passed, Row } from '#domain/family.ts';
import { families } from '#domain/kinds/index.ts';
import type { Deliver } from './deliver.ts';
import type { Keys } from './keys.ts';
import { createSetUpDevice } from './set-up-device.ts';
import type { Store } from './store.ts';

/** How often it looks whether the day has turned. */
const LOOK_MS = 60_000;
/** Rows looked at between two turns of the event loop, and commits handed in together. */
const STRIDE = 500;

export interface Clock {
	/** Looks through the rows whose families know a moment; answers how many entries took effect. */
	tick(): Promise<number>;
	/** Ticks now, and again on every day that begins. */
	start(): void;
	stop(): void;
}

export interface ClockParts {
	readonly store: Store;
	readonly keys: Pick<Keys, 'setUp'>;
	readonly deliver: Pick<Deliver, 'handInAt'>;
	readonly now: () => number;
	readonly onBroken: (cause: unknown) => void;
}

interface Due {
	readonly row: Row;
	readonly says: Passed;
}

export function createClock({ store, keys, deliver, now, onBroken }: ClockParts): Clock {
	let lookedOn = '';
	let timer: NodeJS.Timeout | undefined;

	async function tick(): Promise<number> {
		const realm = await store.meta('realm');
		if (realm === null) return 0;
		const at = now();
		const device = createSetUpDevice(keys.setUp.privateKey, realm, {
			id: (msecs) => v7({ msecs }),
			salt: () => randomBytes(16).toString('base64url')
		});
		let effective = 0;
		for await (const due of passedBy(at)) {
			const commits = due.map(({ row, says }) =>
				device.signs([{ ...says, record: row.record, org: row.org }], at)
			);
			const receipts = await deliver.handInAt(commits, at);
			effective += receipts.filter(({ verdict }) => verdict === 'accepted').length;
		}
		return effective;
	}

	async function* passedBy(at: number): AsyncGenerator<readonly Due[]> {
		for (const { name, passed } of Object.values<Family>(families)) {
			if (passed === undefined) continue;
			let after = '';
			for (;;) {
				const rows = await store.all<{ id: string; row: string }>(
					`SELECT id, row FROM record
					WHERE family = ? AND id > ? AND row <> 'null' ORDER BY id LIMIT ?`,
					...[name, after, STRIDE]
				);
				const last = rows.at(-1);
				if (last === undefined) break;
				after = last.id;
				yield rows.flatMap(({ row: json }) => {
					// Written by `place` alone.
					const row = JSON.parse(json) as Row;
					const says = passed(row, at);
					return says === null ? [] : [{ row, says }];
				});
				await turn();
			}
		}
	}

	function look(): void {
		const today = dayOf(now());
		if (today === lookedOn) return;
		lookedOn = today;
		tick().catch(onBroken);
	}

	return {
		tick,
		start() {
			look();
			timer = setInterval(look, LOOK_MS).unref();
		},
		stop: () => clearInterval(timer)
	};
}
