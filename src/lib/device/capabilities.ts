/** What this browser can do of what the app needs: the help page shows it in words, with what to do. */
import { canRecord } from '#lib/media/microphone.ts';
import { makeKeys, sign } from './keys.ts';
import { storageState } from './storage.ts';

export interface Capability {
	readonly name:
		| 'secure'
		| 'crypto'
		| 'keys'
		| 'indexeddb'
		| 'persisted'
		| 'serviceworker'
		| 'locks'
		| 'camera'
		| 'microphone';
	readonly ok: boolean;
	/** Without it nothing can be recorded here. */
	readonly needed: boolean;
}

export async function capabilities(): Promise<readonly Capability[]> {
	const hasCrypto = typeof crypto !== 'undefined' && crypto.subtle !== undefined;
	const { persisted } = await storageState();
	return [
		{ name: 'secure', ok: globalThis.isSecureContext, needed: true },
		{ name: 'crypto', ok: hasCrypto, needed: true },
		{ name: 'keys', ok: hasCrypto && (await canSign()), needed: true },
		{ name: 'indexeddb', ok: await canStore(), needed: true },
		{ name: 'persisted', ok: persisted, needed: false },
		{ name: 'serviceworker', ok: 'serviceWorker' in navigator, needed: false },
		{ name: 'locks', ok: 'locks' in navigator, needed: false },
		{ name: 'camera', ok: await has('videoinput'), needed: false },
		{ name: 'microphone', ok: canRecord() && (await has('audioinput')), needed: false }
	];
}

async function canSign(): Promise<boolean> {
	try {
		const { privateKey } = await makeKeys();
		return (await sign(privateKey, 'probe')).length === 86;
	} catch (cause) {
		if (cause instanceof Error) return false;
		throw cause;
	}
}

/** Without asking for leave to use it: only whether there is one. */
async function has(wanted: MediaDeviceKind): Promise<boolean> {
	// Absent where the connection is not secure, whatever the types say.
	const media: Partial<MediaDevices> | undefined = navigator.mediaDevices;
	const devices = (await media?.enumerateDevices?.()) ?? [];
	return devices.some(({ kind }) => kind === wanted);
}

/** Private windows of some browsers have an IndexedDB that only fails once it is opened. */
function canStore(): Promise<boolean> {
	return new Promise((resolve) => {
		if (typeof indexedDB === 'undefined') return resolve(false);
		const probe = indexedDB.open('lxq-probe', 1);
		probe.onerror = () => resolve(false);
		probe.onsuccess = () => {
			probe.result.close();
			indexedDB.deleteDatabase('lxq-probe');
			resolve(true);
		};
	});
}
