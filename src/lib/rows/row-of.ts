/** Which row each family has, for queries typed by the family's name. */
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { DeskKeyRow } from '#domain/kinds/desk-key.ts';
import type { DutyRow } from '#domain/kinds/duty.ts';
import type { DraftRow } from '#domain/kinds/draft.ts';
import type { ErasureRow } from '#domain/kinds/erasure.ts';
import type { GridsRow } from '#domain/kinds/grids.ts';
import type { HandlingRow } from '#domain/kinds/handling.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { FamilyName } from '#domain/kinds/index.ts';
import type { OrganisationRow } from '#domain/kinds/organisation.ts';
import type { PersonRow } from '#domain/kinds/person.ts';
import type { ResidentRow } from '#domain/kinds/resident.ts';
import type { RevealRow } from '#domain/kinds/reveal.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import type { Row } from '#domain/family.ts';
import type { SettingsRow } from '#domain/settings.ts';

interface OwnRows {
	readonly organisation: OrganisationRow;
	readonly person: PersonRow;
	readonly duty: DutyRow;
	readonly settings: SettingsRow;
	readonly grids: GridsRow;
	readonly erasure: ErasureRow;
	readonly reveal: RevealRow;
	readonly household: HouseholdRow;
	readonly resident: ResidentRow;
	readonly visit: VisitRow;
	readonly demand: DemandRow;
	readonly handling: HandlingRow;
	readonly draft: DraftRow;
	readonly 'desk-key': DeskKeyRow;
}

export type RowOf<F extends FamilyName> = F extends keyof OwnRows ? OwnRows[F] : Row;
