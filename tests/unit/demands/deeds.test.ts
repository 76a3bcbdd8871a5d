/** What was just done of a demand: taken back, or what is said where that is too late. */
import { v7 } from 'uuid';
import { expect, test, vi } from 'vitest';
import { EntryId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import { deeds } from '#lib/demands/deeds.svelte.ts';
import { m } from '#lib/i18n/index.ts';
import { isHeld as isHeldAtOffice } from '../../../src/routes/escalated/offers.ts';
import { isHeld, tooLateWords } from '../../../src/routes/inbox/offers.ts';
import { demand, foundedWorld, people } from '../../support/tell.ts';

const world = foundedWorld();
world.says(people.member, demand('d-1'));

async function noteAfter(
	tooLate: string | undefined,
	reason: 'too-late' | 'written-since' = 'too-late'
): Promise<string | undefined> {
	const deed = deeds({
		say: () => Promise.resolve({ ok: true, commit: EntryId.parse(v7()), entries: [] }),
		takeBack: () => Promise.resolve({ ok: false, reason })
	} as never);
	const about = world.row<DemandRow>('d-1');
	await deed.say({ words: '好了', row: about, hold: true, tooLate }, []);
	deed.takeBack?.();
	await vi.waitFor(() => expect(deed.done?.note).toBeDefined());
	return deed.done?.note;
}

test('what came too late to be taken back says what is possible instead, in words of its own', async () => {
	expect(await noteAfter(undefined)).toBe(m.secretary.done.tooLate);
	const { escalate } = m.secretary.done.tooLateOf;
	expect(await noteAfter(tooLateWords('escalate'))).toBe(escalate);
	expect(await noteAfter(m.office.tooLate.handBack)).toBe(m.office.tooLate.handBack);
	expect(await noteAfter(escalate, 'written-since')).toBe(m.secretary.done.writtenSince);
});

test('correcting and voiding are advised where they are possible, and nowhere else', () => {
	expect(
		(['decline', 'handle'] as const).map((offer) => [isHeld(offer), tooLateWords(offer)])
	).toEqual([
		[true, undefined],
		[true, undefined]
	]);
	for (const offer of ['escalate', 'withdraw', 'void'] as const)
		expect([isHeld(offer), tooLateWords(offer)]).not.toContain(undefined);
	expect((['handle', 'handBack', 'take'] as const).map(isHeldAtOffice)).toEqual([
		true,
		true,
		false
	]);
});
