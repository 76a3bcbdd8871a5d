/**
 * Every message the relay takes, bent by a seed: whatever comes, it stays up, answers each refusal with a
 * stable code, keeps its rows and its log, and goes on serving whoever is honest.
 */
import { expect, onTestFinished, test } from 'vitest';
import { Reason } from '#domain/element.ts';
import { OfferAnswer } from '#domain/offer.ts';
import { Receipt, Problem } from '#domain/wire.ts';
import { createChance } from '#relay/demo/random.ts';
import type { Answer } from '../support/ask-raw.ts';
import { routesOfRelay } from '../support/routes-of-relay.ts';
import { bendBytes } from './bend.ts';
import { startFuzzedRelay, type FuzzedRelay } from './fuzzed-relay.ts';
import { knockAt, type Around } from './knocks.ts';
import { frameOnRoom, frameOnShared } from './said-frames.ts';

/** Messages in one run, from a seed on; a night may take a million. */
const MESSAGES = Number(process.env.LXQ_MESSAGES ?? 10_000);
const FROM = Number(process.env.LXQ_SEED ?? 0);
/** After so many, everything that must hold is looked at. */
const BATCH = 500;
/** After so many, a fresh relay: insiders take each other's duties away. */
const ROUND = 20_000;
/** Requests under way at once. */
const AT_ONCE = 16;

const routes = routesOfRelay();

test(
	`[R4, E6, J2] ${MESSAGES} bent messages from seed ${FROM} stop nothing and change nothing`,
	async () => {
		expect(routes).toContain('POST /api/entries');
		for (let from = FROM; from < FROM + MESSAGES; from += ROUND) {
			const relay = await startFuzzedRelay();
			onTestFinished(() => relay.kill());
			const end = Math.min(from + ROUND, FROM + MESSAGES);
			for (let seed = from; seed < end; seed += BATCH)
				await batch(relay, seed, Math.min(seed + BATCH, end));
			await relay.end();
		}
	},
	60_000 + MESSAGES * 20
);

async function batch(relay: FuzzedRelay, from: number, to: number): Promise<void> {
	const around = await relay.look();
	const seeds = Array.from({ length: to - from }, (_, i) => from + i);
	const failed: string[] = [];
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift())
				await one(relay, seed, around).catch((cause: unknown) =>
					failed.push(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`)
				);
		})
	);
	await relay.heard();
	await relay.holds().catch((cause: unknown) => {
		throw new Error(`messages ${from} to ${to}`, { cause });
	});
	expect(failed).toEqual([]);
}

async function one(relay: FuzzedRelay, seed: number, around: Around): Promise<void> {
	const chance = createChance(`message/${seed}`);
	const kind = chance.next();
	if (kind < 0.5) {
		const ws = await relay.socket(chance.pick(around.insiders), null);
		ws.send(frameOnShared(chance, around), { binary: chance.is(0.97) });
		return;
	}
	if (kind < 0.6) {
		const draft = `shared/${chance.pick(around.shared)}`;
		const room = `${chance.is(0.3) ? draft : chance.pick(around.ledgers)}@${around.epoch}`;
		const ws = await relay.socket(chance.pick(around.insiders), room);
		ws.send(frameOnRoom(chance, room), { binary: chance.is(0.97) });
		return;
	}
	const isFavourite = chance.is(0.45);
	const favourite = chance.is(0.85) ? 'POST /api/entries' : 'POST /api/offer';
	const route = isFavourite ? favourite : chance.pick(routes);
	const knock = knockAt(route, chance, around);
	if (chance.is(0.03)) {
		const head = `${knock.method} ${knock.path} HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{"now":1}`;
		return relay.shout(bendBytes(chance, new TextEncoder().encode(head)));
	}
	const address = `10.${chance.int(0, 255)}.${chance.int(0, 255)}.${chance.int(0, 255)}`;
	const answer = await relay.knock(knock, address);
	checkAnswer(knock.path, answer);
	if (knock.path === '/api/entries' && answer.status === 200) {
		const { receipts } = JSON.parse(answer.body);
		for (const each of receipts) relay.entered(checkReceipt(each));
	}
	if (knock.path === '/api/offer' && answer.status === 200) {
		const { answers } = OfferAnswer.parse(JSON.parse(answer.body));
		// [R6] the store lost nothing: what it does not know already it did not write
		for (const { is } of answers) expect(['known', 'later', 'untagged', 'refused']).toContain(is);
	}
}

/** What is refused says so in the same words every time; nothing breaks the relay. */
function checkAnswer(path: string, { status, type, body }: Answer): void {
	if (status < 400) return;
	// What is no address is turned away before any door.
	if (status === 400 && body === '' && !/^\/[\w/?&=%.@-]*$/.test(path)) return;
	expect({ status, type }).toEqual({ status, type: 'application/problem+json' });
	const problem = Problem.parse(JSON.parse(body));
	expect(problem.status).toBe(status);
	expect(problem.code).toMatch(/^[a-z]+(-[a-z]+)*$/);
	expect(problem.code).not.toBe('relay-error');
}

function checkReceipt(json: unknown): Receipt {
	const receipt = Receipt.parse(json);
	if (receipt.verdict !== 'accepted') Reason.parse(receipt.reason);
	return receipt;
}
