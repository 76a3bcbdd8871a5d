/** Which settings a moment was given by stays written beside it. */
import { expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import { SETTINGS_RECORD } from '#domain/settings.ts';
import {
	accepted,
	DAY,
	demand,
	DISTRICT,
	foundedWorld,
	MORNING,
	people
} from '../../support/tell.ts';

function changed(values: object) {
	const body = { from: '2026-11-24', values, reason: '区委要求' };
	return { kind: 'settings.changed.v1', record: SETTINGS_RECORD, org: DISTRICT, body };
}

test('[J7] what was given names the settings it was given by; a term from outside names none', () => {
	const world = foundedWorld();
	const given = () => world.told.get(RecordId.parse('d-1'))?.at(-1)?.head.given;

	world.says(people.member, demand('d-1'));
	expect(given()).not.toHaveProperty('settings');
	world.says(people.district, changed({ lateDays: 20 }));
	world.says(people.district, changed({ lateDays: 21 }));
	world.says(people.secretary, accepted('d-1'));
	expect(given()?.settings).toBe(2);
	world.says(people.member, demand('d-2'));
	world.says(people.secretary, accepted('d-2', { resolveDueAt: MORNING + 9 * DAY }));
	const [registered, ordered] = world.told.get(RecordId.parse('d-2')) ?? [];
	expect(registered?.head.given.settings).toBe(2);
	expect(ordered?.head.given).not.toHaveProperty('settings');
});
