/** What the relay must know by heart to judge and to open ledgers: duties, organisations, settings. */
import { dayOf } from '#domain/calendar.ts';
import type { OrgId, PersonId, RecordId } from '#domain/ids.ts';
import { dutyOf, isDuty, type DutyRow } from '#domain/kinds/duty.ts';
import { isOrganisation, type OrganisationRow } from '#domain/kinds/organisation.ts';
import { isPerson } from '#domain/kinds/person.ts';
import { isSettings } from '#domain/kinds/settings.ts';
import { readablePrefixes } from '#domain/ledgers.ts';
import { isCurrent, orgTree, type Duty, type OrgTree } from '#domain/people.ts';
import { settingsAt, settingsRecord, type Settings } from '#domain/settings.ts';
import type { DutyOnWire } from '#domain/wire.ts';
import type { Store } from './store-sqlite.ts';

/** Families whose rows this remembers; a commit that touches one makes it forget. */
const REMEMBERED = new Set(['duty', 'organisation', 'settings']);
const DUTIES_KEPT = 20_000;

/** What a person may read, and until when that is certain without a new row. */
export interface Reading {
	readonly prefixes: readonly string[];
	readonly until: number;
}

export interface Directory {
	duties(person: PersonId): readonly Duty[];
	organisation(record: RecordId): OrganisationRow | null;
	settings(at: number): Settings;
	/** [A2] The ledgers open to a person at a moment. */
	reading(person: PersonId, now: number): Reading;
	nameOf(person: PersonId): string;
	/** In the roster and neither suspended nor left; also an official whose card nobody registered. */
	isActive(person: PersonId): boolean;
	dutiesOnWire(person: PersonId, now: number): DutyOnWire[];
	/** Counts every forgetting, so that what was derived can tell that it is old. */
	readonly version: number;
	/** Called when a row of a family was written, or a transaction that wrote one was undone. */
	touched(family: string): void;
	forget(): void;
}

export function createDirectory(store: Store): Directory {
	let version = 0;
	let duties = new Map<PersonId, readonly DutyRow[]>();
	let organisations: ReadonlyMap<string, OrganisationRow> | null = null;
	let tree: OrgTree | null = null;
	let settings: { day: string; values: Settings } | null = null;

	function forget(): void {
		version += 1;
		duties = new Map();
		organisations = null;
		tree = null;
		settings = null;
	}
	function allOrganisations(): ReadonlyMap<string, OrganisationRow> {
		organisations ??= new Map(
			store
				.rowsOfFamily('organisation')
				.filter(isOrganisation)
				.map((row) => [row.record, row])
		);
		return organisations;
	}
	function organisationTree(): OrgTree {
		tree ??= orgTree(
			[...allOrganisations().values()].map(({ org, parent, level }) => ({ org, parent, level }))
		);
		return tree;
	}
	function dutiesOf(person: PersonId): readonly Duty[] {
		let found = duties.get(person);
		if (found === undefined) {
			found = store.rowsAbout('duty', person).filter(isDuty);
			if (duties.size >= DUTIES_KEPT) duties.clear();
			duties.set(person, found);
		}
		return found.map(dutyOf);
	}
	function organisationOf(org: OrgId): OrganisationRow | undefined {
		// An organisation's record is named by its code.
		return allOrganisations().get(org);
	}

	return {
		get version() {
			return version;
		},
		duties: dutiesOf,
		organisation: (record) => allOrganisations().get(record) ?? null,
		settings(at) {
			const day = dayOf(at);
			if (settings?.day !== day) {
				const row = store.row(settingsRecord());
				settings = { day, values: settingsAt(isSettings(row) ? row : null, day) };
			}
			return settings.values;
		},
		reading(person, now) {
			const all = dutiesOf(person);
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
			const card = store.rowsAbout('person', person).find(isPerson);
			if (card) return card.name;
			return store.rowsAbout('duty', person).find(isDuty)?.displayName ?? '';
		},
		isActive(person) {
			const card = store.rowsAbout('person', person).find(isPerson);
			return card === undefined || card.state === 'active';
		},
		dutiesOnWire(person, now) {
			return dutiesOf(person)
				.filter((duty) => isCurrent(duty, now))
				.flatMap(({ role, org }) => {
					const at = organisationOf(org);
					return at ? [{ role, org, orgName: at.name, level: at.level }] : [];
				});
		},
		touched(family) {
			if (REMEMBERED.has(family)) forget();
		},
		forget
	};
}
