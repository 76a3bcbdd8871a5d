/**
 * Reads a roster of any shape: title rows, merged cells, phones as numbers, blanks inside names. Good rows are
 * kept; every other row is reported with its number, and what had to be guessed is said too.
 */
import { cardLimits } from '../kinds/person.ts';
import type { Role } from '../people.ts';
import { ServiceCategory } from '../service-categories.ts';
import { findHeader, type Header } from './find-header.ts';
import { isSeveralNames, plainName } from './plain-name.ts';
import type { ImportProblem, RowProblem } from './problem.ts';
import {
	branchLine,
	categoryNames,
	noWords,
	probationaryWords,
	rosterColumns,
	rosterRoles,
	yesWords,
	type RosterField
} from './roster-lexicon.ts';
import { cellText, isAcross, type Sheet } from './sheet.ts';
import { rowsOfPages, type PageColumns, type PageRow } from './table-pages.ts';
import { unrounded } from './unrounded.ts';

/** One row as it may be registered; `row` counts from 1 as Excel does. */
export interface ListedPerson {
	readonly row: number;
	readonly name: string;
	readonly phone: string;
	readonly branch: string;
	/** Code or name of an organisation, as written; empty: the one that imports. */
	readonly place: string;
	/** Null where the table says nothing of it. */
	readonly role: Exclude<Role, 'setUp' | 'clock'> | null;
	readonly occupation: string;
	readonly skills: readonly string[];
	readonly categories: readonly ServiceCategory[];
	readonly availability: string;
	readonly isLeadingCadre: boolean;
}

export interface RosterList {
	readonly people: readonly ListedPerson[];
	/** Rows left out, and what is wrong with the table itself (row 0). */
	readonly problems: readonly ImportProblem[];
	/** Rows taken although something in them was not understood. */
	readonly notes: readonly ImportProblem[];
	readonly rowsIn: number;
	readonly header: Header<RosterField> | null;
}

const STEP = 200;
const pages: PageColumns<RosterField> = { columns: rosterColumns, groups: [['personName']] };
const SEVERAL = /[、，,;；/\n\r\t|]+/;

export function parseRoster(sheet: Sheet): RosterList {
	const steps = parsingRoster(sheet);
	for (;;) {
		const { done, value } = steps.next();
		if (done === true) return value;
	}
}

/** The same in steps, each saying the share done. */
export function* parsingRoster(sheet: Sheet): Generator<number, RosterList> {
	const header = findHeader(sheet, rosterColumns);
	if (header === null) {
		const problem: ImportProblem = { row: 0, code: 'no-header', value: sheet.name };
		return { people: [], problems: [problem], notes: [], rowsIn: 0, header };
	}
	const missing = header.missing.map((value): ImportProblem => ({
		row: 0,
		code: 'missing-column',
		value
	}));
	const reads: RowRead[] = [];
	let rowsIn = 0;
	let branch = '';
	for (const of of rowsOfPages(sheet, header, pages)) {
		const { row, line } = of;
		if (row % STEP === 0) yield row / sheet.rows.length;
		const [, above] = branchLine.exec(line?.text ?? '') ?? [];
		branch = above ?? branch;
		if (above !== undefined) continue;
		rowsIn += 1;
		if (missing.length > 0) continue;
		const isLine = line !== null && isAcross(sheet, row - 1, line.column);
		reads.push(
			isLine ? leftOut({ row, code: 'line-across', value: line.text }) : readRow(of, branch)
		);
	}
	const { problems, ...taken } = takenOnce(reads);
	return { ...taken, problems: [...missing, ...problems], rowsIn, header };
}

interface RowRead {
	/** Null where the row is left out. */
	readonly person: ListedPerson | null;
	readonly problems: readonly ImportProblem[];
	readonly notes: readonly ImportProblem[];
}

function leftOut(problem: ImportProblem): RowRead {
	return { person: null, problems: [problem], notes: [] };
}

/** `branch` is that of the line above, where the row itself names none. */
function readRow({ row, cells, header }: PageRow<RosterField>, branch: string): RowRead {
	const text = (field: RosterField): string => {
		const column = header.columns.get(field);
		return column === undefined ? '' : cellText(cells[column]).normalize('NFKC').trim();
	};
	const problems: ImportProblem[] = [];
	const notes: ImportProblem[] = [];
	const report = (code: RowProblem, value: string): void => {
		problems.push({ row, code, value });
	};
	const name = plainName(text('personName'));
	if (name === '') report('blank-person', '');
	if (isSeveralNames(text('personName'))) report('several-names', text('personName'));
	const phone = readPhone(text('mobile'));
	if ('problem' in phone) report(phone.problem, text('mobile'));
	const found = readRole({ role: text('role'), post: text('post'), politics: text('politics') });
	if ('unknown' in found) report('unknown-role', found.unknown);
	else if (found.note !== null) notes.push({ row, ...found.note });
	const skills = several(text('skills'));
	const texts = {
		branch: text('branch') || branch,
		occupation: text('occupation') || text('post'),
		availability: text('availability')
	};
	if (name.length > cardLimits.name) report('too-long', 'personName');
	for (const field of ['branch', 'occupation', 'availability'] as const)
		if (texts[field].length > cardLimits[field]) report('too-long', field);
	const isTooMuch =
		skills.length > cardLimits.skills || skills.some((skill) => skill.length > cardLimits.skill);
	if (isTooMuch) report('too-long', 'skills');
	const wanted = several(text('categories')).map((words) => ({ words, is: categoryOf(words) }));
	for (const { words, is } of wanted)
		if (is === null) notes.push({ row, code: 'unknown-category', value: words });
	const cadre = text('isLeadingCadre').toLowerCase();
	const isCadre = yesWords.includes(cadre);
	if (!isCadre && !noWords.includes(cadre))
		notes.push({ row, code: 'unknown-answer', value: text('isLeadingCadre') });
	if (problems.length > 0 || 'unknown' in found || 'problem' in phone)
		return { person: null, problems, notes: [] };
	const person: ListedPerson = {
		row,
		name,
		phone: phone.digits,
		place: text('place'),
		role: found.role,
		skills,
		categories: [...new Set(wanted.map(({ is }) => is ?? 'other'))].sort(),
		isLeadingCadre: isCadre,
		...texts
	};
	return { person, problems, notes };
}

