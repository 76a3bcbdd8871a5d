/** A slow link to a relay that is cut again and again: a TCP proxy that counts what it lets through. */
import { connect, createServer, type Socket } from 'node:net';

export interface SlowLink {
	readonly url: string;
	/** Bytes that came down to devices. */
	readonly bytes: number;
	/** Times it was cut. */
	readonly cuts: number;
	close(): void;
}

export interface LinkOptions {
	readonly bytesPerSecond: number;
	/** It is cut each time so many bytes came down, `cuts` times; then it holds. */
	readonly cutAfter?: number;
	readonly cuts?: number;
}

const TICK_MS = 10;

export function slowLink(port: number, options: LinkOptions): Promise<SlowLink> {
	const { bytesPerSecond, cutAfter = Infinity, cuts: mostCuts = 0 } = options;
	const slice = Math.max(1, Math.round((bytesPerSecond * TICK_MS) / 1_000));
	const open = new Set<Socket>();
	/** What waits to come down, connection by connection: they share the link. */
	const waiting: { readonly to: Socket; readonly from: Socket; bytes: Buffer }[] = [];
	let bytes = 0;
	let sinceCut = 0;
	let cuts = 0;

	const server = createServer((device) => {
		const relay = connect(port, '127.0.0.1');
		for (const socket of [device, relay]) {
			open.add(socket);
			socket.on('error', () => socket.destroy());
			socket.on('close', () => {
				open.delete(socket);
				device.destroy();
				relay.destroy();
			});
		}
		device.on('data', (sent) => relay.write(sent));
		relay.on('data', (sent: Buffer) => {
			relay.pause();
			waiting.push({ to: device, from: relay, bytes: sent });
		});
	});

	const ticking = setInterval(() => {
		let room = slice;
		while (room > 0) {
			const next = waiting.shift();
			if (next === undefined) return;
			const part = next.bytes.subarray(0, room);
			if (!next.to.destroyed) next.to.write(part);
			room -= part.length;
			bytes += part.length;
			sinceCut += part.length;
			next.bytes = next.bytes.subarray(part.length);
			if (next.bytes.length > 0) waiting.push(next);
			else next.from.resume();
		}
		if (sinceCut < cutAfter || cuts >= mostCuts) return;
		sinceCut = 0;
		cuts += 1;
		waiting.length = 0;
		for (const socket of open) socket.destroy();
	}, TICK_MS);

	return new Promise((resolve) => {
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			if (typeof address !== 'object' || address === null) throw new Error('slow-link: no port');
			resolve({
				url: `http://127.0.0.1:${address.port}`,
				get bytes() {
					return bytes;
				},
				get cuts() {
					return cuts;
				},
				close() {
					clearInterval(ticking);
					for (const socket of open) socket.destroy();
					server.close();
				}
			});
		});
	});
}
