/** The one socket under all channels: frames, reconnecting with jitter, channels that are denied. */
import { afterEach, expect, test, vi } from 'vitest';
import { multiplexer, type Multiplexer, type Socket } from '#lib/sync/multiplexer.ts';
import { readControl, readFrame, writeControl, writeFrame } from '#lib/sync/varint-frame.ts';

afterEach(() => vi.useRealTimers());

test('a frame carries its channel and its bytes; bytes that are no frame are nothing', () => {
	for (const channel of ['', 'desk/990101001000/2026Q4@abc', '台账'.repeat(60)]) {
		const frame = readFrame(writeFrame(channel, Uint8Array.of(1, 2, 3)));
		expect(frame).toEqual({ channel, message: Uint8Array.of(1, 2, 3) });
	}
	expect(readFrame(Uint8Array.of(9, 1))).toBeNull();
	const control = readFrame(writeControl({ close: ['a@b'] }));
	expect(readControl(control?.message ?? new Uint8Array())).toEqual({ close: ['a@b'] });
	expect(readControl(Uint8Array.of(2, 123, 123))).toBeUndefined();
});

interface Wire {
	readonly sockets: Fake[];
	readonly link: Multiplexer;
	readonly heard: string[];
}
interface Fake {
	socket: Socket;
	readonly sent: Uint8Array[];
}

/** A wire whose other end the test holds. */
function wire(): Wire {
	const sockets: Fake[] = [];
	const heard: string[] = [];
	const link = multiplexer({
		open() {
			const sent: Uint8Array[] = [];
			const socket: Socket = {
				binaryType: 'blob',
				onopen: null,
				onmessage: null,
				onclose: null,
				onerror: null,
				send: (data) => void sent.push(new Uint8Array(data as ArrayBuffer)),
				close: () => undefined
			};
			sockets.push({ socket, sent });
			return socket;
		},
		random: () => 0.5,
		onOpen: () => heard.push('open'),
		onClose: () => heard.push('close'),
		onMoved: (ledgers) => heard.push(`moved ${ledgers.join()}`),
		onScope: () => heard.push('scope'),
		onDenied: (channels) => heard.push(`denied ${channels.join()}`),
		onProve: (challenge) => heard.push(`prove ${challenge}`)
	});
	link.connect();
	return { sockets, link, heard };
}

// What the test plays is the other end of a WebSocket; only these events are looked at.
const opens = ({ socket }: Fake) => socket.onopen?.call(socket as WebSocket, new Event('open'));
const closes = ({ socket }: Fake) =>
	socket.onclose?.call(socket as WebSocket, new Event('close') as CloseEvent);
const says = ({ socket }: Fake, frame: Uint8Array<ArrayBuffer>) =>
	socket.onmessage?.call(socket as WebSocket, new MessageEvent('message', { data: frame.buffer }));

test('channels open with the socket, close with it, and the socket is opened again', async () => {
	vi.useFakeTimers();
	const { sockets, link, heard } = wire();
	const [first] = sockets;
	if (!first) throw new Error('no socket');
	const channel = new link.Channel('ws://relay/desk/x/2026Q4@e');
	const events: string[] = [];
	channel.onopen = () => events.push('open');
	channel.onclose = ({ code }) => events.push(`close ${code}`);
	channel.onmessage = ({ data }) => events.push(`heard ${[...data].join()}`);
	expect(events).toEqual([]);
	opens(first);
	channel.send(Uint8Array.of(7));
	says(first, writeFrame('desk/x/2026Q4@e', Uint8Array.of(8, 9)));
	expect(readFrame(first.sent[0] ?? new Uint8Array())).toEqual({
		channel: 'desk/x/2026Q4@e',
		message: Uint8Array.of(7)
	});
	closes(first);
	expect(events).toEqual(['open', 'heard 8,9', 'close 1006']);
	expect(heard).toEqual(['open', 'close']);
	await vi.advanceTimersByTimeAsync(5_000);
	expect(sockets).toHaveLength(2);
	link.close();
});

test('notices are passed on; what is said for a closed channel means that its ledger moved', () => {
	const { sockets, link, heard } = wire();
	const [only] = sockets;
	if (!only) throw new Error('no socket');
	opens(only);
	const channel = new link.Channel('ws://relay/desk/x/2026Q4@e');
	const closed: number[] = [];
	channel.onclose = ({ code }) => closed.push(code);
	says(only, writeControl({ moved: { 'board/x/standing': { seq: 3, chain: 'c' } } }));
	says(only, writeControl({ scope: true }));
	says(only, writeControl({ denied: ['desk/x/2026Q4@e'] }));
	says(only, writeFrame('desk/x/2026Q4@e', Uint8Array.of(1)));
	expect(heard.slice(1)).toEqual([
		'moved board/x/standing',
		'scope',
		'denied desk/x/2026Q4@e',
		'moved desk/x/2026Q4'
	]);
	expect(closed).toEqual([4403]);
	link.close();
});
