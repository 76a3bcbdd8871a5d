/** The parts of a visit in words: hazards, companions, photos, voice notes, signatures, where it was. */
import { Companion, Hazard, Location } from '#domain/kinds/visit.ts';
import { m } from '#lib/i18n/index.ts';

export function hazardWords({ kind, text }: Hazard): string {
	return m.visit.hazards.line(m.visit.hazard[kind], text);
}

export function companionWords({ name, post }: Companion): string {
	return m.visit.companion(name, post ?? '');
}

export function locationWords({ lat, lng, accuracy }: Location): string {
	return m.visit.location.words(lat, lng, accuracy);
}

/** A value of a visit's row that is no plain text; null where it is none of these. */
export function visitValueWords(field: string, value: unknown): string | null {
	switch (field) {
		case 'hazards':
			return listWords(Hazard.array().safeParse(value).data?.map(hazardWords));
		case 'companions':
			return listWords(Companion.array().safeParse(value).data?.map(companionWords));
		case 'photos':
			return Array.isArray(value) ? m.visit.add.photos(value.length) : '';
		case 'voiceNotes':
			return Array.isArray(value) ? m.visit.voice.count(value.length) : '';
		case 'additions':
			return Array.isArray(value) ? m.records.times(value.length) : '';
		case 'intervieweeSignature':
		case 'visitorSignature':
			return typeof value === 'string' ? m.records.signed : '';
		case 'location': {
			const parsed = Location.safeParse(value);
			return parsed.success ? locationWords(parsed.data) : '';
		}
		default:
			return null;
	}
}

function listWords(words: readonly string[] | undefined): string {
	return words?.join(m.records.separator) ?? '';
}
