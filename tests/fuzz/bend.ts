/** Bends what was right: JSON in its tree, frames in their parts, bytes anywhere. The same chance bends alike. */
import * as encoding from 'lib0/encoding';
import type { Chance } from '#relay/demo/random.ts';

export type Json =
	string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** JSON as it is written, so that a key may stand twice and a number be larger than any. */
type Node =
	| { readonly is: 'raw'; readonly text: string }
	| { readonly is: 'list'; readonly items: Node[] }
	| { readonly is: 'object'; readonly members: [string, Node][] };

/** Writes a value as JSON, wrong in one to three places; `ids` are true ones of something else. */
export function bendJson(chance: Chance, value: Json, ids: readonly string[]): string {
	const root: Node = { is: 'list', items: [nodeOf(value)] };
	for (let i = chance.pick([1, 1, 1, 2, 3]); i > 0; i--) bendTree(chance, root, ids);
	return root.items.map(written).join(',');
}

function nodeOf(value: Json): Node {
	if (typeof value !== 'object' || value === null) return raw(value);
	if (isList(value)) return { is: 'list', items: value.map(nodeOf) };
	const members = Object.entries(value).map(([key, each]): [string, Node] => [key, nodeOf(each)]);
	return { is: 'object', members };
}

function isList(value: Json): value is readonly Json[] {
	return Array.isArray(value);
}

function raw(value: string | number | boolean | null): Node {
	return { is: 'raw', text: JSON.stringify(value) };
}

function written(node: Node): string {
	if (node.is === 'raw') return node.text;
	if (node.is === 'list') return `[${node.items.map(written).join(',')}]`;
	return `{${node.members.map(([key, each]) => `${JSON.stringify(key)}:${written(each)}`).join(',')}}`;
}

/** Where a node stands, so that it can be taken out or put in. */
interface Spot {
	readonly node: Node;
	put(...nodes: Node[]): void;
}

/** Characters that a repetition may make of a message. */
const MOST = 200_000;

function bendTree(chance: Chance, root: Node, ids: readonly string[]): void {
	const spots = spotsIn(root);
	if (spots.length === 0) return;
	const { node, put } = chance.pick(spots);
	switch (chance.int(0, 9)) {
		case 0:
			return put();
		case 1:
			return put(node, chance.is(0.5) ? node : wild(chance, ids));
		case 2:
			return put({ is: 'raw', text: written(chance.pick(spots).node) });
		case 3: {
			const times = Math.min(chance.pick([3, 30, 300]), MOST / written(node).length);
			return put(...Array.from({ length: times }, () => node));
		}
		case 4:
			return put({ is: 'raw', text: deep(chance, written(node)) });
		case 5:
			return bendKeys(chance, node);
		case 6:
		case 7:
			return put(node.is === 'raw' ? bendLeaf(chance, node.text) : wild(chance, ids));
		default:
			return put(wild(chance, ids));
	}
}

function spotsIn(parent: Node): Spot[] {
	if (parent.is === 'raw') return [];
	if (parent.is === 'list')
		return parent.items.flatMap((node, at) => [
			{ node, put: (...nodes: Node[]) => void parent.items.splice(at, 1, ...nodes) },
			...spotsIn(node)
		]);
	return parent.members.flatMap(([key, node], at) => [
		{
			node,
			// More than one: the key stands more than once.
			put: (...nodes: Node[]) =>
				void parent.members.splice(at, 1, ...nodes.map((each): [string, Node] => [key, each]))
		},
		...spotsIn(node)
	]);
}

const wildKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'then', '', '\u0000', '😀'];

function bendKeys(chance: Chance, node: Node): void {
	if (node.is !== 'object' || node.members.length === 0) return;
	const { members } = node;
	const at = chance.int(0, members.length - 1);
	const [key, value] = members[at] ?? ['', raw(null)];
	const other = chance.pick([...wildKeys, key.toUpperCase(), `${key} `, chance.pick(members)[0]]);
	switch (chance.int(0, 2)) {
		case 0:
			members.splice(0, members.length, ...chance.shuffled(members));
			return;
		case 1:
			members[at] = [other, value];
			return;
		default:
			members.push([other, value]);
	}
}

const wildTexts = [
	'null',
	'true',
	'0',
	'-0',
	'-1',
	'0.5',
	'1e400',
	'-1e400',
	'1e-400',
	'9007199254740993',
	'8640000000000001',
	'123456789012345678901234567890',
	'""',
	'"\\ud800"',
	'"\\udfff\\ud800"',
	'"\\u0000"',
	'"\\u202e\\u2066"',
	'"é"',
	'"0x10"',
	'" "',
	'[]',
	'{}',
	'[[]]',
	'{"__proto__":{"isAdmin":true}}',
	'{"constructor":{"prototype":{}}}',
	'{"toJSON":1}',
	'NaN',
	'undefined'
];

