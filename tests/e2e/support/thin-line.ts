/**
 * The line between browsers and a relay: so many bits a second both ways, cut and mended at will. It lies
 * below HTTP and WebSocket, so that workers are held to it as pages are.
 */
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

export interface ThinLine {
	/** Where browsers find the relay. */
	readonly url: string;
	/** Bytes that went up and down so far. */
	readonly carried: { up: number; down: number };
	leadTo(port: number): void;
	/** Bits a second, each way; all that ask share it. */
	setPace(bitsPerSecond: number): void;
	/** Ends every connection, and refuses new ones until mended. */
	cut(): void;
	mend(): void;
	end(): Promise<void>;
}

/** Bytes that one connection sends before another has its turn. */
const TURN = 512;

export async function layThinLine(): Promise<ThinLine> {
	let target = 0;
	let pace = Infinity;
	let isCut = false;
	const carried = { up: 0, down: 0 };
	const ends = new Set<Socket>();
	const queues = { up: Promise.resolve(), down: Promise.resolve() };

	const server = createServer((near) => {
		if (isCut) return void near.destroy();
		const far = createConnection({ port: target, host: '127.0.0.1' });
		carry(near, far, 'up');
		carry(far, near, 'down');
	});

	function carry(from: Socket, to: Socket, way: 'up' | 'down'): void {
		ends.add(from);
		from.setNoDelay(true);
		let sending = Promise.resolve();
		from.on('data', (bytes: Buffer) => {
			from.pause();
			sending = pass(bytes, to, way).then(() => void from.resume());
		});
		// What is still on its way arrives before the end does.
		from.on('end', () => void sending.then(() => to.end()));
		from.on('error', () => to.destroy());
		from.on('close', () => {
			ends.delete(from);
			if (from.destroyed && from.readableEnded) return;
			to.destroy();
		});
	}

	async function pass(bytes: Buffer, to: Socket, way: 'up' | 'down'): Promise<void> {
		for (let at = 0; at < bytes.length; at += TURN) {
			const part = bytes.subarray(at, at + TURN);
			queues[way] = queues[way].then(() => lasting((part.length * 8000) / pace));
			await queues[way];
			if (to.destroyed) return;
			to.write(part);
			carried[way] += part.length;
		}
	}

	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	// Listening on a port, it has an address of that kind.
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://localhost:${port}`,
		carried,
		leadTo: (next) => (target = next),
		setPace: (bitsPerSecond) => (pace = bitsPerSecond),
		cut() {
			isCut = true;
			for (const end of ends) end.destroy();
		},
		mend: () => (isCut = false),
		end() {
			for (const end of ends) end.destroy();
			return new Promise((resolve) => server.close(() => resolve()));
		}
	};
}

function lasting(ms: number): Promise<void> {
	return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve();
}
