/** 运行情况: what the page believes of answers that come late, out of order, or not at all. */
import { beforeEach, expect, test } from 'vitest';
import { isBackupLate, isDiskFull, type Operations } from '#domain/operations.ts';
import type { Answer } from '#lib/device/relay.ts';
import { Telling } from '../../../src/routes/operations/telling.svelte.ts';

type Told = Answer<Operations>;
const lost: Told = { ok: false, code: 'unreachable', status: 0 };

/** Questions that were asked and wait for their answers, each kind in its order. */
let waiting: {
	readonly asked: ((told: Told) => void)[];
	readonly copies: ((told: Told) => void)[];
};
let telling: Telling;

beforeEach(() => {
	waiting = { asked: [], copies: [] };
	const wait = (among: ((told: Told) => void)[]) => () =>
		new Promise<Told>((resolve) => among.push(resolve));
	telling = new Telling({ operations: wait(waiting.asked), backUp: wait(waiting.copies) });
});

function tells(last: number | null, running = false): Told {
	const copy = last === null ? null : { at: last, bytes: 1, machine: null };
	const backup = { running, last: copy, download: false };
	return {
		ok: true,
		value: {
			backup,
			disk: { freeBytes: 1, freeShare: 0.5 },
			replaced: [],
			store: { bytes: 1, photoBytes: 1 },
			devices: { online: 1, lastDay: 1, all: 1 },
			fault: null,
			startedAt: 0,
			version: 'v'
		}
	};
}

async function answered(question: Promise<void>, among: 'asked' | 'copies', told: Told) {
	waiting[among].shift()?.(told);
	await question;
}

const asks = (told: Told) => answered(telling.ask(), 'asked', told);
const backsUp = (told: Told) => answered(telling.backUp(), 'copies', told);

test.each([
	['the first of all', null, 5, 'done'],
	['another one', 3, 5, 'done'],
	['none, where none was', null, null, 'failed'],
	['only the one from before', 3, 3, 'failed']
])('a copy is looked for when it ends: there is %s', async (_, before, after, became) => {
	await backsUp(tells(before));
	expect(telling.copy).toBe('running');
	await asks(tells(before, true));
	expect(telling.copy).toBe('running');
	await asks(tells(after));
	expect(telling.copy).toBe(became);
});

test('a question that finds no answer takes nothing away, nor makes a copy of an old one', async () => {
	await backsUp(tells(3));
	await asks(lost);
	expect(telling.isCutOff).toBe(true);
	expect(telling.told?.backup.last?.at).toBe(3);
	await asks(tells(3));
	expect(telling.copy).toBe('failed');
	expect(telling.isCutOff).toBe(false);
});

test('what was asked before the copy began says nothing about it', async () => {
	const early = telling.ask();
	const copying = telling.backUp();
	const beside = telling.ask();
	await answered(copying, 'copies', tells(3));
	await answered(early, 'asked', tells(3));
	await answered(beside, 'asked', tells(3));
	expect(telling.copy).toBe('running');
});

test('of two answers that cross, the later question counts', async () => {
	const first = telling.ask();
	const second = telling.ask();
	const [answerFirst, answerSecond] = waiting.asked;
	answerSecond?.(tells(7));
	await second;
	answerFirst?.(lost);
	await first;
	expect(telling.isCutOff).toBe(false);
	expect(telling.told?.backup.last?.at).toBe(7);
});

test('a second press while the first is on its way asks for no second copy', async () => {
	const first = telling.backUp();
	await telling.backUp();
	expect(waiting.copies).toHaveLength(1);
	await answered(first, 'copies', tells(3));
});

const DAY = 86_400_000;

test.each([
	[null, true],
	[2 * DAY, false],
	[2 * DAY + 1, true]
])('with a last copy %s ms old, amber is %s', (age, isLate) => {
	const now = 100 * DAY;
	const last = age === null ? null : { at: now - age, bytes: 1, machine: null };
	const backup = { running: false, last, download: false };
	expect(isBackupLate({ backup }, now)).toBe(isLate);
});

test('a disk is told when less than a tenth of it is free', () => {
	const full = (freeShare: number) => isDiskFull({ freeShare });
	expect([full(0.1), full(0.099)]).toEqual([false, true]);
});
