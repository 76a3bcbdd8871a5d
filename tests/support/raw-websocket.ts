/** A WebSocket spoken by hand: frames that no library would send. */
import { connect } from 'node:net';

export interface FrameShape {
	readonly opcode: number;
	readonly payload?: Uint8Array;
	readonly isLast?: boolean;
	/** The bits that say an extension bent the payload. */
	readonly reserved?: number;
	readonly isMasked?: boolean;
	/** A length that is not the payload's. */
	readonly length?: bigint;
}

/** One frame; its mask is of zeros, so that the payload stands as it is. */
export function frame(shape: FrameShape): Buffer {
	const { opcode, payload = new Uint8Array(), isLast = true, reserved = 0 } = shape;
	const { isMasked = true, length = BigInt(payload.length) } = shape;
	const head = Buffer.alloc(10);
	head[0] = (isLast ? 0x80 : 0) | (reserved << 4) | opcode;
	const mask = isMasked ? 0x80 : 0;
	const isShort = length < 126n;
	head[1] = mask | (isShort ? Number(length) : 127);
	if (!isShort) head.writeBigUInt64BE(length, 2);
	return Buffer.concat([
		head.subarray(0, isShort ? 2 : 10),
		Buffer.alloc(isMasked ? 4 : 0),
		payload
	]);
}

/** Opens `/sync`, sends the bytes, and answers the code of the close frame; 1006 where there was none. */
export function closedAfter(port: number, cookie: string, bytes: Uint8Array): Promise<number> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1');
		const lines = [
			...['GET /sync HTTP/1.1', 'host: a', `cookie: ${cookie}`, 'connection: upgrade'],
			...['upgrade: websocket', 'sec-websocket-version: 13']
		];
		socket.write(`${lines.join('\r\n')}\r\nsec-websocket-key: ${'A'.repeat(22)}==\r\n\r\n`);
		let heard = Buffer.alloc(0);
		let isOpen = false;
		socket.on('data', (part: Buffer) => {
			heard = Buffer.concat([heard, part]);
			const end = heard.indexOf('\r\n\r\n');
			if (isOpen || end < 0) return;
			isOpen = true;
			if (!heard.toString('latin1').startsWith('HTTP/1.1 101'))
				return reject(new Error(`raw-websocket: ${heard.subarray(0, end).toString('latin1')}`));
			heard = heard.subarray(end + 4);
			socket.write(bytes);
		});
		socket.on('error', () => undefined);
		socket.once('close', () => resolve(closeCode(heard)));
	});
}

/** Of the last frame, where it is a close frame. */
function closeCode(frames: Buffer): number {
	let code = 1006;
	for (let at = 0; at + 1 < frames.length;) {
		const short = (frames[at + 1] ?? 0) & 0x7f;
		const [size, start] = short < 126 ? [short, 2] : [frames.readUInt16BE(at + 2), 4];
		if (((frames[at] ?? 0) & 0x0f) === 8 && size >= 2) code = frames.readUInt16BE(at + start);
		at += start + size;
	}
	return code;
}
