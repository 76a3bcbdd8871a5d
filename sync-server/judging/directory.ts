/** What the relay knows by heart to judge and to open ledgers: duties, organisations, settings, names. */
import { isDeepStrictEqual } from 'node:util';
import { dayOf, type Day } from '#domain/calendar.ts';
import type { Row } from '#domain/family.ts';
import { orgRecord, type OrgId, type PersonId, type RecordId } from '#domain/ids.ts';
import { dutyOf, isDuty, type DutyRow } from '#domain/kinds/duty.ts';
import { isOrganisation, type OrganisationRow } from '#domain/kinds/organisation.ts';
import { isPerson, type PersonRow } from '#domain/kinds/person.ts';
import { isSettings } from '#domain/kinds/settings.ts';
import { readablePrefixes } from '#domain/ledgers.ts';
import { isCurrent, orgTree, type Duty, type OrgTree } from '#domain/people.ts';
import {
	settingsInForce,
	settingsRecord,
	type SettingsInForce,
	type SettingsRow
} from '#domain/settings.ts';
import type { DutyOnWire } from '#domain/wire.ts';
import type { Stored, Tx } from '../store/store.ts';

/** What a person may read, and until when that is certain without a new row. */
export interface Reading {
	readonly prefixes: readonly string[];
	readonly until: number;
}

/** What a judge looks up. */
export interface Lookup {
	duties(person: PersonId): readonly Duty[];
	organisation(record: RecordId): OrganisationRow | null;
	settings(at: number): SettingsInForce;
	/** What comes of some more rows, for a transaction: nobody else knows of it before it is kept. */
	draft(): Draft;
}

export interface Draft extends Lookup {
	/** A row that was written; of another family it changes nothing. */
	put(row: Row): void;
	/** [A4] A record of which nothing is left. */
	drop(record: RecordId): void;
	/** Makes it known to what it was drafted from. */
	keep(): void;
}

export interface Directory extends Lookup {
	/** [A2] The ledgers open to a person at a moment. */
	reading(person: PersonId, now: number): Reading;
	nameOf(person: PersonId): string;
	/** In the roster, neither suspended nor left nor erased; also an official whose card nobody registered. */
	isActive(person: PersonId): boolean;
	/** Those of that moment, the longest held first: whoever chose none acts in it. */
	dutiesOnWire(person: PersonId, now: number): DutyOnWire[];
	/** Counts every change, so that what was derived can tell that it is old. */
	readonly version: number;
	/** The change that last touched what a person may read: of all others the permission stands. */
	versionOf(person: PersonId): number;
	/** [R2] Learns what other relays on the same store have written. */
	catchUp(stored: Stored): Promise<void>;
	/** For what a transaction writes, upon all that was written before it. */
	draftIn(tx: Tx): Promise<Draft>;
}

/** Of a person the card alone: what nobody here asks for is not kept by heart. */
type Card = Pick<PersonRow, 'family' | 'record' | 'person' | 'name' | 'state'>;
type Known = Card | DutyRow | OrganisationRow | SettingsRow;

/** What is known, or what a draft lays over it. */
interface Layer {
	/** Null where a record is gone. */
	readonly rows: Map<RecordId, Known | null>;
	/** The duties and the card of a person, in order of their ids. */
	readonly about: Map<PersonId, readonly RecordId[]>;
}

