/** The closed registry of families: the one list that knows every kind there is. */
import type { Entry } from '../entry.ts';
import type { AnyKind, Family } from '../family.ts';
import type { MediaName } from '../media.ts';
import { demand } from './demand.ts';
import { erasure } from './erasure.ts';
import { deskKey } from './desk-key.ts';
import { draft } from './draft.ts';
import { duty } from './duty.ts';
import { grids } from './grids.ts';
import { handling } from './handling.ts';
import { household } from './household.ts';
import { organisation } from './organisation.ts';
import { person } from './person.ts';
import { resident } from './resident.ts';
import { reveal } from './reveal.ts';
import { settings } from './settings.ts';
import { visit } from './visit.ts';

export const families = {
	organisation,
	person,
	duty,
	settings,
	grids,
	household,
	resident,
	visit,
	demand,
	handling,
	draft,
	erasure,
	reveal,
	'desk-key': deskKey
} as const satisfies Record<string, Family>;
export type FamilyName = keyof typeof families;

const familyByName = new Map<string, Family>();
const familyByKind = new Map<string, Family>();
const kindByName = new Map<string, AnyKind>();
for (const family of Object.values<Family>(families)) {
	familyByName.set(family.name, family);
	for (const [name, kind] of Object.entries(family.kinds)) {
		familyByKind.set(name, family);
		kindByName.set(name, kind);
	}
}

/** The family a kind belongs to; undefined for a kind this version does not know (E5). */
export function familyOf(kind: string): Family | undefined {
	return familyByKind.get(kind);
}

export function familyNamed(name: string): Family | undefined {
	return familyByName.get(name);
}

export function kindOf(kind: string): AnyKind | undefined {
	return kindByName.get(kind);
}

export function allKinds(): readonly string[] {
	return [...kindByName.keys()];
}

/** [R8] The photos, signatures and voice notes an entry names. */
export function mediaNamed(entry: Entry): readonly MediaName[] {
	return familyOf(entry.kind)?.media?.(entry) ?? [];
}
