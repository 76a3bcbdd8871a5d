/** Where a walk is made: the units of a district, and the street and community in which people walk. */
import { divisionsAt, type Division } from '../../../support/divisions.ts';

export interface Place {
	readonly divisions: readonly Division[];
	readonly district: Division;
	readonly street: Division;
	readonly community: Division;
}

/** The first street with its first community. */
export function placeIn(divisions: readonly Division[]): Place {
	const [district] = divisionsAt(divisions, 'district');
	const [street] = divisionsAt(divisions, 'subdistrict');
	const [community] = divisionsAt(divisions, 'community', street?.code);
	if (!district || !street || !community)
		throw new Error('place: the list has no district, no street or no community in it');
	return { divisions, district, street, community };
}
