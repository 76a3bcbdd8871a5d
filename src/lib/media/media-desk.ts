/** Photos as screens see them: kept here, shown small without a network, fetched whole when there is one. */
import { imageType, type MediaName } from '#domain/media.ts';
import type { DeviceDb } from '#lib/device/device-db.ts';
import type { AuthorisedRelay } from '#lib/device/session.ts';
import type { Query } from '#lib/rows/queries.ts';
import {
	dropDraftMedia,
	keepDraftMedia,
	keepFetched,
	nameOf,
	type KeepResult,
	type Picture
} from './keep.ts';

export interface Thumb {
	readonly sha256: MediaName;
	readonly picture: Blob;
	/** Not with the community yet. */
	readonly waits: boolean;
}

export type Whole =
	| { readonly ok: true; readonly picture: Blob }
	| { readonly ok: false; readonly reason: 'on-its-way' | 'unreachable' | 'broken' };

export interface MediaDesk {
	keep(picture: Picture): Promise<KeepResult>;
	drop(name: MediaName): Promise<void>;
	/** Of these, the ones held here. */
	thumbs(names: readonly MediaName[]): Query<ReadonlyMap<MediaName, Thumb>>;
	whole(name: MediaName): Promise<Whole>;
}

export interface MediaDeskParts {
	readonly device: DeviceDb;
	readonly relay: AuthorisedRelay;
	readonly now: () => number;
	/** Makes the small picture of one that was fetched. */
	readonly shrink: (picture: Blob) => Promise<ArrayBuffer>;
}

export function mediaDesk({ device, relay, now, shrink }: MediaDeskParts): MediaDesk {
	async function fetched(name: MediaName): Promise<Whole> {
		const answer = await relay.bytes(`/api/media/${name}`);
		if (!answer.ok)
			return { ok: false, reason: answer.status === 404 ? 'on-its-way' : 'unreachable' };
		const bytes = answer.value;
		const type = imageType(new Uint8Array(bytes));
		if (type === null || (await nameOf(bytes)) !== name) return { ok: false, reason: 'broken' };
		const picture = new Blob([bytes], { type });
		await keepFetched(device, name, { type, bytes, thumb: await shrink(picture) }, now());
		return { ok: true, picture };
	}

	return {
		keep: (picture) => keepDraftMedia(device, picture, now()),
		drop: (name) => dropDraftMedia(device, name),
		thumbs: (names) => async () => {
			const held = await device.media.bulkGet([...names]);
			return new Map(
				held.flatMap((photo): [MediaName, Thumb][] => {
					if (photo === undefined) return [];
					const { sha256, type, thumb, state } = photo;
					const picture = new Blob([thumb], { type });
					return [[sha256, { sha256, picture, waits: state === 'draft' || state === 'waiting' }]];
				})
			);
		},
		async whole(name) {
			const [held, stored] = [await device.media.get(name), await device.mediaBytes.get(name)];
			if (held === undefined || stored === undefined) return fetched(name);
			return { ok: true, picture: new Blob([stored.bytes], { type: held.type }) };
		}
	};
}
