/** The ledger's Yjs document is a pure function of its rows, whatever the batches it was sent in. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	clockOf,
	emptyUpdate,
	encodeUpdate,
	readStateVector,
	ROOT,
	seqOfClock,
	UPDATE_BYTES,
	WRITER
} from '#relay/ledgers/ledger-document.ts';
import type { StoredElement } from '#relay/store/store.ts';

const words = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => text.isWellFormed());
// [E6] no head holds that key: it is refused at the door, and Yjs would read it as a prototype
const json = fc
	.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' })
	.filter((value) => !JSON.stringify(value).includes('"__proto__":'));
const head = fc.record({ n: fc.nat(), id: words, at: fc.maxSafeInteger(), given: json });
const entryElement = fc.record({ head, text: words, sig: words });

function ledgerOf(parts: readonly { head: object; text: string | null; sig: string | null }[]) {
	return parts.map(({ head, text, sig }, i): StoredElement => ({
		seq: i + 1,
		// As a stored head is: JSON that went through JSON once.
		head: JSON.stringify({ seq: i + 1, ...JSON.parse(JSON.stringify(head)) }),
		text,
		sig
	}));
}

const entries = fc.array(entryElement, { maxLength: 40 }).map(ledgerOf);
const facts = fc
	.array(head, { maxLength: 40 })
	.map((heads) =>
		ledgerOf(heads.map((one) => ({ head: { ...one, kind: 'fact' }, text: null, sig: null })))
	);
const ledgers = fc.oneof(
	entries.map((elements) => ({ name: 'desk/a/standing', elements })),
	facts.map((elements) => ({ name: 'facts/a/standing', elements }))
);

/** What the rows say before and after a record left: at each step an element is told, or some texts go. */
const withLeavings = fc
	.array(fc.oneof(entryElement, fc.array(fc.nat({ max: 40 }), { maxLength: 8 })), { maxLength: 30 })
	.map((steps) => {
		/** The rows as they stood when each of their elements was the newest. */
		const states: (readonly StoredElement[])[] = [];
		let rows: readonly StoredElement[] = [];
		for (const step of steps) {
			const seq = rows.length + 1;
			if (!Array.isArray(step)) {
				const told = JSON.parse(JSON.stringify(step.head));
				rows = [...rows, { ...step, seq, head: JSON.stringify({ seq, ...told }) }];
			} else {
				const texts = rows
					.filter((row) => row.text !== null && step.includes(row.seq))
					.map((row) => row.seq);
				const left = { seq, kind: 'left', texts };
				rows = [
					...rows.map((row) => (texts.includes(row.seq) ? { ...row, text: null, sig: null } : row)),
					{ seq, head: JSON.stringify(left), text: null, sig: null }
				];
			}
			states.push(rows);
		}
		return states;
	});

/** The rows as a reader of the document sees them. */
function expected(elements: readonly StoredElement[]): unknown[] {
	return elements.flatMap(({ seq, head, text, sig }) => [
		JSON.parse(head),
		...(text === null ? [] : [[seq, text, sig]])
	]);
}

test('[L1] any batching of the same rows makes the same bytes', () => {
	fc.assert(
		fc.property(
			ledgers,
			fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 40, maxLength: 40 }),
			({ elements }, sizes) => {
				const whole = new Y.Doc();
				Y.applyUpdate(whole, encodeUpdate(elements, 0, Infinity).update);
				const batched = new Y.Doc();
				let clock = 0;
				let rest: readonly StoredElement[] = elements;
				for (const size of sizes) {
					const part = encodeUpdate(rest.slice(0, size), clock, Infinity);
					Y.applyUpdate(batched, part.update);
					rest = rest.slice(size);
					clock = part.clock;
				}
				expect(whole.getArray(ROOT).toJSON()).toEqual(expected(elements));
				expect(Y.encodeStateAsUpdate(batched)).toEqual(Y.encodeStateAsUpdate(whole));
				if (elements.length > 0)
					expect(Y.encodeStateAsUpdate(whole)).toEqual(encodeUpdate(elements, 0, Infinity).update);
			}
		)
	);
});

