/** How much this origin stores and whether the browser promised to keep it. */

export interface StorageState {
	readonly usage: number | null;
	readonly quota: number | null;
	readonly persisted: boolean;
}

/** Asked for inside the first save, where browsers are most willing. */
export async function keepStorage(): Promise<boolean> {
	return (await storageManager()?.persist?.()) ?? false;
}

export async function storageState(): Promise<StorageState> {
	const manager = storageManager();
	const [estimate, persisted] = await Promise.all([manager?.estimate?.(), manager?.persisted?.()]);
	return {
		usage: estimate?.usage ?? null,
		quota: estimate?.quota ?? null,
		persisted: persisted ?? false
	};
}

/** Old engines have none, or half of one. */
function storageManager(): Partial<StorageManager> | undefined {
	return typeof navigator === 'undefined' ? undefined : navigator.storage;
}
