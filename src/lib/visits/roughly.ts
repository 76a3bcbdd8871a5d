/** A position no finer than the record may hold: browsers give WGS-84, a thousandth of a degree is kept. */
import type { Location } from '#domain/kinds/visit.ts';

const MOST_METRES = 100_000;

export function roughly(
	coords: Pick<GeolocationCoordinates, 'latitude' | 'longitude' | 'accuracy'>
): Location {
	const coarse = (degrees: number) => Math.round(degrees * 1000) / 1000;
	return {
		lat: coarse(coords.latitude),
		lng: coarse(coords.longitude),
		// What was rounded away is part of what is not known.
		accuracy: Math.min(MOST_METRES, Math.round(Math.max(coords.accuracy, 100))),
		datum: 'WGS-84'
	};
}
