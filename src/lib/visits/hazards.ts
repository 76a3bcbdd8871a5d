/** 安全隐患 as a form holds them, what must be mended, and what is said of them. */
import type { Hazard, HazardKind } from '#domain/kinds/visit.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';

export const MOST_HAZARDS = 10;
const LONGEST = 300;

export interface HazardDraft {
	kind: HazardKind | undefined;
	text: string;
}

/** A hazard that was begun is said whole; an untouched card says nothing. */
export function hazardErrors(hazards: readonly HazardDraft[]): readonly FieldError[] {
	const words = m.visit.hazards;
	return hazards.flatMap(({ kind, text }, at) => {
		const said = text.trim();
		if (said === '' && kind === undefined) return [];
		if (kind === undefined) return [{ field: `hazard-kind-${at}`, message: words.kindMissing }];
		if (said === '') return [{ field: `hazard-text-${at}`, message: words.textMissing }];
		if (said.length <= LONGEST) return [];
		return [{ field: `hazard-text-${at}`, message: m.member.textTooLong(LONGEST) }];
	});
}

/** What was chosen and written of the hazards; a card left empty is none. */
export function spokenHazards(hazards: readonly HazardDraft[]): readonly Hazard[] {
	return hazards.flatMap(({ kind, text }) =>
		kind === undefined || text.trim() === '' ? [] : [{ kind, text: text.trim() }]
	);
}
