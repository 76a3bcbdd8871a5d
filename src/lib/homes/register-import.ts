/**
 * Importing a register: an address names one lived-in door and a name in it one person, so the same row never
 * doubles, an import stopped half-way goes on where it was, and one press undoes it by compensating entries (F5).
 */
import { isSameDoor } from '#domain/door-parts.ts';
import { gridsRecord, type Grid } from '#domain/grids.ts';
import { mayBeOne, type ImportedHome, type ImportedPerson } from '#domain/import/parse-register.ts';
import { plainName } from '#domain/import/plain-name.ts';
import type { ImportNote } from '#domain/import/problem.ts';
import type { OrgId, PersonId, RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { ResidentRow } from '#domain/kinds/resident.ts';
import { groupBy } from '#lib/group-by.ts';
import { inCommits, type Ended, type Saying, type Telling } from '#lib/office/in-commits.ts';
import { recordOfSource } from '#lib/office/source-record.ts';
import type { RowQueries } from '#lib/rows/queries.ts';
import { gridsFrom } from './grids.ts';
import { isKept, meantDoors } from './meant-doors.ts';
import type { Member } from './members.ts';
import { homeChanges, personChanges, type Changes } from './sheet-differs.ts';

/** One entry the import will say, and the row of the sheet it comes from. */
export interface PlannedEntry {
	readonly family: 'household' | 'resident' | 'grids';
	readonly record: RecordId;
	readonly kind: string;
	readonly body: Readonly<Record<string, unknown>>;
	/** [E4] The ordinal that the desk was shown, where something is corrected. */
	readonly seen?: number;
}

export interface RegisterPlan {
	/** Doors before the people behind them; the table of grids, where the sheet adds to it, last. */
	readonly entries: readonly PlannedEntry[];
	readonly fresh: { readonly homes: number; readonly people: number };
	/** Buildings that the sheet puts into a grid. */
	readonly placed: number;
	/** In the register already; nothing of it is changed unless the desk says so. */
	readonly here: { readonly homes: number; readonly people: number };
	/** Those of them of whom the sheet tells otherwise. */
	readonly differing: readonly Differing[];
	readonly notes: readonly ImportNote[];
}

export interface Differing {
	/** In the sheet. */
	readonly row: number;
	readonly home: HouseholdRow;
	/** Absent where it is the household itself that differs. */
	readonly person?: ResidentRow;
	/** What a correction would say. */
	readonly changes: Changes;
}

export interface Known {
	readonly realm: string;
	readonly org: OrgId;
	readonly doors: readonly HouseholdRow[];
	readonly people: readonly ResidentRow[];
	readonly members: readonly Member[];
	readonly grids: readonly Grid[];
}

/** What an import of these rows would do to the register as it is. */
export async function planRegister(
	homes: readonly ImportedHome[],
	known: Known
): Promise<RegisterPlan> {
	const meantBy = meantDoors({
		...known,
		recordOf: (key) => recordOf(known, 'household', key)
	});
	const people = groupBy(known.people.filter(isKept), (row) =>
		nameKey(row.household, plainName(row.name))
	);
	const members = uniqueByName(known.members);
	const plan = {
		entries: [] as PlannedEntry[],
		notes: [] as ImportNote[],
		differing: [] as Differing[]
	};
	const doors = new Map(known.doors.map((row) => [row.record, row]));
	const fresh = { homes: 0, people: 0 };
	const here = { homes: 0, people: 0 };
	for (const home of homes) {
		const { record, is } = await meantBy(home);
		if (is === 'fresh') {
			fresh.homes += 1;
			const member = home.member === undefined ? undefined : members.get(home.member);
			if (home.member !== undefined && member === undefined)
				plan.notes.push({ row: home.row, code: 'member-unknown', value: home.member });
			plan.entries.push(homeEntry(record, home, member));
		} else here.homes += 1;
		const there = is === 'here' ? doors.get(record) : undefined;
		// What is told of a door that was merged or renumbered is not told of the one that stands.
		const stands = there && isSameDoor(there, home) ? there : undefined;
		const differs = (one: Omit<Differing, 'home'>): void => {
			if (stands !== undefined && Object.keys(one.changes).length > 0)
				plan.differing.push({ home: stands, ...one });
		};
		if (stands !== undefined) differs({ row: home.row, changes: homeChanges(home, stands) });
		if (is === 'movedOut') {
			plan.notes.push({ row: home.row, code: 'home-moved-out', value: home.head ?? '' });
			here.people += home.people.length;
			continue;
		}
		for (const person of home.people) {
			const namesakes = people.get(nameKey(record, person.name)) ?? [];
			const resident = residentMeant(person, home, namesakes);
			if (resident !== undefined) {
				here.people += 1;
				if (resident.state === 'here')
					differs({
						row: person.row,
						person: resident,
						changes: personChanges(person, resident)
					});
				continue;
			}
			fresh.people += 1;
			const own = await recordOf(known, 'resident', personKey(record, person));
			plan.entries.push(personEntry(own, record, person));
		}
	}
	const divided = gridsFrom(homes, known.grids);
	plan.notes.push(...divided.notes);
	if (divided.placed > 0) plan.entries.push(gridsEntry(known.org, divided.grids));
	return { ...plan, fresh, here, placed: divided.placed };
}

/** [F5] The corrections that the sheet asks for; undoing an import leaves them as they are. */
export function correctionsOf(
	differing: readonly Differing[],
	reason: string
): readonly PlannedEntry[] {
	return differing.map(({ home, person, changes }) => {
		const { family, record, n: seen } = person ?? home;
		return { family, record, kind: `${family}.corrected.v1`, body: { ...changes, reason }, seen };
	});
}

/** What is here by the time it is its turn is passed over, so it can always be run again. */
export function importRegister<Why extends string>(
	entries: readonly PlannedEntry[],
	importId: string,
	rows: Pick<RowQueries, 'many'>,
	telling: Telling<Why>
): Promise<Ended<Why>> {
	return inCommits(
		entries,
		async (chunk) => {
			const kept = await keptAmong(chunk, rows);
			return chunk
				.filter((entry) => !isBringing(entry) || !kept.has(entry.record))
				.map((entry) => {
					const { family: _family, ...said } = entry;
					return isBringing(entry) ? { ...said, body: { ...said.body, importId } } : said;
				});
		},
		telling
	);
}

export interface Imported {
	readonly family: 'household' | 'resident';
	readonly record: RecordId;
}

/** [F5] Voids what an import brought, people before their doors. */
export function undoRegister<Why extends string>(
	imported: readonly Imported[],
	reason: string,
	rows: Pick<RowQueries, 'many'>,
	telling: Telling<Why>
): Promise<Ended<Why>> {
	return inCommits(
		imported,
		async (chunk) => {
			const kept = await keptAmong(chunk, rows);
			return chunk.flatMap(({ family, record }): Saying[] =>
				kept.has(record) ? [{ kind: `${family}.voided.v1`, record, body: { reason } }] : []
			);
		},
		telling
	);
}

/** One import as its rows tell of it. */
export interface PastRegister {
	readonly importId: string;
	readonly at: number;
	readonly by: PersonId;
	/** Not voided; people first. */
	readonly records: readonly Imported[];
	readonly homes: number;
	readonly people: number;
}

/** Groups doors and people by the import they came with, the newest first. */
export function pastRegisters(
	doors: readonly HouseholdRow[],
	people: readonly ResidentRow[]
): readonly PastRegister[] {
	const rows: readonly (HouseholdRow | ResidentRow)[] = [...people, ...doors];
	return [...groupBy(rows, ({ importId }) => importId)]
		.flatMap(([importId, of]) => {
			const [first] = of;
			const kept = of.filter(isKept);
			if (first === undefined) return [];
			return [
				{
					importId,
					at: of.reduce((least, { createdAt }) => Math.min(least, createdAt), Infinity),
					by: first.createdBy,
					records: kept.map(({ family, record }) => ({ family, record })),
					homes: kept.filter(({ family }) => family === 'household').length,
					people: kept.filter(({ family }) => family === 'resident').length
				}
			];
		})
		.sort((a, b) => b.at - a.at);
}

function isBringing({ kind }: PlannedEntry): boolean {
	return kind.endsWith('.registered.v1');
}

async function keptAmong(
	chunk: readonly Pick<PlannedEntry, 'record'>[],
	rows: Pick<RowQueries, 'many'>
): Promise<ReadonlySet<RecordId>> {
	const records = chunk.map(({ record }) => record);
	const [homes, people] = await Promise.all([
		rows.many('household', records)(),
		rows.many('resident', records)()
	]);
	const kept = [...homes.values(), ...people.values()].filter(({ row }) => isKept(row));
	return new Set(kept.map(({ row }) => row.record));
}

function homeEntry(
	record: RecordId,
	home: ImportedHome,
	linkedMember: PersonId | undefined
): PlannedEntry {
	const { row: _row, member: _member, grid: _grid, people: _people, groups, ...fields } = home;
	return {
		family: 'household',
		record,
		kind: 'household.registered.v1',
		body: { ...fields, groups, ...(linkedMember === undefined ? {} : { linkedMember }) }
	};
}

function gridsEntry(org: OrgId, grids: readonly Grid[]): PlannedEntry {
	return { family: 'grids', record: gridsRecord(org), kind: 'grids.divided.v1', body: { grids } };
}

function personEntry(
	record: RecordId,
	household: RecordId,
	{ row: _row, name, relation, sex, birth, phone, politics, groups, ...details }: ImportedPerson
): PlannedEntry {
	return {
		family: 'resident',
		record,
		kind: 'resident.registered.v1',
		body: {
			household,
			name,
			careTags: groups,
			...details,
			...(relation === undefined ? {} : { relationToHead: relation }),
			...(sex === undefined ? {} : { sex }),
			...(birth === undefined ? {} : { birthDate: birth }),
			...(phone === undefined ? {} : { phone }),
			...(politics === undefined ? {} : { politicalStatus: politics })
		}
	};
}

function nameKey(household: RecordId, name: string): string {
	return JSON.stringify([household, name]);
}

/** Who of a household has the name and the year of birth; where one side knows no year, the only one of that name. */
function residentMeant(
	{ name, birth }: ImportedPerson,
	home: ImportedHome,
	namesakes: readonly ResidentRow[]
): ResidentRow | undefined {
	const same = namesakes.find(({ birthDate }) => yearOf(birthDate) === yearOf(birth));
	const [only] = namesakes;
	if (same !== undefined || only === undefined) return same;
	const isSingle =
		namesakes.length === 1 && home.people.filter((other) => other.name === name).length === 1;
	return isSingle && mayBeOne(birth, only.birthDate) ? only : undefined;
}

/** What names a resident of a sheet: the same on every device. */
function personKey(household: RecordId, { name, birth }: ImportedPerson): string {
	return JSON.stringify([household, name, yearOf(birth)]);
}

function yearOf(birth: string | undefined): string {
	return birth?.slice(0, 4) ?? '';
}

function recordOf({ realm, org }: Known, label: string, key: string): Promise<RecordId> {
	return recordOfSource({ realm, community: org, label }, key);
}

/** Two members of one name cannot be told apart by it. */
function uniqueByName(members: readonly Member[]): ReadonlyMap<string, PersonId> {
	const counts = new Map<string, number>();
	for (const { name } of members) counts.set(name, (counts.get(name) ?? 0) + 1);
	return new Map(
		members.filter(({ name }) => counts.get(name) === 1).map(({ name, person }) => [name, person])
	);
}
