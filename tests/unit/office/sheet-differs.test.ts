/** A register imported once more: what it tells otherwise of who is here is listed, and corrected only if asked. */
import { expect, test } from 'vitest';
import type { ImportedHome } from '#domain/import/parse-register.ts';
import { isHousehold, type HouseholdRow } from '#domain/kinds/household.ts';
import { isResident, type ResidentRow } from '#domain/kinds/resident.ts';
import { correctionsOf, planRegister } from '#lib/homes/register-import.ts';
import { differingLine } from '../../../src/routes/residents/import/differing-words.ts';
import { COMMUNITY, foundedWorld, household, MORNING, people } from '../../support/tell.ts';

const speaking = { names: new Map<string, string>(), now: MORNING };

/** A door with its head and a son, as the register has them, and what a sheet would do to it. */
function register() {
	const world = foundedWorld();
	const says = (kind: string, record: string, body: Record<string, unknown>) =>
		expect(world.says(people.secretary, { kind, record, body }).verdict, kind).toBe('accepted');
	const said = household('door');
	says(said.kind, 'door', {
		...said.body,
		head: '陈桂香',
		phone: '13800001123',
		size: 2,
		groups: ['livingAlone']
	});
	says('resident.registered.v1', 'head', {
		household: 'door',
		name: '陈桂香',
		relationToHead: 'head',
		birthDate: '1944-03-05'
	});
	says('resident.registered.v1', 'son', { household: 'door', name: '陈小明', skills: ['理发'] });
	const rows = () => [...world.rows.values()];
	const plan = (sheet: readonly ImportedHome[]) =>
		planRegister(sheet, {
			realm: 'realm-of-tests',
			org: COMMUNITY,
			doors: rows().filter(isHousehold),
			people: rows().filter(isResident),
			members: [],
			grids: []
		});
	return { world, says, plan };
}

function sheet(part: Partial<ImportedHome> = {}, [head = {}, son = {}]: object[] = []) {
	const home: ImportedHome = {
		row: 2,
		estate: '梧桐里小区',
		building: '3',
		unit: '2',
		room: '501',
		groups: [],
		people: [
			{ row: 2, name: '陈桂香', birth: '1944', groups: [], ...head },
			{ row: 3, name: '陈小明', groups: [], ...son }
		],
		...part
	};
	return [home];
}

test('what the sheet leaves out, writes less exactly or only counts differs in nothing', async () => {
	const { plan } = register();
	expect((await plan(sheet())).differing).toEqual([]);
	const same = { head: '陈桂香', phone: '138-0000-1123', groups: ['livingAlone' as const] };
	expect((await plan(sheet(same))).differing).toEqual([]);
	const counted = sheet({ size: 1, people: [] }).map((home) => ({
		...home,
		people: [{ row: 2, name: '陈桂香', birth: '1944', groups: [] }]
	}));
	expect((await plan(counted)).differing).toEqual([]);
});

test('a corrected sheet says what it corrects, person by person, and then nothing any more', async () => {
	const { world, says, plan } = register();
	const corrected = sheet(
		{ head: '陈小明', phone: '13900001124', tier: 'key', size: 5, groups: ['lowIncome'] },
		[{ birth: '1944-03-05' }, { relation: 'child', skills: ['理发', '修家电'] }]
	);
	const { entries, here, differing } = await plan(corrected);
	expect([entries, here]).toEqual([[], { homes: 1, people: 2 }]);
	expect(differing.map((one) => differingLine(one, speaking))).toEqual([
		'梧桐里小区 3栋2单元501 陈桂香：户主由“陈桂香”改为“陈小明”，分级由“一般户”改为“重点户”，常住几口人由“2 人”改为“5 人”，电话由“138****1123”改为“139****1124”，人群由“独居”改为“低保”',
		'梧桐里小区 3栋2单元501 陈小明：与户主关系由“空”改为“子女”，特长由“理发”改为“理发、修家电”'
	]);
	for (const { kind, record, body } of correctionsOf(differing, '按表更新'))
		says(kind, record, { ...body });
	expect(world.row<HouseholdRow>('door')).toMatchObject({
		head: '陈小明',
		phone: '13900001124',
		tier: 'key',
		size: 5,
		groups: ['lowIncome']
	});
	expect(world.row<ResidentRow>('son')).toMatchObject({ relationToHead: 'child' });
	expect((await plan(corrected)).differing).toEqual([]);
});

test('[E4] what was corrected after the sheet was compared is told beside it, and not lost unseen', async () => {
	const { world, plan } = register();
	const { differing } = await plan(sheet({ phone: '13900001124' }));
	world.says(people.worker, {
		kind: 'household.corrected.v1',
		record: 'door',
		body: { phone: '13700001125', reason: '换号了' }
	});
	for (const { kind, record, body, seen } of correctionsOf(differing, '按表更新'))
		world.says(people.secretary, { kind, record, body: { ...body }, rev: seen });
	expect(world.row<HouseholdRow>('door')).toMatchObject({
		phone: '13900001124',
		conflicts: [{ field: 'phone', other: '13700001125' }]
	});
});

test('who has left the household, was merged or moved out of the register is left as they are', async () => {
	const { says, plan } = register();
	says('resident.left.v1', 'son', { why: 'married' });
	expect((await plan(sheet({}, [{}, { relation: 'child' }]))).differing).toEqual([]);
	const other = household('other');
	says(other.kind, 'other', { ...other.body, room: '502', head: '单国强' });
	says('household.merged.v1', 'other', { into: 'door' });
	expect((await plan(sheet({ room: '502', head: '单国强', people: [] }))).differing).toEqual([]);
	says('household.moved-out.v1', 'door', { reason: '搬走了' });
	expect((await plan(sheet({ head: '陈桂香', tier: 'high' }))).differing).toEqual([]);
});
