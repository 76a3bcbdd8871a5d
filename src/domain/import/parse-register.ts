/**
 * Reads a register of households and residents of any shape: one row a person or one row a household, cells
 * merged or written once for several rows. An identity number only tells birth and sex, and is not kept.
 */
import type { Address } from '../door-parts.ts';
import type { Group, Tenure } from '../kinds/household.ts';
import type { PoliticalStatus, Relation, Sex } from '../kinds/resident.ts';
import type { ResidentDetails } from '../kinds/resident-details.ts';
import type { CareTier } from '../settings.ts';
import { findHeader, type Header } from './find-header.ts';
import { parseDetails } from './parse-details.ts';
import { isSeveralNames, plainName } from './plain-name.ts';
import type { ImportNote, ImportProblem, RowProblem } from './problem.ts';
import { registerDoors } from './register-doors.ts';
import {
	politicsWords,
	registerColumns,
	relationWords,
	sexWords,
	tenureWords,
	tierWords,
	type RegisterField
} from './register-lexicon.ts';
import {
	fromIdNumber,
	isPhoneLost,
	meaningOf,
	meansNothing,
	parseBirth,
	parseGroups,
	parsePhone
} from './register-values.ts';
import { cellText, isAcross, type Sheet, type SheetRow } from './sheet.ts';
import { rowsOfPages, type PageColumns, type PageRow } from './table-pages.ts';

export interface ImportedPerson extends ResidentDetails {
	readonly row: number;
	readonly name: string;
	readonly relation?: Relation;
	readonly sex?: Sex;
	readonly birth?: string;
	readonly phone?: string;
	readonly politics?: PoliticalStatus;
	readonly groups: readonly Group[];
}

export interface ImportedHome extends Address {
	readonly row: number;
	readonly householdNo?: string;
	readonly head?: string;
	readonly headBorn?: number;
	readonly phone?: string;
	readonly size?: number;
	readonly tenure?: Tenure;
	readonly tier?: CareTier;
	readonly groups: readonly Group[];
	/** 网格 by number or name, as the sheet has it. */
	readonly grid?: string;
	/** 包联党员 by name, as the sheet has it. */
	readonly member?: string;
	readonly people: readonly ImportedPerson[];
}

export interface RegisterList {
	readonly homes: readonly ImportedHome[];
	readonly problems: readonly ImportProblem[];
	readonly notes: readonly ImportNote[];
	/** Rows below the header that hold anything. */
	readonly rowsIn: number;
	/** Null when no header was found. */
	readonly header: Header<RegisterField> | null;
}

const STEP = 200;
/** Columns in which a number alone is that of the doors below it. */
const placeFields = ['building', 'unit'] as const;
const pages: PageColumns<RegisterField> = {
	columns: registerColumns,
	groups: [
		['address', 'room'],
		['name', 'head']
	]
};

/** In steps, each saying the share done. `estate` is where doors stand of which the sheet does not say. */
export function* parsingRegister(sheet: Sheet, estate: string): Generator<number, RegisterList> {
	const header = findHeader(sheet, registerColumns);
	const whole = (code: 'no-header' | 'missing-column', value: string): RegisterList => ({
		homes: [],
		problems: [{ row: 0, code, value }],
		notes: [],
		rowsIn: 0,
		header
	});
	if (header === null) return whole('no-header', sheet.name);
	const { columns } = header;
	if (!columns.has('room') && !columns.has('address')) return whole('missing-column', 'room');
	if (!columns.has('name') && !columns.has('head')) return whole('missing-column', 'name');
	const reader = readRows(sheet, columns.has('name'), estate);
	let rowsIn = 0;
	for (const of of rowsOfPages(sheet, header, pages)) {
		if (of.row % STEP === 0) yield of.row / sheet.rows.length;
		if (reader.standsAbove(of)) continue;
		rowsIn += 1;
		reader.take(of);
	}
	return { ...reader.end(), rowsIn, header };
}

