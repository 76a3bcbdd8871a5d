/** How far a record has travelled from this device up to the district. */

export const travelPlaces = ['device', 'relay', 'community', 'office', 'district'] as const;
export type TravelPlace = (typeof travelPlaces)[number];

export interface TravelStep {
	readonly place: TravelPlace;
	readonly state: 'reached' | 'waiting' | 'ahead';
}

/** Still on this device, waiting for the network. */
export function travelWaiting(): readonly TravelStep[] {
	return travelPlaces.map((place) => ({ place, state: place === 'device' ? 'waiting' : 'ahead' }));
}

export function travelReaching(place: TravelPlace): readonly TravelStep[] {
	const last = travelPlaces.indexOf(place);
	return travelPlaces.map((each, at) => ({ place: each, state: at <= last ? 'reached' : 'ahead' }));
}

/** The place whose name tells where the record is now. */
export function travelHead(travel: readonly TravelStep[]): TravelStep | undefined {
	return travel.filter((step) => step.state !== 'ahead').pop();
}
