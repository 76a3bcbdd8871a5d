/** 临时编号: a short code of this device and a counter, for paper notes before the relay gives a number. */
import type { DeviceDb } from './device-db.ts';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A number beyond `given`, the last one that was marked outside: a database set back in time gives none twice. */
export async function nextDraftNo(
	db: DeviceDb,
	given: number
): Promise<{ readonly no: string; readonly count: number }> {
	return db.transaction('rw', db.keys, db.state, async () => {
		const key = await db.keys.get('device');
		const held = await db.state.get('drafts-numbered');
		const last = typeof held?.value === 'number' ? held.value : 0;
		const count = Math.max(last, given) + 1;
		await db.state.put({ key: 'drafts-numbered', value: count });
		return { no: `${codeOf(key?.device ?? '')}-${String(count).padStart(4, '0')}`, count };
	});
}

/** A letter and a digit drawn from the device's id: enough to tell two phones of one person apart. */
function codeOf(device: string): string {
	let sum = 0;
	for (const character of device) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
	return `${LETTERS[sum % LETTERS.length] ?? 'A'}${Math.floor(sum / LETTERS.length) % 10}`;
}
