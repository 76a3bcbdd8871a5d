/** The worker that syncs: the only place that loads Yjs. Every tab starts one; one of them leads. */
import { z } from 'zod';
import { openInstallation, type PersonHere } from '#lib/device/installation.ts';
import { runSync, type Syncing } from './run-sync.ts';

const Order = z.discriminatedUnion('do', [
	z.object({ do: z.literal('start'), id: z.string(), person: z.string(), version: z.string() }),
	z.object({ do: z.literal('nudge') }),
	z.object({ do: z.literal('stop') })
]);
export type Order = z.infer<typeof Order>;

// The content policy forbids code made at run time, which zod would try for speed.
z.config({ jitless: true });

let syncing: Syncing | null = null;

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
	const order = Order.parse(data);
	switch (order.do) {
		case 'start':
			syncing ??= runSync({
				id: order.id,
				person: order.person,
				version: order.version,
				fetch: (path, init) => fetch(path, init),
				openSocket: () => new WebSocket(socketUrl()),
				now: () => Date.now(),
				random: Math.random,
				locks: 'locks' in navigator ? navigator.locks : undefined,
				onRole: (role) => postMessage({ role }),
				people: peopleHere
			});
			return;
		case 'nudge':
			return syncing?.nudge();
		case 'stop':
			void syncing?.stop().then(() => close());
	}
});
// The network came back: the next try need not wait.
addEventListener('online', () => syncing?.nudge());

async function peopleHere(): Promise<readonly PersonHere[]> {
	const installation = openInstallation();
	try {
		return await installation.persons.toArray();
	} finally {
		installation.close();
	}
}

function socketUrl(): string {
	const { protocol, host } = location;
	return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/sync`;
}
