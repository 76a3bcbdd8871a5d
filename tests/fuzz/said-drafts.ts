/** What a client may say on the channel of a shared draft, the one document that clients write. */
import * as Y from 'yjs';
import type { Chance } from '#relay/demo/random.ts';
import { bendBytes, frameOf, type Part } from './bend.ts';

/** An update of a draft: honest typing, true Yjs of other shapes, promises that nothing follows, the other format. */
export function draftUpdate(chance: Chance): Uint8Array {
	const bytes = chance.pick([typed, typed, shaped, foreign, promised, holes, deletions, second])(
		chance
	);
	return chance.is(0.3) ? bendBytes(chance, bytes) : bytes;
}

const clients = [1, 2, 3, 77, 2 ** 31, 2 ** 32 - 1];

function saidBy(chance: Chance, write: (doc: Y.Doc) => void): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = chance.is(0.5) ? chance.int(100, 2 ** 31) : chance.pick(clients);
	write(doc);
	return doc;
}

function encoded(doc: Y.Doc, vector?: Uint8Array): Uint8Array {
	const bytes = Y.encodeStateAsUpdate(doc, vector);
	doc.destroy();
	return bytes;
}

/** Letters here and there; sometimes only the later of them, which build on what is not told. */
function typed(chance: Chance): Uint8Array {
	let vector: Uint8Array | undefined;
	const doc = saidBy(chance, (told) => {
		const text = told.getText('text');
		for (let i = chance.int(1, 8); i > 0; i--) {
			text.insert(chance.int(0, text.length), chance.pick(['灯', '已修好。', '😀', '\ud83d', '']));
			if (chance.is(0.2) && text.length > 1) text.delete(chance.int(0, text.length - 2), 1);
			if (chance.is(0.1)) vector = Y.encodeStateVector(told);
		}
	});
	return encoded(doc, vector);
}

function shaped(chance: Chance): Uint8Array {
	return encoded(
		saidBy(chance, (doc) => {
			const text = doc.getText('text');
			text.insert(0, '长'.repeat(chance.pick([1, 300, 20_000])));
			text.format(0, 1, { [chance.pick(['bold', '__proto__', ''])]: true });
			text.insertEmbed(0, { picture: chance.salt() });
			doc.getMap(chance.pick(['elements', '__proto__'])).set('of', new Y.Doc());
			const types = Array.from({ length: chance.pick([0, 5, 500]) }, () => new Y.Map());
			doc.getArray('many').insert(0, types);
		})
	);
}

/** Another kind of thing where the text should be. */
function foreign(chance: Chance): Uint8Array {
	return encoded(
		saidBy(chance, (doc) => {
			if (chance.is(0.5)) doc.getMap('text').set(chance.salt(), { said: chance.salt() });
			else doc.getArray('text').insert(0, [1, null, {}, new Y.Array(), new Uint8Array(9)]);
		})
	);
}

const numbers = [0, 1, 2, 7, 300, 2 ** 20, 2 ** 25, 2 ** 31, 2 ** 32, 2 ** 53 - 1];

/** Clients, structs and clocks as it likes, and then nothing, or bytes that are none of it. */
function promised(chance: Chance): Uint8Array {
	const parts = Array.from({ length: chance.int(1, 6) }, (): Part => {
		return { is: 'number', of: chance.pick(numbers) };
	});
	const tail = Uint8Array.from({ length: chance.int(0, 40) }, () => chance.int(0, 255));
	return frameOf([...parts, { is: 'tail', of: tail }]);
}

/** GC and Skip structs in another's name, which would mute it. */
function holes(chance: Chance): Uint8Array {
	const count = chance.pick([1, 1, 3]);
	const parts: Part[] = [1, count, chance.pick(clients), chance.pick(numbers)].map((of) => ({
		is: 'number',
		of
	}));
	for (let i = 0; i < count; i++)
		parts.push(
			{ is: 'tail', of: Uint8Array.of(chance.pick([0, 10])) },
			{ is: 'number', of: chance.pick(numbers) }
		);
	return frameOf([...parts, { is: 'number', of: 0 }]);
}

function deletions(chance: Chance): Uint8Array {
	const ranges = chance.pick([1, 20, 2_000]);
	const parts: Part[] = [0, 1, chance.pick(clients), ranges].map((of) => ({ is: 'number', of }));
	for (let i = ranges - 1; i >= 0; i--)
		parts.push({ is: 'number', of: i * 2 }, { is: 'number', of: chance.pick([1, 1, 1, 2 ** 32]) });
	return frameOf(parts);
}

/** The second format, small on the wire and large once it is read. */
function second(chance: Chance): Uint8Array {
	const doc = saidBy(chance, (told) =>
		told.getText('text').insert(0, 'V2'.repeat(chance.pick([1, 500, 50_000])))
	);
	const bytes = Y.encodeStateAsUpdateV2(doc);
	doc.destroy();
	return bytes;
}
