/** What a client may say on the sync sockets, right but for the places that chance has bent. */
import * as Y from 'yjs';
import type { Chance } from '#relay/demo/random.ts';
import { bendFrame, bendJson, frameOf, type Json, type Part } from './bend.ts';
import type { Around } from './knocks.ts';
import { draftUpdate } from './said-drafts.ts';

/** Message types of y-protocols, and one that is none. */
const types = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, unknown: 9 } as const;

/** A frame of the shared socket: a channel's name before the message; the channel without a name is control. */
export function frameOnShared(chance: Chance, around: Around): Uint8Array {
	if (chance.is(0.15)) {
		const close = [channelOf(chance, around), channelOf(chance, around)];
		const proof = { challenge: chance.pick(around.ids), sig: chance.salt().repeat(4).slice(0, 86) };
		const asked: Json = chance.is(0.8) ? { close } : { proof };
		return bendFrame(chance, [
			{ is: 'text', of: '' },
			{ is: 'text', of: bendJson(chance, asked, around.ids) }
		]);
	}
	const channel = channelOf(chance, around);
	return bendFrame(chance, [{ is: 'text', of: channel }, ...message(chance, channel)]);
}

/** A frame of a stock provider's socket, whose path names the ledger or the draft. */
export function frameOnRoom(chance: Chance, room: string): Uint8Array {
	return bendFrame(chance, message(chance, room));
}

function channelOf(chance: Chance, { ledgers, shared, epoch, ids }: Around): string {
	const desk = `desk/${chance.pick(ids)}/standing`;
	const draft = `shared/${chance.is(0.9) ? chance.pick(shared) : chance.pick(ids)}`;
	const ledger = chance.is(0.8) ? chance.pick(ledgers) : desk;
	return `${chance.is(0.4) ? draft : ledger}@${chance.is(0.9) ? epoch : 'gone'}`;
}

function message(chance: Chance, channel: string): readonly Part[] {
	const written = channel.startsWith('shared/') ? draftUpdate : update;
	switch (chance.int(0, 6)) {
		case 0:
		case 1:
			return sync(0, stateVector(chance));
		case 2:
			return sync(1, written(chance));
		case 3:
			return sync(2, written(chance));
		case 4:
			return [
				{ is: 'number', of: types.awareness },
				{ is: 'bytes', of: awareness(chance) }
			];
		case 5:
			return [{ is: 'number', of: types.queryAwareness }];
		default:
			return [
				{ is: 'number', of: chance.pick([types.auth, types.unknown]) },
				{ is: 'bytes', of: update(chance) }
			];
	}
}

function sync(step: number, bytes: Uint8Array): readonly Part[] {
	return [
		{ is: 'number', of: types.sync },
		{ is: 'number', of: step },
		{ is: 'bytes', of: bytes }
	];
}

function stateVector(chance: Chance): Uint8Array {
	const clients = chance.pick([0, 1, 1, 1, 2, 300]);
	const parts: Part[] = [{ is: 'number', of: clients }];
	for (let i = 0; i < clients; i++)
		parts.push(
			{ is: 'number', of: chance.pick([1, 1, 2, 2 ** 32 - 1]) },
			{ is: 'number', of: chance.pick([0, 1, 2, 7, 1e9, 2 ** 53 - 1]) }
		);
	return frameOf(parts);
}

/** A true update of a client that takes itself for the relay, or for nobody. */
function update(chance: Chance): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = chance.pick([1, 2, 2 ** 31]);
	const root = doc.getArray(chance.pick(['elements', 'x', '__proto__']));
	root.insert(0, [{ seq: 1, n: 1 }, [1, chance.salt(), 'sig']]);
	if (chance.is(0.3)) root.delete(0, 1);
	const bytes = chance.is(0.8) ? Y.encodeStateAsUpdate(doc) : Y.encodeStateAsUpdateV2(doc);
	doc.destroy();
	return bytes;
}

function awareness(chance: Chance): Uint8Array {
	const clients = chance.pick([0, 1, 1, 2, 5, 2 ** 31]);
	const parts: Part[] = [{ is: 'number', of: clients }];
	for (let i = 0; i < Math.min(clients, 5); i++) {
		const state: Json = { user: { person: 'p-other', name: '某人' }, field: chance.salt() };
		parts.push(
			{ is: 'number', of: chance.pick([1, 7, 2 ** 32]) },
			{ is: 'number', of: chance.pick([0, 1, 2 ** 53 - 1]) },
			{ is: 'text', of: chance.is(0.5) ? JSON.stringify(state) : bendJson(chance, state, ['x']) }
		);
	}
	return frameOf(parts);
}