function wild(chance: Chance, ids: readonly string[]): Node {
	if (chance.is(0.3)) return raw(chance.pick(ids));
	if (chance.is(0.05)) return raw('长'.repeat(chance.pick([41, 500, 12_000, 40_000])));
	return { is: 'raw', text: chance.pick(wildTexts) };
}

function deep(chance: Chance, text: string): string {
	const depth = chance.pick([3, 9, 100, 20_000]);
	return chance.is(0.5)
		? '['.repeat(depth) + text + ']'.repeat(depth)
		: '{"a":'.repeat(depth) + text + '}'.repeat(depth);
}

function bendLeaf(chance: Chance, text: string): Node {
	const value: unknown = readLeaf(text);
	if (typeof value === 'number')
		return { is: 'raw', text: String(chance.pick([value + 1, value - 1, -value, value * 1e6])) };
	if (typeof value !== 'string') return { is: 'raw', text: chance.pick(wildTexts) };
	return raw(bendText(chance, value));
}

/** A leaf that was bent before may be no JSON any more. */
function readLeaf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// It is bent as a text is.
		return text;
	}
}

export function bendText(chance: Chance, text: string): string {
	const at = chance.int(0, text.length);
	const put = chance.pick(['', ' ', '"', '\\', '\ud83d', '\u0000', 'ａ', '%', '/', '..', 'A', '7']);
	switch (chance.int(0, 3)) {
		case 0:
			return text.slice(0, at);
		case 1:
			return text + text.slice(at);
		case 2:
			return text.slice(0, at) + put + text.slice(at);
		default:
			return text.slice(0, at) + put + text.slice(at + 1);
	}
}

/** Flips bits, cuts, repeats, puts in. */
export function bendBytes(chance: Chance, bytes: Uint8Array): Uint8Array {
	const at = chance.int(0, Math.max(0, bytes.length - 1));
	switch (chance.int(0, 4)) {
		case 0:
		case 1: {
			const bent = bytes.slice();
			for (let i = chance.int(1, 4); i > 0; i--)
				bent[chance.int(0, Math.max(0, bytes.length - 1))] = chance.int(0, 255);
			return bent;
		}
		case 2:
			return bytes.slice(0, at);
		case 3:
			return joined(bytes, bytes.slice(at));
		default:
			return joined(bytes.slice(0, at), inflated(chance), bytes.slice(at));
	}
}

/** What a frame is made of; its bytes come after their own length. */
export type Part =
	| { readonly is: 'number'; readonly of: number }
	| { readonly is: 'text'; readonly of: string }
	| { readonly is: 'bytes'; readonly of: Uint8Array }
	| { readonly is: 'tail'; readonly of: Uint8Array };

/** Writes a frame, with parts missing, doubled, strange or of another length than they say; rarely all right. */
export function bendFrame(chance: Chance, parts: readonly Part[]): Uint8Array {
	const bent = parts.flatMap((part) => {
		if (chance.is(0.85)) return [frameOf([part])];
		switch (chance.int(0, 4)) {
			case 0:
				return [];
			case 1:
				return [frameOf([part]), frameOf([part])];
			case 2:
				return [inflated(chance)];
			case 3:
				return [lying(chance, part)];
			default:
				return [bendBytes(chance, frameOf([part]))];
		}
	});
	const frame = joined(...bent);
	return chance.is(0.15) ? bendBytes(chance, frame) : frame;
}

export function frameOf(parts: readonly Part[]): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const part of parts)
		if (part.is === 'number') encoding.writeVarUint(encoder, part.of);
		else if (part.is === 'text') encoding.writeVarString(encoder, part.of);
		else if (part.is === 'bytes') encoding.writeVarUint8Array(encoder, part.of);
		else encoding.writeUint8Array(encoder, part.of);
	return encoding.toUint8Array(encoder);
}

/** A length that promises what does not follow, or a number that is none of ours. */
function lying(chance: Chance, part: Part): Uint8Array {
	const numbers = [0, 1, 2, 3, 4, 5, 127, 128, 255, 65_536, 2 ** 31, 2 ** 32, 2 ** 53 - 1];
	const said = frameOf([{ is: 'number', of: chance.pick(numbers) }]);
	if (part.is === 'number' || part.is === 'tail') return said;
	const of = part.is === 'text' ? new TextEncoder().encode(part.of) : part.of;
	return joined(said, of);
}

/** A varint that goes on and on. */
function inflated(chance: Chance): Uint8Array {
	return new Uint8Array(chance.pick([1, 5, 9, 12])).fill(chance.pick([0x80, 0xff]));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
	return Uint8Array.from(Buffer.concat(parts));
}
