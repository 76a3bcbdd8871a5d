/** The microphone: asked for when somebody wants to speak, recorded in pieces of a second, and let go of at once. */

const LOCK = 'lxq-voice';
const PIECE_MS = 1000;
/** Speech needs no more; two minutes are a third of a megabyte. */
const BITS_PER_SECOND = 24_000;
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

export type NoMicrophone = 'unsupported' | 'denied' | 'none' | 'taken';
export type Microphone =
	| { readonly ok: true; readonly stream: MediaStream; close(): void }
	| { readonly ok: false; readonly reason: NoMicrophone };

export interface Piece {
	readonly n: number;
	/** Milliseconds that were recorded when it came. */
	readonly until: number;
	readonly bytes: ArrayBuffer;
}

export interface Recording {
	/** Milliseconds since it began. */
	elapsed(): number;
	stop(): void;
	/** Whoever ended it: every piece was taken, or one could not be. */
	readonly done: Promise<void>;
}

/** Asks for leave to use it where nobody gave it yet. */
export async function openMicrophone(): Promise<Microphone> {
	// Absent where the connection is not secure, whatever the types say.
	const media: Partial<MediaDevices> | undefined = navigator.mediaDevices;
	if (media?.getUserMedia === undefined || !canRecord())
		return { ok: false, reason: 'unsupported' };
	try {
		const stream = await navigator.mediaDevices.getUserMedia({
			audio: { channelCount: 1, noiseSuppression: true, autoGainControl: true }
		});
		const letSleep = stayAwake();
		return {
			ok: true,
			stream,
			close() {
				for (const track of stream.getTracks()) track.stop();
				letSleep();
			}
		};
	} catch (cause) {
		if (!(cause instanceof DOMException)) throw cause;
		return { ok: false, reason: reasonOf(cause) };
	}
}

/** Ends by itself when the microphone is taken away, or a piece could not be taken. */
export function record(stream: MediaStream, onPiece: (piece: Piece) => Promise<void>): Recording {
	const recorder = new MediaRecorder(stream, {
		mimeType: recordedType(),
		audioBitsPerSecond: BITS_PER_SECOND
	});
	const began = performance.now();
	const elapsed = () => performance.now() - began;
	const stop = () => recorder.state !== 'inactive' && recorder.stop();
	let taken: Promise<void> = Promise.resolve();
	let n = 0;
	recorder.addEventListener('dataavailable', ({ data }) => {
		if (data.size === 0) return;
		const piece = { n: n++, until: elapsed() };
		// One after another: what comes after a piece that is missing could not be heard.
		taken = taken.then(async () => onPiece({ ...piece, bytes: await data.arrayBuffer() }));
		taken.catch(stop);
	});
	const done = new Promise<void>((resolve) => {
		recorder.addEventListener('stop', () => resolve(taken));
	});
	recorder.start(PIECE_MS);
	return { elapsed, stop, done };
}

/** Whether this browser records at all; whether there is a microphone is another question. */
export function canRecord(): boolean {
	return recordedType() !== undefined;
}

function recordedType(): string | undefined {
	if (typeof MediaRecorder === 'undefined') return undefined;
	return TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}

/** One recording at a time on this device, in whichever window; answers `otherwise` where another one runs. */
export async function alone<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
	if (!('locks' in navigator)) return work();
	const now = { ifAvailable: true };
	return navigator.locks.request(LOCK, now, (lock) => (lock === null ? otherwise : work()));
}

/** Once no other one runs. */
export async function onceAlone<T>(work: () => Promise<T>): Promise<T> {
	return 'locks' in navigator ? navigator.locks.request(LOCK, work) : work();
}

function reasonOf({ name }: DOMException): NoMicrophone {
	switch (name) {
		case 'NotAllowedError':
		case 'SecurityError':
			return 'denied';
		case 'NotFoundError':
		case 'OverconstrainedError':
			return 'none';
		default:
			return 'taken';
	}
}

/** A screen that goes dark ends the recording. A device that does not want to stay awake need not. */
function stayAwake(): () => void {
	const asked = navigator.wakeLock?.request('screen').catch(() => null);
	return () => void asked?.then((lock) => lock?.release());
}
