/** The line between a relay and its database, in the hands of a test: whole, silent, or without wake-ups. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Line {
	/** The database as a relay at the other end reaches it. */
	readonly url: string;
	/** From now on nothing comes through, and nobody is told: as when a cable is pulled. */
	cut(): void;
	heal(): void;
	end(): Promise<void>;
}

/** `isMute`: whoever listens for wake-ups hears none. */
export async function lineTo(
	databaseUrl: string,
	{ isMute = false }: { readonly isMute?: boolean } = {}
): Promise<Line> {
	const target = new URL(databaseUrl);
	const pairs = new Set<readonly [Socket, Socket]>();
	let isCut = false;
	const server = createServer((near) => {
		const far = connect(Number(target.port), target.hostname);
		const pair = [near, far] as const;
		pairs.add(pair);
		let listens = false;
		near.on('data', (bytes) => {
			listens ||= isMute && bytes.includes('LISTEN');
			far.write(bytes);
		});
		far.on('data', (bytes) => {
			if (!listens) near.write(bytes);
		});
		for (const [one, other] of [pair, [far, near] as const]) {
			one.on('error', () => other.destroy());
			one.on('close', () => {
				other.destroy();
				pairs.delete(pair);
			});
		}
		if (isCut) for (const socket of pair) socket.pause();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	// A TCP server has a port.
	const { port } = server.address() as AddressInfo;
	const url = new URL(databaseUrl);
	url.port = String(port);
	const each = (act: (socket: Socket) => void) => {
		for (const pair of pairs) for (const socket of pair) act(socket);
	};
	return {
		url: url.href,
		cut() {
			isCut = true;
			each((socket) => socket.pause());
		},
		heal() {
			isCut = false;
			each((socket) => socket.resume());
		},
		async end() {
			each((socket) => socket.destroy());
			await new Promise((resolve) => server.close(resolve));
		}
	};
}
