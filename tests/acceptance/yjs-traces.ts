/** Traces of real Yjs documents, as other people's software wrote them, and what each comes to. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as Y from 'yjs';
import { z } from 'zod';

/** Updates in the order written, and what a document that has them all holds. */
export interface Trace {
	readonly name: string;
	readonly updates: readonly Uint8Array[];
	readonly isReached: (doc: Y.Doc) => boolean;
}

/** Two people at one text: what each typed, as updates in the order of their typing. */
export interface Session {
	readonly typed: readonly { readonly agent: number; readonly update: Uint8Array }[];
	readonly end: string;
}

const RANDOM = 'yrs-random-multiclient.ndjson.gz';
const COMPAT = 'yjs-13.2-compat.json';
const SESSION = 'friendsforever.json.gz';
const WHOLE = ['yocto-basic.bin', 'yocto-database.bin', 'yocto-with-subdoc.bin'] as const;
const LARGE = 'b4-update.bin';

const base64 = z.string().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const RandomTrace = z.object({
	case: z.union([z.string(), z.number()]),
	updates: z.array(base64),
	expected_text: z.string(),
	expected_map: z.unknown(),
	expected_array: z.unknown()
});
const CompatTraces = z.array(
	z.object({
		name: z.string(),
		root: z.enum(['array', 'map']),
		update_v1_base64: base64,
		expected: z.unknown()
	})
);
const Typing = z.object({
	endContent: z.string(),
	numAgents: z.int(),
	txns: z.array(
		z.object({
			parents: z.array(z.int()),
			agent: z.int(),
			patches: z.array(z.tuple([z.int(), z.int(), z.string()]))
		})
	)
});
type Typing = z.infer<typeof Typing>;

export function hasTraces(folder: string): boolean {
	return [RANDOM, COMPAT, SESSION, LARGE, ...WHOLE].every((file) =>
		existsSync(join(folder, 'yjs-traces', file))
	);
}

export function readTraces(folder: string): readonly Trace[] {
	const lines = gunzipSync(readTrace(folder, RANDOM)).toString().trim().split('\n');
	const random = lines.map((line) => {
		const told = RandomTrace.parse(JSON.parse(line));
		return { name: `random ${told.case}`, updates: told.updates, isReached: comesTo(told) };
	});
	const compat = CompatTraces.parse(JSON.parse(readTrace(folder, COMPAT).toString()));
	const older = compat.map(({ name, root, update_v1_base64: update, expected }) => ({
		name,
		updates: [update],
		isReached: (doc: Y.Doc) => isSame(jsonOf(doc, root), expected)
	}));
	const whole = WHOLE.map((name) => {
		const update = new Uint8Array(readTrace(folder, name));
		const alone = new Y.Doc();
		Y.applyUpdate(alone, update);
		const state = Y.encodeStateVector(alone);
		const isReached = (doc: Y.Doc) => Buffer.from(Y.encodeStateVector(doc)).equals(state);
		return { name, updates: [update], isReached };
	});
	return [...random, ...older, ...whole];
}

/** One update that is larger than a frame may be. */
export function largeTrace(folder: string): Uint8Array {
	return new Uint8Array(readTrace(folder, LARGE));
}

/** Types the session anew, each in a document of their own that knows of the other what they knew then. */
export function readSession(folder: string): Session {
	const session = gunzipSync(readTrace(folder, SESSION)).toString();
	const { txns, numAgents, endContent } = Typing.parse(JSON.parse(session));
	const docs = Array.from({ length: numAgents }, (_, agent) => {
		const doc = new Y.Doc();
		doc.clientID = agent + 1;
		return { doc, known: new Set<number>() };
	});
	const typed: { agent: number; update: Uint8Array }[] = [];
	for (const [i, { parents, agent, patches }] of txns.entries()) {
		const own = docs[agent];
		if (own === undefined) throw new Error('yjs-traces: nobody typed this');
		for (const before of unknownBefore(parents, own.known, txns)) {
			Y.applyUpdate(own.doc, typed[before]?.update ?? new Uint8Array());
			own.known.add(before);
		}
		typed.push({ agent, update: type(own.doc, patches) });
		own.known.add(i);
	}
	for (const { doc } of docs) doc.destroy();
	return { typed, end: endContent };
}

function type(doc: Y.Doc, patches: Typing['txns'][number]['patches']): Uint8Array {
	const changes: Uint8Array[] = [];
	const hear = (change: Uint8Array) => changes.push(change);
	const text = doc.getText('text');
	doc.on('update', hear);
	doc.transact(() => {
		for (const [at, removed, inserted] of patches) {
			if (removed > 0) text.delete(at, removed);
			if (inserted !== '') text.insert(at, inserted);
		}
	});
	doc.off('update', hear);
	return Y.mergeUpdates(changes);
}

/** What came before and is not known yet, the earliest first. */
function unknownBefore(
	parents: readonly number[],
	known: ReadonlySet<number>,
	txns: Typing['txns']
): readonly number[] {
	const found = new Set<number>();
	const open = [...parents];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		if (known.has(next) || found.has(next)) continue;
		found.add(next);
		open.push(...(txns[next]?.parents ?? []));
	}
	return [...found].sort((a, b) => a - b);
}

function comesTo(told: z.infer<typeof RandomTrace>): (doc: Y.Doc) => boolean {
	return (doc) =>
		doc.getText('text').toString() === told.expected_text &&
		isSame(jsonOf(doc, 'map'), told.expected_map) &&
		isSame(jsonOf(doc, 'array'), told.expected_array);
}

function jsonOf(doc: Y.Doc, root: 'map' | 'array'): unknown {
	return root === 'map' ? doc.getMap('map').toJSON() : doc.getArray('array').toJSON();
}

function isSame(found: unknown, expected: unknown): boolean {
	return JSON.stringify(sorted(found)) === JSON.stringify(sorted(expected));
}

/** Keys of a map have no order. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.entries(value)
		.map(([key, inner]) => [key, sorted(inner)])
		.sort(([a], [b]) => String(a).localeCompare(String(b)));
}

function readTrace(folder: string, name: string): Buffer {
	return readFileSync(join(folder, 'yjs-traces', name));
}
