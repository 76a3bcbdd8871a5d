/** What a device knows of its doors: visits and matters of a door that was merged are known of the one that stands. */
import { expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { defaultSettings } from '#domain/settings.ts';
import type { App } from '#lib/app.ts';
import { dueList } from '#lib/field/due-list.ts';
import { doorsInCare, lastVisits, toldOfDoors } from '#lib/field/known-doors.ts';
import { columnsOf } from '#lib/rows/columns.ts';
import { openVisit } from '../../../src/routes/visit/new/opening.ts';
import {
	DAY,
	demand,
	foundedWorld,
	household,
	MORNING,
	people,
	visit
} from '../../support/tell.ts';
import { makePhone } from './phone.ts';

const kept = RecordId.parse('kept');

/** A register with the visits told of it, as a tablet holds it. */
async function tablet() {
	const world = foundedWorld();
	const phone = await makePhone({ person: people.member });
	const says = (...said: readonly Parameters<typeof world.says>[1][]) => {
		for (const each of said) {
			const by = each.kind.startsWith('household') ? people.secretary : people.member;
			expect(world.says(by, each).verdict, each.kind).toBe('accepted');
		}
	};
	const knows = async () => {
		for (const row of world.rows.values())
			await phone.rows.rows.put({ ...columnsOf(row), history: '[]', ledgers: ['own'] });
		return phone.ask;
	};
	return { world, phone, says, knows };
}

const merges = (record: string, into: string) => ({
	kind: 'household.merged.v1',
	record,
	body: { into }
});

/** Visited ten days ago, merged, and merged once more; a matter raised there is still open. */
async function twiceMerged() {
	const on = await tablet();
	on.says(
		...['kept', 'between', 'told', 'other'].map((record) => household(record)),
		visit('v-told', 'told', { startedAt: MORNING - 10 * DAY }),
		demand('open', { household: 'told' }),
		merges('told', 'between'),
		merges('between', 'kept')
	);
	return on;
}

test('the round knows who was there before a door was merged, and what is open there', async () => {
	const { phone, knows } = await twiceMerged();
	const rows = await knows();
	const households = await doorsInCare(rows, people.member)();
	const told = await toldOfDoors(
		rows,
		households.map(({ row }) => row.record)
	)();
	const lines = dueList({
		...told,
		households,
		rules: defaultSettings,
		whose: people.member,
		now: MORNING
	});
	expect(
		lines.map(({ household: { record }, group, known }) => [
			record,
			group,
			known.last?.record,
			known.open.map((row) => row.record)
		])
	).toEqual([
		['other', 'today', undefined, []],
		['kept', 'later', 'v-told', ['open']]
	]);
	await phone.close();
});

test('what goes with a merged door is whose the door is that stands', async () => {
	const { phone, says, knows } = await tablet();
	says(household('kept', people.secondMember), household('told'), merges('told', 'kept'));
	const rows = await knows();
	const of = async (person: typeof people.member) =>
		(await doorsInCare(rows, person)()).map(({ row }) => row.record).sort();
	expect(await of(people.member)).toEqual([]);
	expect(await of(people.secondMember)).toEqual(['kept', 'told']);
	await phone.close();
});

test('a visit form opens with what was told of every door of the household', async () => {
	const { phone, world, knows } = await twiceMerged();
	const rows = await knows();
	// What an opening asks of the app.
	const app = { rows, now: () => world.now, newRecord: () => RecordId.parse('new') } as App;
	const opening = await openVisit(app, new URLSearchParams({ household: kept }));
	expect(opening?.known?.last?.record).toBe('v-told');
	expect(opening?.known?.open.map((row) => row.record)).toEqual(['open']);
	await phone.close();
});

test('the last visit of a household is the last that found somebody, checked by the desk or not', async () => {
	const { phone, says, world, knows } = await twiceMerged();
	says(
		visit('v-older', 'kept', { startedAt: MORNING - 20 * DAY }),
		visit('v-away', 'kept', { startedAt: MORNING - DAY, outcome: 'notHome' })
	);
	const last = async () => (await lastVisits(await knows(), [kept])()).get(kept)?.record;
	expect(await last()).toBe('v-told');
	says(visit('v-met', 'kept', { startedAt: MORNING - 5 * DAY }));
	const reviewed = { kind: 'visit.reviewed.v1', record: 'v-met', body: {} };
	expect(world.says(people.secretary, reviewed).verdict).toBe('accepted');
	expect(world.row<VisitRow>('v-met').state).toBe('reviewed');
	expect(await last()).toBe('v-met');
	says({ kind: 'visit.voided.v1', record: 'v-met', body: { reason: '记错了户' } });
	expect(await last()).toBe('v-told');
	await phone.close();
});
