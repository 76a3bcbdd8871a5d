/** Masked numbers, and what the list of reveals says of whom they were. */
import { expect, test } from 'vitest';
import type { HistoryLine } from '#domain/fold.ts';
import { maskedPhone } from '#lib/privacy/masked-phone.ts';
import { seesReveals } from '#lib/privacy/sees-reveals.ts';
import { historyEvents, noNames } from '#lib/ui/record-words.ts';
import { subjectWords } from '../../../src/routes/privacy/reveals/subjects.ts';
import { foundedWorld, household, people } from '../../support/tell.ts';

test.each([
	['13800001123', '138****1123'],
	['138 0000 1123', '138****1123'],
	['0371-6655', '037****55'],
	['12345', '****']
])('%s is shown as %s', (phone, masked) => {
	expect(maskedPhone(phone)).toBe(masked);
});

test.each(['phone', 'escalatedPhone', 'assignedPhone'])(
	'a number in a history is masked there too: %s',
	(field) => {
		const line = {
			...{ record: 'door', n: 2, entry: 'e', kind: 'household.corrected.v1', at: 0, receivedAt: 0 },
			...{ actor: { person: people.secretary, role: 'communitySecretary', org: 'o' } },
			...{ verdict: 'accepted', changes: [{ field, from: undefined, to: '13800001123' }] }
		} as unknown as HistoryLine;
		const [event] = historyEvents([line], { names: noNames, now: 0 });
		expect(event?.changes).toMatchObject([{ from: '', to: '138****1123' }]);
	}
);

test('whoever a look is told to may read that it happened', () => {
	const reading = ['communitySecretary', 'subdistrictOfficer', 'districtOfficer'] as const;
	expect(reading.filter(seesReveals)).toEqual(reading);
	expect(
		(['member', 'volunteer', 'communityWorker', 'admin'] as const).filter(seesReveals)
	).toEqual([]);
});

test('a door is named by its address; what is not held here has no name', () => {
	const world = foundedWorld();
	world.says(people.secretary, household('door'));
	expect(subjectWords(world.row('door'))).toBe('梧桐里小区 3栋2单元501');
	expect(subjectWords(undefined)).toBeUndefined();
});
