/** A fault of the syncing: seen by whoever looks into the worker; the person is told by the status. */
export function report(cause: unknown): void {
	console.error('sync:', cause);
}
