/** Photos and recordings as screens see them: kept here, shown small without a network, fetched whole when there is one. */
import { isAudio, mediaType, type MediaName, type MediaType } from '#domain/media.ts';
import type { DeviceDb } from '#lib/device/device-db.ts';
import type { AuthorisedRelay } from '#lib/device/session.ts';
import type { Query } from '#lib/rows/queries.ts';
import {
	dropDraftMedia,
	keepDraftMedia,
	keepFetched,
	nameOf,
	type KeepResult,
	type Medium
} from './keep.ts';
import { spokenDesk, type SpokenDesk } from './spoken.ts';

export interface Thumb {
	readonly sha256: MediaName;
	readonly picture: Blob;
	/** Not with the community yet. */
	readonly waits: boolean;
}

export type Whole =
	| { readonly ok: true; readonly file: Blob }
	| { readonly ok: false; readonly reason: 'on-its-way' | 'unreachable' | 'broken' };

export interface MediaDesk {
	keep(medium: Medium): Promise<KeepResult>;
	drop(name: MediaName): Promise<void>;
	/** Of these, the ones held here. */
	thumbs(names: readonly MediaName[]): Query<ReadonlyMap<MediaName, Thumb>>;
	/** Of these, the ones that were said and are not with the community yet. */
	waiting(names: readonly MediaName[]): Query<ReadonlySet<MediaName>>;
	picture(name: MediaName): Promise<Whole>;
	recording(name: MediaName): Promise<Whole>;
	/** What is being spoken. */
	readonly spoken: SpokenDesk;
}

export interface MediaDeskParts {
	readonly device: DeviceDb;
	readonly relay: AuthorisedRelay;
	readonly now: () => number;
	/** Makes the small picture of one that was fetched. */
	readonly shrink: (picture: Blob) => Promise<ArrayBuffer>;
}

export function mediaDesk({ device, relay, now, shrink }: MediaDeskParts): MediaDesk {
	async function whole(name: MediaName, isWanted: (type: MediaType) => boolean): Promise<Whole> {
		const [held, stored] = [await device.media.get(name), await device.mediaBytes.get(name)];
		if (held === undefined || stored === undefined) return fetched(name, isWanted);
		if (!isWanted(held.type)) return { ok: false, reason: 'broken' };
		return { ok: true, file: new Blob([stored.bytes], { type: held.type }) };
	}

	/** Whoever named it may have named anything. */
	async function fetched(name: MediaName, isWanted: (type: MediaType) => boolean): Promise<Whole> {
		const answer = await relay.bytes(`/api/media/${name}`);
		if (!answer.ok)
			return { ok: false, reason: answer.status === 404 ? 'on-its-way' : 'unreachable' };
		const bytes = answer.value;
		const type = mediaType(new Uint8Array(bytes));
		if (type === null || !isWanted(type) || (await nameOf(bytes)) !== name)
			return { ok: false, reason: 'broken' };
		const file = new Blob([bytes], { type });
		const thumb = isAudio(type) ? undefined : await shrink(file);
		await keepFetched(device, name, { type, bytes, thumb }, now());
		return { ok: true, file };
	}

	return {
		keep: (medium) => keepDraftMedia(device, medium, now()),
		drop: (name) => dropDraftMedia(device, name),
		thumbs: (names) => async () => {
			const held = await device.media.bulkGet([...names]);
			return new Map(
				held.flatMap((each): [MediaName, Thumb][] => {
					if (each?.thumb === undefined) return [];
					const picture = new Blob([each.thumb], { type: each.type });
					const waits = each.state === 'draft' || each.state === 'waiting';
					return [[each.sha256, { sha256: each.sha256, picture, waits }]];
				})
			);
		},
		waiting: (names) => async () => {
			const held = await device.media.bulkGet([...names]);
			return new Set(held.flatMap((each) => (each?.state === 'waiting' ? [each.sha256] : [])));
		},
		picture: (name) => whole(name, (type) => !isAudio(type)),
		recording: (name) => whole(name, isAudio),
		spoken: spokenDesk(device, now)
	};
}
