/** The lists of those in somebody's care: of each person it is asked once, however many rows are theirs. */
import type { PersonId } from '#domain/ids.ts';
import type { Role } from '#domain/people.ts';
import type { Directory } from '../judging/directory.ts';

export interface About {
	readonly name: string;
	readonly role: Role | null;
	readonly orgName: string;
}

export function aboutOf(directory: Directory, person: PersonId, at: number): About {
	const [duty] = directory.dutiesOnWire(person, at);
	const { role = null, orgName = '' } = duty ?? {};
	return { name: directory.nameOf(person), role, orgName };
}

/** Null for who is not listed. */
export function knownOnce(
	isListed: (person: PersonId) => boolean,
	aboutOne: (person: PersonId) => About
): (person: PersonId) => About | null {
	const known = new Map<PersonId, About | null>();
	return (person) => {
		let about = known.get(person);
		if (about === undefined) {
			about = isListed(person) ? aboutOne(person) : null;
			known.set(person, about);
		}
		return about;
	};
}
