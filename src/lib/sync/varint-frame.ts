/** Frames of the one socket: a channel's name as a lib0 varString, then a y-websocket message. */

export function writeFrame(channel: string, message: Uint8Array): Uint8Array<ArrayBuffer> {
	const name = new TextEncoder().encode(channel);
	const length = varUint(name.length);
	const frame = new Uint8Array(length.length + name.length + message.length);
	frame.set(length);
	frame.set(name, length.length);
	frame.set(message, length.length + name.length);
	return frame;
}

/** Null for bytes that are no frame. */
export function readFrame(
	bytes: Uint8Array
): { readonly channel: string; readonly message: Uint8Array } | null {
	const length = readVarUint(bytes, 0);
	if (length === null || length.next + length.value > bytes.length) return null;
	const end = length.next + length.value;
	return {
		channel: new TextDecoder().decode(bytes.subarray(length.next, end)),
		message: bytes.subarray(end)
	};
}

/** A control message: JSON in a varString. */
export function writeControl(json: unknown): Uint8Array<ArrayBuffer> {
	const text = new TextEncoder().encode(JSON.stringify(json));
	const length = varUint(text.length);
	const message = new Uint8Array(length.length + text.length);
	message.set(length);
	message.set(text, length.length);
	return writeFrame('', message);
}

export function readControl(message: Uint8Array): unknown {
	const length = readVarUint(message, 0);
	if (length === null) return undefined;
	const text = message.subarray(length.next, length.next + length.value);
	try {
		return JSON.parse(new TextDecoder().decode(text));
	} catch (cause) {
		if (cause instanceof SyntaxError) return undefined;
		throw cause;
	}
}

function varUint(value: number): Uint8Array {
	const bytes: number[] = [];
	let rest = value;
	while (rest > 127) {
		bytes.push((rest & 127) | 128);
		rest >>>= 7;
	}
	bytes.push(rest);
	return Uint8Array.from(bytes);
}

function readVarUint(
	bytes: Uint8Array,
	from: number
): { readonly value: number; readonly next: number } | null {
	let value = 0;
	for (let at = from, shift = 0; at < bytes.length && shift < 28; at++, shift += 7) {
		const byte = bytes[at] ?? 0;
		value |= (byte & 127) << shift;
		if (byte < 128) return { value, next: at + 1 };
	}
	return null;
}
