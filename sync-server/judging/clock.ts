/** [F4, R9] The relay's clock: once a day has passed, its own device says what only time brings about. */
import { randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { v7 } from 'uuid';
import { dayOf } from '#domain/calendar.ts';
import type { Family, Passed, Refs, Row } from '#domain/family.ts';
import { RecordId, type OrgId } from '#domain/ids.ts';
import { families } from '#domain/kinds/index.ts';
import { endDue, hasTerm } from '#domain/retention.ts';
import type { Keys } from '../keys.ts';
import { createSetUpDevice } from '../people/set-up-device.ts';
import type { Store } from '../store/store.ts';
import type { Deliver } from './deliver.ts';

/** How often it looks whether the day has turned. */
const LOOK_MS = 60_000;
/** When what could not be judged is said again (`later`). */
const AGAIN_MS = 15 * LOOK_MS;
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
	/** What else is due once a day, each by itself. */
	readonly onDay: readonly (() => Promise<void>)[];
	/** What of it failed is tried again when it looks next. */
	readonly onBroken: (cause: unknown) => void;
}

interface Due {
	readonly record: RecordId;
	readonly org: OrgId;
	readonly says: Passed;
}

/** Through all rows once; broken off, it goes on where it was. */
interface Walk {
	/** Answers how many entries took effect since it was last asked. */
	goOn(): Promise<number>;
}

interface PutOff {
	readonly due: readonly Due[];
	readonly at: number;
}

interface Ending {
	readonly refs: Refs;
	readonly at: number;
	readonly request: RecordId | undefined;
}

export function createClock({ store, keys, deliver, now, onDay, onBroken }: ClockParts): Clock {
	let timer: NodeJS.Timeout | undefined;
	/** What no judge could take, said again after a while, and since when it waits. */
	let putOff: PutOff = { due: [], at: 0 };

	function walk(at: number): Walk {
		let strides = passedBy(at);
		let due: readonly Due[] = [];
		async function next(): Promise<readonly Due[] | undefined> {
			try {
				const { value, done } = await strides.next();
				return done ? undefined : value;
			} catch (cause) {
				strides = passedBy(at);
				throw cause;
			}
		}
		return {
			async goOn() {
				let effective = 0;
				for (let found: readonly Due[] | undefined = due; found; found = await next()) {
					due = found;
					effective += await say(found, at);
					due = [];
				}
				return effective;
			}
		};
	}

	/** Answers how many took effect. */
	async function say(due: readonly Due[], at: number): Promise<number> {
		if (due.length === 0) return 0;
		const realm = await store.meta('realm');
		if (realm === null) return 0;
		const device = createSetUpDevice(keys.setUp.privateKey, realm, {
			id: (msecs) => v7({ msecs }),
			salt: () => randomBytes(16).toString('base64url')
		});
		const commits = due.map(({ record, org, says }) =>
			device.signs([{ ...says, record, org }], at)
		);
		const receipts = await deliver.handInAt(commits, at);
		const later = due.filter((_, i) => receipts[i]?.verdict === 'later');
		if (later.length > 0) putOff = { due: [...putOff.due, ...later].slice(0, STRIDE), at: now() };
		return receipts.filter(({ verdict }) => verdict === 'accepted').length;
	}

	async function sayAgain(): Promise<void> {
		const { due, at } = putOff;
		if (due.length === 0 || now() - at < AGAIN_MS) return;
		putOff = { due: [], at };
		await say(due, now()).catch((cause: unknown) => {
			putOff = { due: [...due, ...putOff.due], at: now() };
			throw cause;
		});
	}

	async function* passedBy(at: number): AsyncGenerator<readonly Due[]> {
		/** The orders of one community and day are one request. */
		const requests = new Map<OrgId, RecordId>();
		for (const family of Object.values<Family>(families)) {
			const { name } = family;
			if (family.passed === undefined && !hasTerm(name)) continue;
			let after = '';
			for (;;) {
				const rows = await store.all<{ id: string; row: string }>(
					`SELECT id, row FROM record
					WHERE family = ? AND id > ? AND row <> 'null' ORDER BY id LIMIT ?`,
					...[name, after, STRIDE]
				);
				const last = rows.at(-1);
				if (last === undefined) break;
				const refs = hasTerm(name) ? await leantOn(family, after, last.id) : new Map();
				after = last.id;
				// Written by `place` alone.
				const read = rows.map(({ row }) => JSON.parse(row) as Row);
				yield read.flatMap((row) => {
					const { org } = row;
					if (!requests.has(org)) requests.set(org, newRecord(at));
					const request = requests.get(org);
					return [...passing(family, row, at), ...ending(family, row, { refs, at, request })];
				});
				await turn();
			}
		}
	}

	/** What some of a family lean on, by their ids. */
	async function leantOn({ name, leansOn }: Family, after: string, last: string): Promise<Refs> {
		if (leansOn === undefined) return new Map();
		const found = await store.all<{ row: string }>(
			`SELECT DISTINCT o.row FROM record r JOIN leaning l ON l.record = r.id
			JOIN record o ON o.id = l.leans_on
			WHERE r.family = ? AND r.id > ? AND r.id <= ? AND o.row <> 'null'`,
			...[name, after, last]
		);
		// Written by `place` alone.
		const rows = found.map(({ row }) => JSON.parse(row) as Row);
		return new Map(rows.map((row) => [row.record, row]));
	}

	/** What is to be done once a day; what of it failed is gone on with when it looks next, and nothing else. */
	function daily(begin: () => () => Promise<unknown>): () => void {
		let begunOn = '';
		let left: (() => Promise<unknown>) | null = null;
		return () => {
			const today = dayOf(now());
			if (today !== begunOn) [begunOn, left] = [today, begin()];
			const work = left;
			left = null;
			work?.().catch((cause: unknown) => {
				if (begunOn === today) left = work;
				onBroken(cause);
			});
		};
	}

	function walkAnew(): () => Promise<number> {
		// What waits is found again.
		putOff = { due: [], at: 0 };
		return walk(now()).goOn;
	}

	const onEachDay = [daily(walkAnew), ...onDay.map((work) => daily(() => work))];

	function look(): void {
		for (const each of onEachDay) each();
		sayAgain().catch(onBroken);
	}

	return {
		tick: () => walk(now()).goOn(),
		start() {
			look();
			timer = setInterval(look, LOOK_MS).unref();
		},
		stop: () => clearInterval(timer)
	};
}

function passing({ passed }: Family, row: Row, at: number): readonly Due[] {
	const says = passed?.(row, at) ?? null;
	return says === null ? [] : [{ record: row.record, org: row.org, says }];
}

/** [A4] A record whose time is over is restricted, or an order of its own has it erased. */
function ending({ leansOn }: Family, row: Row, { refs, at, request }: Ending): readonly Due[] {
	const { record, org, family } = row;
	switch (endDue(row, refs, at)) {
		case null:
			return [];
		case 'restricted':
			return [{ record, org, says: { kind: `${family}.restricted.v1`, body: {} } }];
		case 'erased': {
			const isByItself = endDue(row, new Map(), at) === 'erased';
			const order = {
				of: record,
				at: org,
				entries: 'all',
				ground: 'expired',
				what: family,
				request,
				...(isByItself ? {} : { with: leansOn?.(row)[0] })
			};
			return [{ record: newRecord(at), org, says: { kind: 'erasure.ordered.v1', body: order } }];
		}
	}
}

function newRecord(at: number): RecordId {
	return RecordId.parse(v7({ msecs: at }));
}
