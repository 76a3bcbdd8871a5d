/** Everything that lies in the IndexedDB of this process, as bytes and as text, to search it for what must not be there. */

/** The names of the databases of a prefix in which a text lies, in any string or run of bytes. */
export async function databasesHolding(prefix: string, text: string): Promise<readonly string[]> {
	const needle = Buffer.from(text);
	const found: string[] = [];
	for (const { name = '' } of await indexedDB.databases()) {
		if (!name.startsWith(prefix)) continue;
		const values = await everythingIn(name);
		if (values.some((value) => holds(value, needle))) found.push(name);
	}
	return found;
}

/** Those of the texts that lie anywhere in the databases of a prefix. */
export async function textsAmong(
	prefix: string,
	texts: readonly string[]
): Promise<readonly string[]> {
	const names = (await indexedDB.databases()).flatMap(({ name = '' }) =>
		name.startsWith(prefix) ? [name] : []
	);
	const values = (await Promise.all(names.map(everythingIn))).flat();
	return texts.filter((text) => {
		const needle = Buffer.from(text);
		return values.some((value) => holds(value, needle));
	});
}

async function everythingIn(name: string): Promise<readonly unknown[]> {
	const db = await settled(indexedDB.open(name));
	const values: unknown[] = [];
	for (const store of db.objectStoreNames) {
		const objects = db.transaction(store).objectStore(store);
		values.push(await settled(objects.getAll()), await settled(objects.getAllKeys()));
	}
	db.close();
	return values;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('indexedDB: no answer'));
	});
}

function holds(value: unknown, needle: Buffer): boolean {
	if (typeof value === 'string') return value.includes(needle.toString());
	if (value instanceof ArrayBuffer) return Buffer.from(value).includes(needle);
	if (ArrayBuffer.isView(value))
		return Buffer.from(value.buffer, value.byteOffset, value.byteLength).includes(needle);
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some((each) => holds(each, needle));
}
