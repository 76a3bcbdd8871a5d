/** Says of a row that it is on this device alone, and whether it was said here or carried here (O5). */
import { m } from '#lib/i18n/index.ts';
import type { Status } from './status.ts';

export interface Stored {
	readonly pending: boolean;
	readonly carriedFor?: string | undefined;
}

export function storedStatus({ pending, carriedFor }: Stored): readonly Status[] {
	if (!pending) return [];
	const words = carriedFor === undefined ? m.status.onDevice : m.status.carried;
	return [{ is: 'onDevice', words }];
}
