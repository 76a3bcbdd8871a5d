/** What has ended is forgotten once a day, little by little: sessions, and invitations that nobody used. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DAY } from '#domain/spans.ts';
import { createPeopleStore } from '../store/people.ts';
import type { Sql } from '../store/store.ts';

/** So long the list says that an invitation ran out or was taken back; that somebody joined it says for good. */
const UNUSED_KEPT = 30 * DAY;

export async function dropEnded(sql: Sql, at: number): Promise<void> {
	const people = createPeopleStore(sql);
	await toTheEnd(() => people.dropExpired(at));
	await toTheEnd(() => people.dropUnused(at - UNUSED_KEPT));
}

/** In portions, and others have their turn between two. */
async function toTheEnd(drop: () => Promise<number>): Promise<void> {
	while ((await drop()) > 0) await nextTurn();
}
