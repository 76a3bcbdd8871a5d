/**
 * [R4] Counts connections in all and by address, and what waits on each; the first request on one too many is told
 * when to come back.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Limits } from '../limits.ts';
import { countedAddress, peerOf } from './addresses.ts';
import type { Rates } from './rates.ts';

/** Seconds after which one for whom there was no room may knock again. */
export const RETRY_AFTER_S = 5;
/** Share of the bound above it within which connections are still told; beyond, they are closed without a word. */
const TOLD = 0.1;

export interface Connections {
	watch(server: Server): void;
	/** Did this connection come when there was no room? */
	isOneTooMany(socket: Socket): boolean;
	/** Counts a request until it is answered; false where its connection is gone, since too many of it waited. */
	takes(incoming: IncomingMessage, outgoing: ServerResponse): boolean;
}

export function createConnections(
	{ connections, connectionsPerAddress, unansweredPerConnection }: Limits,
	trustedProxies: readonly string[],
	rates: Pick<Rates, 'asksAhead' | 'askedAhead'>
): Connections {
	const byAddress = new Map<string, number>();
	const tooMany = new WeakSet<Socket>();
	const unanswered = new WeakMap<Socket, number>();
	let all = 0;

	function welcome(socket: Socket): void {
		const peer = peerOf(socket);
		// A proxy stands for many, and is none of its neighbours.
		const isProxy = trustedProxies.includes(peer);
		const address = isProxy ? peer : countedAddress(peer);
		const own = byAddress.get(address) ?? 0;
		all += 1;
		byAddress.set(address, own + 1);
		const isCrowd = own >= connectionsPerAddress && !isProxy;
		if (isCrowd || all > connections) tooMany.add(socket);
		socket.once('close', () => leave(address));
		if (!isProxy) void turnAway(socket, address);
	}

	/** Before anything of it is read: Node reads on what came at once, though its connection be closed by then. */
	async function turnAway(socket: Socket, address: string): Promise<void> {
		if (await rates.asksAhead(address)) socket.destroy();
	}

	function leave(address: string): void {
		all -= 1;
		const left = (byAddress.get(address) ?? 1) - 1;
		if (left > 0) byAddress.set(address, left);
		else byAddress.delete(address);
	}

	function takes({ socket }: IncomingMessage, outgoing: ServerResponse): boolean {
		// Node goes on handing over what came with the one that was too much.
		if (socket.destroyed) return false;
		const waiting = unanswered.get(socket) ?? 0;
		// Neither a browser nor a proxy asks before it was answered.
		if (waiting >= unansweredPerConnection) {
			void rates.askedAhead(peerOf(socket));
			socket.destroy();
			return false;
		}
		unanswered.set(socket, waiting + 1);
		outgoing.once('close', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1));
		return true;
	}

	return {
		watch(server) {
			server.maxConnections = Math.ceil(connections * (1 + TOLD));
			server.on('connection', welcome);
		},
		isOneTooMany: (socket) => tooMany.has(socket),
		takes
	};
}