/** One row under the reader's eyes. */
interface Reading {
	readonly row: number;
	cell(field: RegisterField): SheetRow[number] | undefined;
	/** Trimmed and made plain; empty where the cell says nothing. */
	text(field: RegisterField): string;
	note(code: ImportNote['code'], value: string): void;
}

interface Reader {
	/** Whether the row is a line that tells where those below it are. */
	standsAbove(of: PageRow<RegisterField>): boolean;
	take(of: PageRow<RegisterField>): void;
	end(): Pick<RegisterList, 'homes' | 'problems' | 'notes'>;
}

function readRows(sheet: Sheet, listsPeople: boolean, estate: string): Reader {
	const homes = new Map<string, ImportedHome>();
	const problems: ImportProblem[] = [];
	const notes: ImportNote[] = [];
	const nameField = listsPeople ? 'name' : 'head';
	const doors = registerDoors(estate);

	function take(of: PageRow<RegisterField>): void {
		const { row, line } = of;
		const reading = readingOf(of);
		const refuse = (code: RowProblem, value: string): void => {
			problems.push({ row, code, value });
		};
		if (line !== null && isAcross(sheet, row - 1, line.column)) {
			doors.leave();
			return refuse('line-across', line.text);
		}
		const door = doors.doorOf(reading.text);
		if (door === null) return refuse('blank-door', reading.text('address'));
		if (door.estate.length > 40 || [door.building, door.unit, door.room].some(isLong))
			return refuse('door-too-long', Object.values(door).join(' '));
		if (door.estate === '') return refuse('blank-estate', '');
		const written = reading.text(nameField);
		if (isSeveralNames(written)) return refuse('several-names', written);
		const name = plainName(written);
		if (name === '' && listsPeople) return refuse('blank-person', '');
		if (name.length > 40) return refuse('too-long', nameField);
		const phone = reading.text('phone');
		if (isPhoneLost(phone)) return refuse('phone-lost', phone);
		const key = JSON.stringify(door);
		const before = homes.get(key);
		if (!listsPeople && before !== undefined) return refuse('duplicate-door', name || door.room);
		const home = before ?? { ...door, row, groups: [], people: [] };
		const told = withHome(home, reading);
		const person = personOf(name, reading);
		if (!listsPeople) {
			homes.set(key, withHead(told, person));
			return;
		}
		if (home.people.some((other) => other.name === name && mayBeOne(other.birth, person.birth)))
			return refuse('duplicate-person', name);
		homes.set(key, withPerson(told, person, reading));
	}

	function readingOf({ row, cells, header }: PageRow<RegisterField>): Reading {
		const cell = (field: RegisterField) => cells[header.columns.get(field) ?? -1];
		return {
			row,
			cell,
			text(field) {
				const written = cellText(cell(field)).normalize('NFKC').trim();
				return meansNothing(written) ? '' : written;
			},
			note(code, value) {
				notes.push({ row, code, value });
			}
		};
	}

	return {
		take,
		standsAbove(of) {
			const { line, header } = of;
			if (line === null) return false;
			if (doors.standsAbove(line.text)) return true;
			const isPlace = placeFields.some((field) => header.columns.get(field) === line.column);
			if (!isPlace || !isNumber(line.text)) return false;
			doors.doorOf(readingOf(of).text);
			return true;
		},
		end: () => ({
			homes: [...homes.values()].map((home) => (listsPeople ? counted(home) : home)),
			problems,
			notes
		})
	};
}

function isNumber(part: string): boolean {
	return /^[\da-z]+$/i.test(part);
}

function isLong(part: string): boolean {
	return part.length > 10;
}

