/** 登记诉求 and 当场办结: what the form says is what the judge takes. */
import { expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import {
	emptyRegistering,
	registeringErrors,
	registeringSays,
	type Registering
} from '../../../src/routes/register/registering.ts';
import { foundedWorld, household, people } from '../../support/tell.ts';

const filled: Registering = {
	...emptyRegistering,
	title: ' 路灯不亮 ',
	description: '东门路灯坏了三天',
	place: '东门',
	requester: '陈桂香'
};

function said(form: Registering) {
	const world = foundedWorld();
	world.says(people.secretary, household('h-1'));
	const as = {
		record: RecordId.parse('d-1'),
		person: people.worker,
		draftNo: 'T1-0007',
		now: world.now
	};
	for (const saying of registeringSays(form, as))
		expect(world.says(people.worker, saying).verdict).toBe('accepted');
	return world.row<DemandRow>('d-1');
}

test('registering says one entry, without the fields that were left empty', () => {
	const row = said(filled);
	expect(row).toMatchObject({
		state: 'registered',
		title: '路灯不亮',
		place: '东门',
		draftNo: 'T1-0007',
		channel: 'walkIn'
	});
	for (const field of ['phone', 'household', 'category', 'sourceNo', 'raisedAt'])
		expect(row).not.toHaveProperty(field);
});

test('handled on the spot is registered, accepted and handled in one commit', () => {
	const row = said({ ...filled, how: 'onSpot', outcome: 'solved', reply: '已换灯泡 ' });
	expect(row).toMatchObject({
		state: 'handled',
		category: 'lighting',
		assignee: people.worker,
		reply: '已换灯泡'
	});
	expect(row.steps.map(({ state }) => state)).toEqual(['registered', 'accepted', 'handled']);
});

test('an order from outside keeps its number and the day it was raised', () => {
	const outside = { sourceNo: ' 12345-88 ', raisedOn: '2026-11-20' };
	const row = said({ ...filled, channel: 'hotline', ...outside });
	expect(row).toMatchObject({
		sourceNo: '12345-88',
		raisedAt: Date.parse('2026-11-20T00:00:00+08:00')
	});
	expect(said({ ...filled, ...outside })).not.toHaveProperty('sourceNo');
});

test('what must be mended is said by field', () => {
	const { now } = foundedWorld();
	const fields = (form: Partial<Registering>) =>
		registeringErrors({ ...filled, ...form }, now).map(({ field }) => field);
	expect(registeringErrors(filled, now)).toEqual([]);
	expect(fields({ title: ' ', description: '' })).toEqual(['title', 'description']);
	expect(fields({ place: '' })).toEqual(['place']);
	expect(fields({ place: '', household: RecordId.parse('h-1') })).toEqual([]);
	expect(fields({ place: '', type: 'consult' })).toEqual([]);
	expect(fields({ how: 'onSpot' })).toEqual(['outcome', 'reply']);
	expect(fields({ raisedOn: '2026-11-25' })).toEqual(['raisedOn']);
	expect(fields({ title: '长'.repeat(201) })).toEqual(['title']);
});
