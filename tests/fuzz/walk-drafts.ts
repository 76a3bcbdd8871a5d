/**
 * Shared drafts along a walk: the desk opens some, two devices write in them, often without knowing of each other,
 * and some are ended. At rest both read the same, and whoever may not read the desk holds nothing of it.
 */
import { expect } from 'vitest';
import * as Y from 'yjs';
import type { Chance } from '#relay/demo/random.ts';
import type { TestDevice } from '../support/device.ts';
import { writeDraft } from '../support/draft-writer.ts';
import { textsAmong } from '../support/raw-databases.ts';
import { accepted, COMMUNITY, demand } from '../support/tell.ts';
import { onceMore } from './follower.ts';
import type { Walk } from './walk.ts';

export interface WalkDrafts {
	/** Something happens to a draft, or nothing. */
	step(): Promise<void>;
	/** Throws what does not hold at rest. */
	hold(): Promise<void>;
}

/** Who may write at the desk, and who reads nothing of it. */
const writers = ['secretary', 'worker'] as const;
const others = ['member', 'stranger', 'officer', 'district'] as const;
type Writer = (typeof writers)[number];

export function walkDrafts({ district, handsets }: Walk, chance: Chance): WalkDrafts {
	/** What each writer's device holds of each draft, between two times at work. */
	const held = new Map<string, Record<Writer, Y.Doc>>();
	const { devices } = district;
	const words: string[] = [];

	async function says(...drafts: Parameters<TestDevice['commit']>): Promise<void> {
		const commit = devices.secretary.commit(...drafts);
		await onceMore(() => devices.secretary.handIn(district.relay.url, [commit]));
	}

	async function open(): Promise<void> {
		const of = `asked-${held.size + 1}`;
		const record = `reply-${of}`;
		await says(demand(of), accepted(of), { kind: 'draft.opened.v1', record, body: { of } });
		held.set(record, { secretary: new Y.Doc(), worker: new Y.Doc() });
	}

	/** Said, and with that nobody writes on; or erased. */
	function end(record: string): Promise<void> {
		const of = record.replace('reply-', '');
		const reply = { outcome: 'solved', reply: '好了' };
		if (chance.is(0.6)) return says({ kind: 'demand.handled.v1', record: of, body: reply });
		const body = { of, at: COMMUNITY, entries: [1], ground: 'requested' };
		return says({ kind: 'erasure.ordered.v1', record: `erasure-of-${of}`, body });
	}

	/** Types without a network. */
	function type(doc: Y.Doc): void {
		const text = doc.getText('text');
		words.push(`草稿-${words.length + 1}-完`);
		if (text.length > 4 && chance.is(0.3)) text.delete(chance.int(0, text.length - 4), 3);
		text.insert(chance.int(0, text.length), words.at(-1) ?? '');
	}

	/** Gives what was typed and takes what others did; what is refused goes, and the document begins anew. */
	async function meet(record: string, who: Writer): Promise<void> {
		const docs = held.get(record);
		if (docs === undefined) return;
		const writer = await writeDraft(district.relay, devices[who], record, docs[who]);
		if (!writer.denied()) {
			writer.send(Y.encodeStateAsUpdate(docs[who]));
			await writer.settled();
		}
		writer.end();
		if (writer.denied() || writer.refusals.length > 0) docs[who] = new Y.Doc();
	}

	/** What the relay tells who holds nothing; null where it tells nothing. */
	async function told(record: string, who: keyof typeof devices): Promise<string | null> {
		const reader = await writeDraft(district.relay, devices[who], record);
		reader.end();
		return reader.denied() ? null : reader.text.toString();
	}

	return {
		async step() {
			if (chance.is(0.7)) return;
			if (held.size === 0 || chance.is(0.2)) return open();
			const record = chance.pick([...held.keys()]);
			if (chance.is(0.15)) return end(record);
			const docs = held.get(record);
			if (docs === undefined) return;
			for (const who of writers) if (chance.is(0.6)) type(docs[who]);
			for (const who of chance.shuffled(writers)) if (chance.is(0.6)) await meet(record, who);
		},
		async hold() {
			for (const [record, docs] of held) {
				// The first of them does not know yet what the second typed.
				for (const who of [...writers, ...writers]) await meet(record, who);
				const standing = await told(record, 'secretary');
				for (const who of writers) {
					const theirs = await told(record, who);
					if (theirs === null) continue;
					expect(theirs, `${record} told to ${who}`).toBe(standing);
					const own = docs[who].getText('text').toString();
					// One that is frozen begins anew with what it is told, and has been refused once more.
					if (own !== '') expect(own, `${record} as ${who} holds it`).toBe(standing);
				}
				for (const who of others)
					expect(await told(record, who), `${record} told to ${who}`).toBeNull();
			}
			for (const { phone } of handsets) expect(await textsAmong(phone.prefix, words)).toEqual([]);
		}
	};
}