/** Each person once; who has a phone in one row and none in another is taken with the phone. */
function takenOnce(reads: readonly RowRead[]): Pick<RosterList, 'people' | 'problems' | 'notes'> {
	const people: ListedPerson[] = [];
	const problems: ImportProblem[] = [];
	const notes: ImportProblem[] = [];
	const called = new Set(
		reads.flatMap(({ person }) => (person === null || person.phone === '' ? [] : [person.name]))
	);
	const seen = new Map<string, string>();
	for (const read of reads) {
		const twice = read.person === null ? null : readTwice(read.person, { called, seen });
		problems.push(...read.problems, ...(twice === null ? [] : [twice]));
		if (read.person === null || twice !== null) continue;
		people.push(read.person);
		notes.push(...read.notes);
	}
	return { people, problems, notes };
}

/** The same phone further up, or the same name without a phone where another row has one. */
function readTwice(
	{ row, name, phone }: ListedPerson,
	among: {
		/** Names that stand beside a phone. */
		readonly called: ReadonlySet<string>;
		readonly seen: Map<string, string>;
	}
): ImportProblem | null {
	if (phone === '' && among.called.has(name)) return { row, code: 'duplicate-person', value: name };
	const key = phone === '' ? `name ${name}` : `phone ${phone}`;
	const before = among.seen.get(key);
	among.seen.set(key, before ?? name);
	if (before === undefined) return null;
	const code = before === name ? 'duplicate-person' : 'phone-of-another';
	return { row, code, value: before };
}

/** Digits alone; a number that Excel cut short, or none at all, is a problem. */
function readPhone(
	text: string
): { readonly digits: string } | { readonly problem: 'phone-lost' | 'bad-phone' } {
	const compact = text.replace(/^'|\s/g, '');
	if (compact === '' || /^[/—-]+$/.test(compact)) return { digits: '' };
	const whole = unrounded(compact);
	if (whole === null) return { problem: 'phone-lost' };
	const [first = ''] = whole.split(SEVERAL);
	const digits = first
		.replace(/\.0+$/, '')
		.replace(/\D/g, '')
		.replace(/^(00)?86(?=1\d{10}$)/, '');
	const isOnlyNumber = /^[+\d().-]+$/.test(first);
	const isWhole =
		/^1\d{10}$/.test(digits) || /^0\d{9,11}$/.test(digits) || /^\d{7,8}$/.test(digits);
	return isOnlyNumber && isWhole ? { digits } : { problem: 'bad-phone' };
}

type RoleRead =
	| {
			/** Null where nothing is written. */
			readonly role: ListedPerson['role'];
			readonly note: Pick<ImportProblem, 'code' | 'value'> | null;
	  }
	/** The word that is not understood. */
	| { readonly unknown: string };

/**
 * 岗位 and its like say it best, then 职务 where it names a role. 政治面貌 everybody has: it decides where nothing
 * else does, and says so where another word was passed over.
 */
function readRole(written: Readonly<Record<'role' | 'post' | 'politics', string>>): RoleRead {
	const named = roleOf(written.role);
	if (named) return { role: named, note: probationary(written.role) };
	const byPost = written.role === '' ? roleOf(written.post) : undefined;
	if (byPost) return { role: byPost, note: null };
	const byPolitics = roleOf(written.politics);
	if (byPolitics && written.role !== '')
		return { role: byPolitics, note: { code: 'role-by-politics', value: written.role } };
	if (byPolitics) return { role: byPolitics, note: probationary(written.politics) };
	if (named === undefined) return { unknown: written.role };
	return byPolitics === undefined ? { unknown: written.politics } : { role: null, note: null };
}

function probationary(text: string): Pick<ImportProblem, 'code' | 'value'> | null {
	const value = plainRole(text);
	return probationaryWords.includes(value) ? { code: 'probationary-member', value } : null;
}

/** Null where nothing is written, undefined where it is not understood. */
function roleOf(text: string): ListedPerson['role'] | undefined {
	if (text === '') return null;
	const plain = plainRole(text);
	for (const [role, words] of Object.entries(rosterRoles))
		// The table's keys are the roles.
		if (words.includes(plain)) return role as NonNullable<ListedPerson['role']>;
	return undefined;
}

/** Without blanks and what stands in brackets. */
function plainRole(text: string): string {
	return text
		.toLowerCase()
		.replace(/\s/g, '')
		.replace(/[(].*?[)]/g, '');
}

function categoryOf(words: string): ServiceCategory | null {
	const plain = words.replace(/^\d+[.、]?/, '');
	return (
		ServiceCategory.options.find((category) => categoryNames[category].includes(plain)) ?? null
	);
}

function several(text: string): readonly string[] {
	const parts = text
		.split(SEVERAL)
		.flatMap((part) => part.trim().split(/\s{2,}| /))
		.filter((part) => part !== '' && !noWords.includes(part));
	return [...new Set(parts)];
}
