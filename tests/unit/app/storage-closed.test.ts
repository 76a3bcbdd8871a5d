/** A database that the browser closes under the app: opened again, or told of; nothing that can be kept is lost. */
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, expect, test } from 'vitest';
import { watchClosing } from '#lib/device/closing.ts';
import { openDeviceDb } from '#lib/device/device-db.ts';
import { watch } from '#lib/rows/watch.ts';
import { people, visit } from '../../support/tell.ts';
import { makePhone, until, type Phone } from './phone.ts';

let phone: Phone;
let stop: () => void = () => undefined;
afterEach(async () => {
	stop();
	await phone.close();
});

/** What a browser does when its storage is in trouble or cleared: the connection is gone, and says so. */
function closeUnder(db: Dexie): void {
	const connection = db.backendDB();
	connection.close();
	connection.onclose?.call(connection, new Event('close'));
}

/** As the app's next version would, with one more table. */
function openNewer(name: string): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(name, 990);
		request.onupgradeneeded = () => request.result.createObjectStore('future');
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('no database'));
	});
}

async function counted(): Promise<{ readonly told: () => number; readonly seen: number[] }> {
	phone = await makePhone({ person: people.member });
	let told = 0;
	const seen: number[] = [];
	const { device, rows } = phone;
	const unwatchClosing = watchClosing([device, rows], {
		onReopened: () => (told += 1),
		onShut: () => undefined
	});
	const unwatch = watch(
		() => device.outbox.count(),
		(n) => seen.push(n),
		() => seen.push(-1)
	);
	stop = () => {
		unwatch();
		unwatchClosing();
	};
	await until(
		async () => seen,
		(all) => all.length > 0
	);
	return { told: () => told, seen };
}

test('[O1] after a connection was closed under the app, saying goes on, and every list', async () => {
	const { told, seen } = await counted();
	expect(await phone.says([visit('visit-1', 'door-1')])).toMatchObject({ ok: true });
	closeUnder(phone.device);
	expect(await phone.says([visit('visit-2', 'door-1')])).toMatchObject({ ok: true });
	await until(
		async () => seen.at(-1),
		(n) => n === 2
	);
	await until(
		async () => told(),
		(times) => times === 1
	);
	expect(seen).not.toContain(-1);
});

test('[O1] a database that does not open at once is tried again until it does', async () => {
	const { told } = await counted();
	const { device } = phone;
	const open = indexedDB.open.bind(indexedDB);
	let refused = 0;
	indexedDB.open = (...asked) => {
		// A browser that is clearing an origin aborts what is opened meanwhile.
		if (asked[0] === device.name && ++refused <= 3)
			throw new DOMException('The connection was closed.', 'AbortError');
		return open(...asked);
	};
	try {
		closeUnder(device);
		await until(
			async () => told(),
			(times) => times > 0
		);
	} finally {
		indexedDB.open = open;
	}
	expect(refused).toBeGreaterThan(3);
	expect(await phone.says([visit('visit-1', 'door-1')])).toMatchObject({ ok: true });
});

test('another page that wants a newer shape is not in the way, nor is this one', async () => {
	const { seen } = await counted();
	await phone.says([visit('visit-1', 'door-1')]);
	const newer = await openNewer(phone.prefix);
	expect(await phone.says([visit('visit-2', 'door-1')])).toMatchObject({ ok: true });
	await until(
		async () => seen.at(-1),
		(n) => n === 2
	);
	newer.close();
});

test('[O1] data that were cleared under the app are missed at once', async () => {
	const { told, seen } = await counted();
	await phone.says([visit('visit-1', 'door-1')]);
	await Dexie.delete(phone.prefix);
	await until(
		async () => told(),
		(times) => times === 1
	);
	await until(
		async () => seen.at(-1),
		(n) => n === 0
	);
	expect(await phone.device.keys.get('device')).toBeUndefined();
	const again = openDeviceDb(phone.prefix);
	expect(await again.outbox.count()).toBe(0);
	again.close();
});

test('a database that is closed on purpose tells nobody', async () => {
	const { told } = await counted();
	stop();
	await phone.close();
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(told()).toBe(0);
});