test('[A5] who held the texts and who comes after they went have the same bytes, wherever each was cut', () => {
	fc.assert(
		fc.property(
			withLeavings,
			fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 30, maxLength: 30 }),
			(states, sizes) => {
				const last = states.at(-1) ?? [];
				const fresh = encodeUpdate(last, 0, Infinity).update;
				const comesAfter = new Y.Doc();
				Y.applyUpdate(comesAfter, fresh);
				expect(Y.encodeStateAsUpdate(comesAfter)).toEqual(fresh);
				expect(comesAfter.getArray(ROOT).toJSON()).toEqual(expected(last));

				const follows = new Y.Doc();
				let held = 0;
				for (const size of sizes) {
					// It catches up with what the rows say at some later moment.
					const rows = states[Math.min(held + size, states.length) - 1] ?? [];
					Y.applyUpdate(follows, encodeUpdate(rows.slice(held), held * 2, Infinity).update);
					held = rows.length;
				}
				expect(Y.encodeStateAsUpdate(follows)).toEqual(fresh);
			}
		)
	);
});

test('[A5] an update never carries a text that has left', () => {
	const gone = '离开的名字';
	const rows: StoredElement[] = [
		{ seq: 1, head: '{"seq":1,"kind":"a.b.v1"}', text: null, sig: null },
		{ seq: 2, head: '{"seq":2,"kind":"left","texts":[1]}', text: null, sig: null }
	];
	const held = { ...rows[0], seq: 1, head: '{"seq":1,"kind":"a.b.v1"}', text: gone, sig: 's' };
	const reader = new Y.Doc();
	Y.applyUpdate(reader, encodeUpdate([held], 0).update);
	expect(Buffer.from(Y.encodeStateAsUpdate(reader)).includes(gone)).toBe(true);
	Y.applyUpdate(reader, encodeUpdate(rows.slice(1), 2).update);
	expect(Buffer.from(Y.encodeStateAsUpdate(reader)).includes(gone)).toBe(false);
});

test('[L1] the bytes are those Yjs itself writes as client 1', () => {
	fc.assert(
		fc.property(entries, (elements) => {
			const doc = new Y.Doc();
			doc.clientID = WRITER;
			const array = doc.getArray(ROOT);
			for (const item of expected(elements)) array.insert(array.length, [item]);
			const ours = encodeUpdate(elements, 0, Infinity).update;
			expect(ours).toEqual(Y.encodeStateAsUpdate(doc));
		})
	);
});

test('[R7] a reader cut anywhere, even between a head and its text, resumes to the same document', () => {
	fc.assert(
		fc.property(ledgers, fc.nat(), ({ name, elements }, cut) => {
			const items = clockOf(name, elements.length);
			const held = items === 0 ? 0 : cut % (items + 1);
			const source = new Y.Doc();
			Y.applyUpdate(source, encodeUpdate(elements, 0, Infinity).update);
			const reader = new Y.Doc();
			// The reader holds the first `held` items, as Yjs would have sent them.
			const begin = new Y.Doc();
			begin.clientID = WRITER;
			begin.getArray(ROOT).insert(0, expected(elements).slice(0, held));
			Y.applyUpdate(reader, Y.encodeStateAsUpdate(begin));
			const clock = readStateVector(Y.encodeStateVector(reader)) ?? -1;
			expect(clock).toBe(held);
			const missing = elements.slice(seqOfClock(name, clock));
			Y.applyUpdate(reader, encodeUpdate(missing, clock, Infinity).update);
			expect(Y.encodeStateAsUpdate(reader)).toEqual(Y.encodeStateAsUpdate(source));
		})
	);
});

test('[R7] an update is cut at the bound, and what is left follows', () => {
	const text = '字'.repeat(3_000);
	const elements = ledgerOf(
		Array.from({ length: 100 }, (_, n) => ({ head: { n }, text, sig: 's' }))
	);
	const reader = new Y.Doc();
	let clock = 0;
	let frames = 0;
	let rest: readonly StoredElement[] = elements;
	while (rest.length > 0) {
		const part = encodeUpdate(rest, clock);
		expect(part.update.length).toBeLessThanOrEqual(UPDATE_BYTES);
		Y.applyUpdate(reader, part.update);
		({ clock } = part);
		rest = rest.slice(part.taken);
		frames += 1;
	}
	expect(frames).toBe(4);
	expect(reader.getArray(ROOT).toJSON()).toEqual(expected(elements));
});

test('[R3] a state vector that is none is answered with nothing', () => {
	expect(readStateVector(Uint8Array.of(3, 1))).toBeNull();
	expect(readStateVector(Uint8Array.of(0))).toBe(0);
	expect(readStateVector(Uint8Array.of(1, 9, 4))).toBe(0);
	const doc = new Y.Doc();
	Y.applyUpdate(doc, emptyUpdate());
	expect(Y.encodeStateVector(doc)).toEqual(Uint8Array.of(0));
});
