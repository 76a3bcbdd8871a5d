/** Of a person's row, what care may need beyond who they are. */
import { SKILLS, type ResidentDetails } from '../kinds/resident-details.ts';
import {
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
		skills: skills.length > 0 ? skills : undefined
	};
	return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}
