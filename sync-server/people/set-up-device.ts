/** [R9] The relay's own device: it signs what founds a district and what tells the demo's story, and nothing else. */
import type { KeyObject } from 'node:crypto';
import type { Signed } from '#domain/entry.ts';
import type { OrgId, PersonId, RecordId } from '#domain/ids.ts';
import { signText, signTextAside } from '../judging/signature.ts';
import { RELAY_DEVICE } from '../keys.ts';
import type { Stored } from '../store/store.ts';

/** One thing to say; the envelope is made when it is signed. */
export interface Utterance {
	readonly kind: string;
	readonly record: RecordId;
	/** The organisation whose duty the speaker acts under. */
	readonly org: OrgId;
	readonly body: Readonly<Record<string, unknown>>;
	/** The invented person it is said for, in a demo realm; absent: the device itself. */
	readonly by?: PersonId;
	/** Entries of the record that the speaker had not seen (E4). */
	readonly unseen?: number;
}

/** Where ids and salts come from: chance when founding, a seed in the demo. */
export interface Draws {
	id(at: number): string;
	salt(): string;
}

export interface SetUpDevice {
	/** Signs one commit as said at a moment (E1, E7). */
	signs(says: readonly Utterance[], at: number): Signed[];
	/** The same, off the main thread. */
	signsAside(says: readonly Utterance[], at: number): Promise<Signed[]>;
}

export function createSetUpDevice(privateKey: KeyObject, realm: string, draws: Draws): SetUpDevice {
	/** How many entries each record has, to say what the speaker had folded. */
	const said = new Map<RecordId, number>();
	function write(says: readonly Utterance[], at: number): string[] {
		const commit = draws.id(at);
		return says.map((each, i) => {
			const n = said.get(each.record) ?? 0;
			said.set(each.record, n + 1);
			return JSON.stringify({
				v: 1,
				realm,
				id: draws.id(at),
				commit: { id: commit, i, of: says.length },
				kind: each.kind,
				record: each.record,
				org: each.org,
				device: RELAY_DEVICE,
				at,
				rev: Math.max(0, n - (each.unseen ?? 0)),
				salt: draws.salt(),
				...(each.by === undefined ? {} : { onBehalfOf: each.by }),
				body: each.body
			});
		});
	}

	return {
		signs: (says, at) => write(says, at).map((text) => ({ text, sig: signText(privateKey, text) })),
		signsAside: (says, at) =>
			Promise.all(
				write(says, at).map(async (text) => ({ text, sig: await signTextAside(privateKey, text) }))
			)
	};
}

/** Nothing was founded here and nothing was said: the only place where the device may set up (R9). */
export async function isEmptyStore(stored: Stored): Promise<boolean> {
	const anything = await stored.first('SELECT 1 AS one FROM entry LIMIT 1');
	return anything === null && (await stored.meta('realm')) === null;
}
