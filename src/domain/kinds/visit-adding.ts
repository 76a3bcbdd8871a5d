/** 补充 of a visit, each by the entry that said it, and one that was a mistake taken back. */
import { z } from 'zod';
import type { Entry } from '../entry.ts';
import type { Stamp } from '../family.ts';
import { EntryId, type Instant, type PersonId } from '../ids.ts';
import type { MediaName, Photo, VoiceNote } from '../media.ts';
import { saidBy } from '../people.ts';
import { addedMedia, mediaIn, type Added } from './visit-media.ts';

export const AdditionDropped = z.strictObject({
	/** The entry that added it. */
	added: EntryId,
	reason: z.string().min(1).max(200)
});

export interface Addition {
	readonly at: Instant;
	readonly by: PersonId;
	readonly note?: string | undefined;
	readonly photos: number;
	/** Absent in additions without any. */
	readonly voiceNotes?: number | undefined;
	/** Absent, as the names of what came with it, in rows that a relay of before kept. */
	readonly entry?: EntryId | undefined;
	readonly media?: readonly MediaName[] | undefined;
	/** It was a mistake: the words are struck out, what came with them is gone. */
	readonly droppedWhy?: string | undefined;
}

/** The fields of a visit that these kinds write. */
export interface AddingFields {
	readonly additions?: readonly Addition[] | undefined;
	readonly photos?: Photo[] | undefined;
	readonly voiceNotes?: VoiceNote[] | undefined;
}

/** Null where a visit keeps no more. */
export function added(
	row: AddingFields,
	{ id, body }: Pick<Entry, 'id'> & { readonly body: z.infer<typeof Added> },
	stamp: Stamp
): AddingFields | null {
	const joined = addedMedia(row, body);
	if (joined === null) return null;
	const { note, photos = [], voiceNotes = [] } = body;
	const media = mediaIn(body);
	const addition: Addition = {
		at: stamp.at,
		by: saidBy(stamp.actor).person,
		...(note === undefined ? {} : { note }),
		photos: photos.length,
		...(voiceNotes.length === 0 ? {} : { voiceNotes: voiceNotes.length }),
		entry: id,
		...(media.length === 0 ? {} : { media })
	};
	return { ...joined, additions: [...(row.additions ?? []), addition] };
}

export function dropped(
	{ additions = [], photos, voiceNotes }: AddingFields,
	said: z.infer<typeof AdditionDropped>
): AddingFields | 'nothing-changed' | 'contradiction' {
	const of = additions.find(({ entry }) => entry === said.added);
	if (of === undefined) return 'contradiction';
	if (of.droppedWhy !== undefined) return 'nothing-changed';
	const stays = ({ sha256 }: { readonly sha256: MediaName }) => !of.media?.includes(sha256);
	return {
		additions: additions.map((each) => (each === of ? { ...each, droppedWhy: said.reason } : each)),
		...(photos === undefined ? {} : { photos: photos.filter(stays) }),
		...(voiceNotes === undefined ? {} : { voiceNotes: voiceNotes.filter(stays) })
	};
}
