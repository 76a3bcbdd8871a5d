/** [R4] An answer is held until it was read to its end, or its connection is gone: until then it counts. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface Exchange {
	/** As it was at the start: a request whose body was not read to its end has none any more. */
	readonly socket: Socket;
	readonly outgoing: Pick<ServerResponse, 'closed' | 'once'>;
}

/** What is still to be done of a connection; Node tells an answer that waits behind another nothing of its end. */
const unanswered = new WeakMap<Socket, Set<() => void>>();

/** Does it once, when the answer has left or can no longer leave. */
export function whenAnswered({ socket, outgoing }: Exchange, work: () => void): void {
	const isOver = outgoing.closed || socket.destroyed;
	if (isOver) {
		work();
		return;
	}
	const waiting = unanswered.get(socket) ?? watch(socket);
	waiting.add(work);
	outgoing.once('close', () => {
		if (waiting.delete(work)) work();
	});
}

/** Whoever has not read it by then is not waited for. */
export function closeUnread(exchange: Exchange, afterMs: number): void {
	const timer = setTimeout(() => exchange.socket.destroy(), afterMs).unref();
	whenAnswered(exchange, () => clearTimeout(timer));
}

function watch(socket: Socket): Set<() => void> {
	const waiting = new Set<() => void>();
	unanswered.set(socket, waiting);
	socket.once('close', () => {
		for (const work of waiting) work();
		waiting.clear();
	});
	return waiting;
}
