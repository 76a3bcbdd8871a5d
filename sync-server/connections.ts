/** [R4] Counts connections in all and by address; the first request on one too many is told when to come back. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { countedAddress } from './counted-address.ts';
import type { Limits } from './limits.ts';
import { peerOf } from './http.ts';

/** Seconds after which one for whom there was no room may knock again. */
export const RETRY_AFTER_S = 5;
/** Share of the bound above it within which connections are still told; beyond, they are closed without a word. */
const TOLD = 0.1;

export interface Connections {
	watch(server: Server): void;
	/** Did this connection come when there was no room? */
	isOneTooMany(socket: Socket): boolean;
}

export function createConnections(
	{ connections, connectionsPerAddress }: Limits,
	trustedProxies: readonly string[]
): Connections {
	const byAddress = new Map<string, number>();
	const tooMany = new WeakSet<Socket>();
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
	}

	function leave(address: string): void {
		all -= 1;
		const left = (byAddress.get(address) ?? 1) - 1;
		if (left > 0) byAddress.set(address, left);
		else byAddress.delete(address);
	}

	return {
		watch(server) {
			server.maxConnections = Math.ceil(connections * (1 + TOLD));
			server.on('connection', welcome);
		},
		isOneTooMany: (socket) => tooMany.has(socket)
	};
}
