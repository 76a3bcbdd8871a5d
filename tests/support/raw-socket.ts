/** Bytes on a connection of one's own, as no HTTP library would send them. */
import { connect } from 'node:net';

export interface RawAnswer {
	/** Of the first answer; 0 where the relay closed without one. */
	readonly status: number;
	readonly retryAfter: string | null;
	readonly text: string;
}

/** Sends the bytes, or nothing, and resolves when the relay has closed the connection. */
export function sendRaw(port: number, bytes: string | Uint8Array): Promise<RawAnswer> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', () => {
			if (bytes.length > 0) socket.write(bytes);
		});
		let text = '';
		socket.setEncoding('latin1').on('data', (part: string) => (text += part));
		// A relay that closes on us has answered all the same.
		socket.on('error', (cause) => {
			if (!('code' in cause) || !['ECONNRESET', 'EPIPE'].includes(String(cause.code)))
				reject(cause);
		});
		socket.once('close', () =>
			resolve({
				status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
				retryAfter: /^retry-after: (\d+)\r$/im.exec(text)?.[1] ?? null,
				text
			})
		);
	});
}
