/** [R2] Who is present at other relays on the same store: called out in rounds, kept nowhere, healed by repeats. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { PersonId } from '#domain/ids.ts';

/** One call a round, and no next one before the last is out. */
const ROUND_MS = 200;
/** [R4] States of one person that a round takes, and that wait for the next ones; what is beyond is said again anyway. */
const OF_ONE_PER_ROUND = 4;
const OF_ONE_WAITING = 64;
/** PostgreSQL carries less than 8,000 bytes. */
const CALL_BYTES = 7_900;
const SWEEP_MS = 1_000;
/** A relay that stops waits no longer for a database that does not answer. */
const FAREWELL_MS = 1_000;

/** What somebody says of being there, with the person the relay knows. */
const State = z.looseObject({ user: z.strictObject({ person: PersonId }) });
export type State = z.infer<typeof State>;

/** A client's state at a ledger; null where it has left. */
const Said = z.strictObject({
	ledger: z.string().max(256),
	client: z.int().nonnegative(),
	clock: z.int().nonnegative(),
	state: State.nullable()
});
export type Said = z.infer<typeof Said>;

const Call = z.strictObject({ relay: z.string(), said: z.array(Said).max(256) });

export interface Ear {
	/** `relay` is the same for as long as that relay runs. */
	hear(relay: string, said: readonly Said[]): void;
	/** From time to time: whoever was not heard of for long is gone. */
	sweep(): void;
}

export interface Elsewhere {
	/** Has other relays hear of it soon; the newest of a client at a ledger alone. */
	tell(person: PersonId, said: Said): void;
	listen(ear: Ear): void;
	/** A call came, of whichever relay. */
	heard(text: string): void;
	/** Says what waits, as far as one call takes it. */
	close(): Promise<void>;
}

export function createElsewhere(call: (text: string) => Promise<void>): Elsewhere {
	const relay = randomUUID();
	const frame = Buffer.byteLength(JSON.stringify({ relay, said: [] }));
	const ears = new Set<Ear>();
	/** By person, so that nobody waits for all that another says; in the order of their turns. */
	const waiting = new Map<PersonId, Map<string, Said>>();
	let round: NodeJS.Timeout | null = null;
	let calling = Promise.resolve();
	const sweeper = setInterval(() => {
		for (const ear of ears) ear.sweep();
	}, SWEEP_MS).unref();

	function tell(person: PersonId, said: Said): void {
		const own = waiting.get(person) ?? new Map<string, Said>();
		const of = `${said.client} ${said.ledger}`;
		const isTooMuch = !own.has(of) && own.size >= OF_ONE_WAITING;
		if (isTooMuch || frame + bytesOf(said) > CALL_BYTES) return;
		own.set(of, said);
		waiting.set(person, own);
		round ??= setTimeout(() => void callOut(), ROUND_MS);
	}

	async function callOut(): Promise<void> {
		calling = call(JSON.stringify({ relay, said: take() }));
		// What is lost here is said again by whoever is present.
		await calling.catch(() => undefined);
		round = waiting.size > 0 && round !== null ? setTimeout(() => void callOut(), ROUND_MS) : null;
	}

	/** One of each person in turn, as much as a call holds; whoever was taken comes last in the next round. */
	function take(): readonly Said[] {
		const taken: Said[] = [];
		let bytes = frame;
		for (let turn = 0; turn < OF_ONE_PER_ROUND; turn++)
			for (const [person, own] of [...waiting]) {
				for (const [of, said] of [...own].slice(0, 1)) {
					bytes += bytesOf(said);
					if (bytes > CALL_BYTES) return taken;
					taken.push(said);
					own.delete(of);
				}
				waiting.delete(person);
				if (own.size > 0) waiting.set(person, own);
			}
		return taken;
	}

	return {
		tell,
		listen: (ear) => void ears.add(ear),
		heard(text) {
			const heard = readCall(text);
			if (heard === null || heard.relay === relay) return;
			for (const ear of ears) ear.hear(heard.relay, heard.said);
		},
		async close() {
			clearInterval(sweeper);
			if (round !== null) clearTimeout(round);
			round = null;
			const last = calling
				.catch(() => undefined)
				.then(() => (waiting.size > 0 ? callOut() : undefined));
			await Promise.race([last, wait(FAREWELL_MS, undefined, { ref: false })]);
		}
	};
}

/** In a list, with the comma before it. */
function bytesOf(said: Said): number {
	return Buffer.byteLength(JSON.stringify(said)) + 1;
}

function readCall(text: string): z.infer<typeof Call> | null {
	try {
		return Call.safeParse(JSON.parse(text)).data ?? null;
	} catch {
		// Whoever may speak to the database may call anything.
		return null;
	}
}
