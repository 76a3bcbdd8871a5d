/** Slips for any number of people, asked of the relay in portions. */
import type { PersonId } from '#domain/ids.ts';
import { chunks } from '#lib/chunks.ts';
import type { Door, Slip } from '#lib/device/door.ts';

/** As many as one request makes; the relay takes no more. */
const AT_ONCE = 80;

export interface MadeSlips {
	/** Shown only once: what was made before a portion failed is kept. */
	readonly slips: readonly Slip[];
	/** Why the rest was not made; null where all were. */
	readonly code: string | null;
}

export async function makeSlips(
	people: readonly PersonId[],
	ask: Door['slips'],
	onMade: (slips: number) => void
): Promise<MadeSlips> {
	const slips: Slip[] = [];
	for (const portion of chunks(people, AT_ONCE)) {
		const answer = await ask(portion);
		if (!answer.ok) return { slips, code: answer.code };
		slips.push(...answer.value.slips);
		onMade(slips.length);
	}
	return { slips, code: null };
}