export async function openDirectory(stored: Stored): Promise<Directory> {
	let version = 0;
	const known = emptyLayer();
	// Before the rows: what is written meanwhile is learnt by catching up.
	let mark = (await stored.written(null)).upTo;
	let tree: OrgTree | null = null;
	const touched = new Map<PersonId, number>();

	async function catchUp(from: Stored): Promise<void> {
		const { rows, upTo } = await from.written(mark);
		// Whoever asked later and was answered sooner knows these rows, or newer ones.
		if (upTo <= mark) return;
		mark = upTo;
		const draft = lookup.draft();
		for (const { id, row: json } of rows) {
			// Written by the placing alone, null where all was erased.
			const row = JSON.parse(json) as Row | null;
			if (row === null) draft.drop(id as RecordId);
			else draft.put(row);
		}
		draft.keep();
	}
	async function draftIn(tx: Tx): Promise<Draft> {
		await catchUp(tx);
		const draft = lookup.draft();
		return {
			...draft,
			keep() {
				// Who has caught up beyond it has read its rows from the store, or newer ones.
				if (tx.ordinal > mark) draft.keep();
			}
		};
	}
	function take(layer: Layer): void {
		if (layer.rows.size === 0) return;
		version += 1;
		// What this relay wrote itself is read again with what others wrote.
		const changes = [...layer.rows]
			.map(([record, row]) => [rowOf([known], record), row] as const)
			.filter(([before, after]) => !isDeepStrictEqual(before, after));
		const before = changes.some(isMove) ? organisationTree() : null;
		lay(layer, known);
		for (const row of changes.flat()) if (row?.family === 'duty') touched.set(row.person, version);
		if (before !== null) replant(before);
	}
	/** Whoever acts in an organisation that now stands elsewhere, or above others, may read something else. */
	function replant(before: OrgTree): void {
		tree = null;
		const after = organisationTree();
		const standing = ({ ancestors, communitiesOf }: OrgTree, org: OrgId) =>
			`${ancestors(org).join()} ${communitiesOf(org).join()}`;
		const moved = new Map<OrgId, boolean>();
		const isMoved = (org: OrgId) => standing(before, org) !== standing(after, org);
		for (const row of known.rows.values()) {
			if (row?.family !== 'duty') continue;
			if (!moved.has(row.org)) moved.set(row.org, isMoved(row.org));
			if (moved.get(row.org) === true) touched.set(row.person, version);
		}
	}
	function organisationTree(): OrgTree {
		tree ??= orgTree(
			[...known.rows.values()].flatMap((row) => (row?.family === 'organisation' ? row : []))
		);
		return tree;
	}
	function cardOf(person: PersonId): Card | null {
		const card = rowsAbout([known], person).find((row) => row.family === 'person');
		return card ?? null;
	}

	const lookup = lookupOver(() => [known], take, rememberSettings());
	for (const family of ['organisation', 'settings', 'duty', 'person'])
		for (const row of await stored.rowsOfFamily(family)) put([known], row);
	const gone = "SELECT id FROM record WHERE family = 'person' AND row = 'null'";
	for (const { id } of await stored.all<{ id: RecordId }>(gone)) known.rows.set(id, null);
	return {
		...lookup,
		get version() {
			return version;
		},
		versionOf: (person) => touched.get(person) ?? 0,
		catchUp,
		draftIn,
		reading(person, now) {
			const all = lookup.duties(person);
			const current = all.filter((duty) => isCurrent(duty, now));
			const turns = all
				.flatMap((duty) => [duty.from, duty.to ?? Infinity])
				.filter((turn) => turn > now);
			return {
				prefixes: readablePrefixes(person, current, organisationTree()),
				until: Math.min(Infinity, ...turns)
			};
		},
		nameOf(person) {
			const duty = rowsAbout([known], person).find((row) => row.family === 'duty');
			return cardOf(person)?.name ?? duty?.displayName ?? '';
		},
		isActive(person) {
			// A card's record is named by its person: nobody is invited by one of which nothing is left (A4).
			const isGone = known.rows.get(person as string as RecordId) === null;
			return !isGone && (cardOf(person)?.state ?? 'active') === 'active';
		},
		dutiesOnWire(person, now) {
			return lookup
				.duties(person)
				.filter((duty) => isCurrent(duty, now))
				.sort((a, b) => a.from - b.from || a.role.localeCompare(b.role))
				.flatMap(({ role, org }) => {
					const at = lookup.organisation(orgRecord(org));
					return at ? [{ role, org, orgName: at.name, level: at.level }] : [];
				});
		}
	};
}

/** Does an organisation come, go, or stand elsewhere in the tree? */
function isMove([before, after]: readonly [Known | null, Known | null]): boolean {
	const place = (row: Known | null) =>
		row?.family === 'organisation' ? `${row.org} ${row.parent} ${row.level}` : null;
	return place(before) !== place(after);
}

type SettingsOf = (row: SettingsRow | null, day: Day) => SettingsInForce;

/** What is in force is worked out once a day, and again when a change was laid down. */
function rememberSettings(): SettingsOf {
	let last: { row: SettingsRow | null; day: Day; values: SettingsInForce } | null = null;
	return (row, day) => {
		if (last?.day !== day || last.row !== row)
			last = { row, day, values: settingsInForce(row, day) };
		return last.values;
	};
}

/** The innermost layer comes first. */
function lookupOver(
	layers: () => readonly Layer[],
	take: (layer: Layer) => void,
	settingsOf: SettingsOf
): Lookup {
	return {
		duties: (person) =>
			rowsAbout(layers(), person).flatMap((row) => (row.family === 'duty' ? dutyOf(row) : [])),
		organisation(record) {
			const row = rowOf(layers(), record);
			return row?.family === 'organisation' ? row : null;
		},
		settings(at) {
			const row = rowOf(layers(), settingsRecord());
			return settingsOf(row?.family === 'settings' ? row : null, dayOf(at));
		},
		draft() {
			const own = emptyLayer();
			const all = () => [own, ...layers()];
			const inner = lookupOver(all, (layer) => lay(layer, own), settingsOf);
			return {
				...inner,
				put: (row) => put(all(), row),
				drop: (record) => void (rowOf(all(), record) && own.rows.set(record, null)),
				keep: () => take(own)
			};
		}
	};
}

function emptyLayer(): Layer {
	return { rows: new Map(), about: new Map() };
}

function put(layers: readonly Layer[], row: Row): void {
	const [own] = layers;
	if (own === undefined) throw new Error('directory: nowhere to put a row');
	if (isOrganisation(row) || isSettings(row)) return void own.rows.set(row.record, row);
	if (isDuty(row)) own.rows.set(row.record, row);
	else if (isPerson(row)) own.rows.set(row.record, cardFrom(row));
	else return;
	const records = layers.find(({ about }) => about.has(row.person))?.about.get(row.person) ?? [];
	if (!records.includes(row.record)) own.about.set(row.person, [...records, row.record].toSorted());
}

function cardFrom({ family, record, person, name, state }: PersonRow): Card {
	return { family, record, person, name, state };
}

function rowOf(layers: readonly Layer[], record: RecordId): Known | null {
	return layers.find(({ rows }) => rows.has(record))?.rows.get(record) ?? null;
}

function rowsAbout(layers: readonly Layer[], person: PersonId): readonly Known[] {
	const records = layers.find(({ about }) => about.has(person))?.about.get(person) ?? [];
	return records.flatMap((record) => rowOf(layers, record) ?? []);
}

function lay(layer: Layer, onto: Layer): void {
	for (const [record, row] of layer.rows) onto.rows.set(record, row);
	for (const [person, records] of layer.about) onto.about.set(person, records);
}