/** What the household's own columns add; the first row that says something counts. */
function withHome(home: ImportedHome, { text, note }: Reading): ImportedHome {
	const read = <T extends string>(
		field: RegisterField,
		words: readonly (readonly [string, T])[]
	) => {
		const written = text(field);
		const meaning = written === '' ? undefined : meaningOf(written, words);
		if (written !== '' && meaning === undefined) note('word-unread', written);
		return meaning;
	};
	const size = Number(/^\d{1,2}/.exec(text('size'))?.[0]);
	return {
		...home,
		...given('householdNo', home.householdNo ?? text('householdNo').slice(0, 40)),
		...given('head', home.head ?? plainName(text('head'))),
		...given('grid', home.grid ?? text('grid').slice(0, 20).trim()),
		...given('member', home.member ?? plainName(text('member'))),
		...given('tier', home.tier ?? read('tier', tierWords)),
		...given('tenure', home.tenure ?? read('tenure', tenureWords)),
		...(size >= 0 && size <= 30 ? { size: home.size ?? size } : {})
	};
}

function personOf(name: string, { row, cell, text, note }: Reading): ImportedPerson {
	const told = fromIdNumber(cell('idNumber'));
	const birth = text('birth') === '' ? null : parseBirth(cell('birth'));
	if (text('birth') !== '' && birth === null) note('birth-unread', text('birth'));
	const phone = text('phone') === '' ? null : parsePhone(text('phone'));
	if (text('phone') !== '' && phone === null) note('phone-unread', text('phone'));
	const { groups, unknown } = parseGroups(text('groups'));
	for (const word of unknown) note('word-unread', word);
	const sex = meaningOf(text('sex'), sexWords) ?? told.sex;
	if (text('idNumber') !== '' && sex === undefined) note('id-unread', '');
	return {
		row,
		name,
		...given('relation', meaningOf(text('relation'), relationWords)),
		...given('sex', sex),
		...given('birth', (told.sex === undefined ? (birth ?? told.birth) : told.birth) ?? ''),
		...given('phone', phone ?? ''),
		...given('politics', meaningOf(text('politics'), politicsWords)),
		groups,
		...parseDetails(text, (word) => note('word-unread', word))
	};
}

function withPerson(home: ImportedHome, person: ImportedPerson, { note }: Reading): ImportedHome {
	const hasHead = home.people.some(({ relation }) => relation === 'head');
	const isNamedHead = home.head === person.name && person.relation === undefined;
	const isHead = person.relation === 'head' || isNamedHead;
	if (isHead && hasHead) note('several-heads', person.name);
	const other = isHead ? { ...person, relation: 'other' as const } : person;
	const placed = isHead && !hasHead ? { ...person, relation: 'head' as const } : other;
	const next = { ...home, people: [...home.people, placed] };
	if (placed.relation === 'head') return withHead(next, placed);
	return { ...next, groups: union(home.groups, placed.groups) };
}

/** A birth that is known on one side only tells nobody apart; a year tells enough. */
export function mayBeOne(birth: string | undefined, other: string | undefined): boolean {
	return birth === undefined || other === undefined || birth.slice(0, 4) === other.slice(0, 4);
}

/** The household is called by its head, and reached by the head's phone. */
function withHead(home: ImportedHome, head: ImportedPerson): ImportedHome {
	const { name, birth, phone, groups } = head;
	return {
		...home,
		...given('head', name),
		...(birth === undefined ? {} : { headBorn: Number(birth.slice(0, 4)) }),
		...given('phone', phone),
		groups: union(home.groups, groups)
	};
}

function counted(home: ImportedHome): ImportedHome {
	return home.size === undefined ? { ...home, size: Math.min(30, home.people.length) } : home;
}

function union(a: readonly Group[], b: readonly Group[]): readonly Group[] {
	return [...new Set([...a, ...b])];
}

/** A field only where there is something in it. */
function given<K extends string, V extends string>(
	field: K,
	value: V | undefined
): Readonly<Partial<Record<K, V>>> {
	const filled = value === undefined || value === '' ? {} : { [field]: value };
	// At most one key, of the name that was handed in.
	return filled as Partial<Record<K, V>>;
}
