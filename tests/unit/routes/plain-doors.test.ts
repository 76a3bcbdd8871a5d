/** 3栋 and 3 are one building: in both forms, in the register as it stands, and in words. */
import { expect, test } from 'vitest';
import { plainPart } from '#domain/door-parts.ts';
import { gridOf, gridProblems } from '#domain/grids.ts';
import { RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { buildingWords } from '#lib/homes/building-words.ts';
import { estatesOf } from '#lib/homes/buildings.ts';
import { rangeWords } from '#lib/homes/grid-words.ts';
import {
	correctedHome,
	homeErrors,
	homeFields,
	registeredHome,
	sameAddress
} from '#lib/homes/home-form.ts';
import { doorWords } from '#lib/ui/demand-words.ts';
import { freshHousehold, householdSaid } from '../../../src/routes/households/new/new-household.ts';
import { nearDoors } from '../../../src/routes/residents/merging.ts';
import { splitErrors, splitSaid } from '../../../src/routes/residents/splitting.ts';
import { foundedWorld, household, people } from '../../support/tell.ts';

const ESTATE = '梧桐里小区';
const spoken = { estate: ` ${ESTATE}`, building: '3栋', unit: '２单元', room: '502 室' };
const plain = { estate: ESTATE, building: '3', unit: '2', room: '502' };
const record = RecordId.parse('new-1');

/** The register as it is, some of it written before forms made doors plain. */
function registered(doors: Readonly<Record<string, object>>) {
	const world = foundedWorld();
	const rows = Object.entries(doors).map(([name, door]) => {
		const said = household(name);
		world.says(people.secretary, { ...said, body: { ...said.body, ...door } });
		return world.row<HouseholdRow>(name);
	});
	const seen = rows.map((row) => ({ row, pending: false, stage: 'folded' as const, gap: null }));
	return { rows, seen };
}

test('a door is said plain at the desk and in the field, and the one that is there is found', () => {
	const desk = { ...homeFields(), ...spoken };
	const field = { ...freshHousehold(record, []), ...spoken };
	expect(registeredHome(record, desk).body).toMatchObject(plain);
	expect(householdSaid(field).body).toMatchObject(plain);
	for (const written of [plain, { ...spoken, estate: ESTATE }]) {
		const { rows } = registered({ there: written });
		expect(sameAddress(desk, rows)?.record).toBe('there');
		expect(sameAddress({ ...field, room: '503' }, rows)).toBeUndefined();
	}
});

test.each([
	['3栋', '3'],
	['03栋', '3'],
	['0501', '501'],
	['0', '0'],
	['十二幢', '十二'],
	['A座', 'A'],
	['甲栋', '甲'],
	['1号楼栋', '1'],
	['502-乙室', '502-乙'],
	['地下室', '地下室'],
	['传达室', '传达室'],
	['商户', '商户'],
	['东区公寓', '东区公寓']
])('%s is kept as %s, and so when it is kept again', (written, kept) => {
	expect(plainPart(written)).toBe(kept);
	expect(plainPart(kept)).toBe(kept);
});

test('the words behind a number do not make a part too long', () => {
	const form = { ...homeFields(), ...spoken, room: '1234567890室' };
	expect(homeErrors(form, { isNew: true })).toEqual([]);
});

test('a correction makes a door plain, and does not touch one that only was written otherwise', () => {
	const { rows } = registered({ there: { ...spoken, estate: ESTATE } });
	const [row] = rows;
	if (row === undefined) throw new Error('test: no door');
	const base = homeFields(row);
	const begun = { base, seen: row.n };
	expect(correctedHome(row, { ...base, reason: '核对' }, begun)).toBeNull();
	const moved = { ...base, building: '三号楼', room: '503室', reason: '写错了' };
	expect(correctedHome(row, moved, begun)?.body).toEqual({ room: '503', reason: '写错了' });
});

test('the second family behind a door gets a plain one too, which is another', () => {
	const { rows } = registered({ there: plain });
	const [row] = rows;
	if (row === undefined) throw new Error('test: no door');
	const form = { room: '502室', head: '', people: [] };
	expect(splitErrors(row, form).map(({ field }) => field)).toEqual(['room']);
	const [said] = splitSaid(row, record, { ...form, room: '502-乙室' }, []);
	expect(said?.body).toMatchObject({ ...plain, room: '502-乙' });
});

test('doors of one building stand in it together, however they were written', () => {
	const { rows, seen } = registered({
		later: { ...plain, room: '1001' },
		spoken: { ...spoken, estate: ESTATE },
		first: { ...plain, room: '101' },
		other: { ...plain, building: '10' }
	});
	const [estate] = estatesOf(seen);
	const [third] = estate?.buildings ?? [];
	expect(estate?.buildings.map(({ building }) => building)).toEqual(['3', '10']);
	expect(third?.units.map(({ unit, doors }) => [unit, doors.map(({ row }) => row.record)])).toEqual(
		[['2', ['first', 'spoken', 'later']]]
	);
	const asked = rows.find((row) => row.record === 'spoken');
	const same = { ...plain, record } as HouseholdRow;
	expect(asked && nearDoors(same, rows)[0]?.record).toBe('spoken');
});

test('a grid has a building under either name, and no second one has it', () => {
	const named = (no: string, building: string) => ({
		no,
		ranges: [{ estate: ESTATE, buildings: [building] }]
	});
	expect(gridOf([named('01', '3')], { estate: ESTATE, building: '3栋' })?.no).toBe('01');
	expect(gridOf([named('01', '3栋')], { estate: ESTATE, building: '3' })?.no).toBe('01');
	expect(gridProblems([named('01', '3栋'), named('02', '3')])).toHaveLength(1);
});

test.each([
	[plain, `${ESTATE} 3栋2单元502`],
	[{ ...spoken, estate: ESTATE }, `${ESTATE} 3栋2单元502`],
	[{ estate: ESTATE, building: 'A座', unit: '', room: '7' }, `${ESTATE} A栋7`],
	[{ estate: ESTATE, building: '东', unit: '十一', room: '7' }, `${ESTATE} 东栋十一单元7`],
	[{ estate: ESTATE, building: '东区公寓', unit: '后院', room: '7' }, `${ESTATE} 东区公寓后院7`]
])('%j is called %s', (door, words) => {
	expect(doorWords(door)).toBe(words);
});

test('a building of a list is called as it is alone', () => {
	expect(buildingWords('3栋')).toBe('3栋');
	expect(rangeWords({ estate: ESTATE, buildings: ['1', '2栋', '3', '东区公寓'] })).toBe(
		`${ESTATE} 1–3栋、东区公寓`
	);
});
