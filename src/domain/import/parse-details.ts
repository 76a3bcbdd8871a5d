/** Of a person's row, what care may need beyond who they are. */
import { dayOf } from '../calendar.ts';
import { SKILLS, type ResidentDetails } from '../kinds/resident-details.ts';
import { parseWhen } from './parse-when.ts';
import {
	consentByWords,
	consentScopeWords,
	disabilityWords,
	employmentWords,
	gradeWords,
	healthWords,
	insuranceWords,
	schoolingWords,
	type RegisterField
} from './register-lexicon.ts';
import { meaningOf, parseList, partsOf } from './register-values.ts';

/** `unread` is told each word that nobody understood. */
export function parseDetails(
	text: (field: RegisterField) => string,
	unread: (word: string) => void
): ResidentDetails {
	function read<T extends string>(
		field: RegisterField,
		words: readonly (readonly [string, T])[]
	): T | undefined {
		const written = text(field);
		const meaning = written === '' ? undefined : meaningOf(written, words);
		if (written !== '' && meaning === undefined) unread(written);
		return meaning;
	}
	/** Who said yes, and to what, is kept with the day alone. */
	function consentIn(): ResidentDetails {
		const written = text('consentedOn');
		if (written === '') return {};
		const when = parseWhen(written);
		if (!when.ok) {
			unread(written);
			return {};
		}
		const scope = parseList(text('consentScope'), consentScopeWords);
		for (const word of scope.unknown) unread(word);
		return {
			consentedOn: dayOf(when.at),
			consentedBy: read('consentedBy', consentByWords),
			consentScope: scope.known.length > 0 ? [...scope.known] : undefined
		};
	}
	const insurance = parseList(text('insurance'), insuranceWords);
	for (const word of insurance.unknown) unread(word);
	const skills = partsOf(text('skills'))
		.map((skill) => skill.slice(0, SKILLS.longest))
		.slice(0, SKILLS.most);
	const told: ResidentDetails = {
		health: read('health', healthWords),
		disabilityKind: read('disabilityKind', disabilityWords),
		disabilityGrade: read('disabilityGrade', gradeWords),
		employmentStatus: read('employment', employmentWords),
		schooling: read('schooling', schoolingWords),
		insurance: insurance.known.length > 0 ? [...insurance.known] : undefined,
		skills: skills.length > 0 ? skills : undefined,
		...consentIn()
	};
	return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}
