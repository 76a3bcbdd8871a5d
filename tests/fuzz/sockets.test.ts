/** Whatever bytes a client sends, the relay counts them and goes on (seeded; fast-check prints the seed). */
import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { boardLedger, STANDING } from '#domain/ledgers.ts';
import { readStateVector } from '#relay/ledgers/ledger-document.ts';
import { onChannel, readChannel, readControl, readMessage } from '#relay/sockets/frames.ts';
import { startDistrict, type District } from '../support/district.ts';
import { connect } from '../support/reader.ts';
import { demand, DISTRICT } from '../support/tell.ts';

let district: District;
beforeAll(async () => {
	district = await startDistrict({ limits: { framesPer10s: 1e9 } });
});
afterAll(() => district.end());

const bytes = fc.uint8Array({ maxLength: 200 });
const varUint = fc.oneof(fc.nat(4), fc.nat(), fc.maxSafeInteger().map(Math.abs));

/** Frames that look right for a while: types, lengths and counts that promise what does not follow. */
const almost = fc.tuple(fc.array(varUint, { maxLength: 6 }), bytes).map(([numbers, rest]) => {
	const encoder = encoding.createEncoder();
	for (const number of numbers) encoding.writeVarUint(encoder, number);
	encoding.writeUint8Array(encoder, rest);
	return encoding.toUint8Array(encoder);
});
const frame = fc.oneof(bytes, almost);

test('[R4] no bytes make a reader of frames throw', () => {
	fc.assert(
		fc.property(frame, (one) => {
			for (const read of [readChannel, readControl, readMessage, readStateVector]) read(one);
		}),
		{ numRuns: 20_000 }
	);
});

test('[R3] no bytes stop a socket, move a ledger or hurt a neighbour', async () => {
	const { url, store } = district.relay;
	const { member, secretary } = district.devices;
	const board = `${boardLedger(DISTRICT, STANDING)}@${store.epoch}`;
	const noisy = await connect(url, member.cookie);
	const neighbour = await connect(url, secretary.cookie);
	await noisy.open(board);
	const before = await store.ledgersUnder('board/');
	const channel = fc.constantFrom('', board, 'x', `desk/a/standing@${store.epoch}`);
	fc.assert(
		fc.property(channel, frame, fc.boolean(), (name, rest, isWhole) => {
			noisy.ws.send(isWhole ? rest : onChannel(name, rest));
		}),
		{ numRuns: 3_000 }
	);
	await neighbour.open(board);
	await noisy.open(board);
	expect(noisy.ws.readyState).toBe(WebSocket.OPEN);
	expect(await store.ledgersUnder('board/')).toEqual(before);
	const [receipt] = await member.says(url, demand(v7()));
	expect(receipt?.verdict).toBe('accepted');
	noisy.close();
	neighbour.close();
});
