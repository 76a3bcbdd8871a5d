/** Entries as signed: the envelope, its limits, and the one place where untrusted text is parsed (E1, E6). */
import { z } from 'zod';
import { DeviceId, EntryId, OrgId, PersonId, RecordId } from './ids.ts';
import { InstantShape } from './shapes.ts';

/** [E6] Bytes of UTF-8 an entry's text may have; longer frozen texts go as media by hash. */
export const ENTRY_BYTES = 32 * 1024;
/** [E7] Entries one form may sign together. */
export const COMMIT_ENTRIES = 20;
/** Entries one hand-in may carry. */
export const HAND_IN_ENTRIES = 100;
const BODY_DEPTH = 8;

export const EntryKind = z.string().regex(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\.v[1-9]\d?$/);

/** [E1] `{v, realm, id, commit, kind, record, org, device, at, rev, salt, onBehalfOf?, replaces?, body}`. */
export const Entry = z.strictObject({
	v: z.literal(1),
	realm: z.string().min(8).max(64),
	id: EntryId,
	commit: z.strictObject({
		id: EntryId,
		i: z
			.int()
			.min(0)
			.max(COMMIT_ENTRIES - 1),
		of: z.int().min(1).max(COMMIT_ENTRIES)
	}),
	kind: EntryKind,
	record: RecordId,
	/** The organisation whose duty the author acts under. */
	org: OrgId,
	device: DeviceId,
	/** [E3] The author's clock, epoch ms: a claim. */
	at: InstantShape,
	/** [E4] The ordinal `n` of the record that the author had folded; 0 for a new record. */
	rev: z.int().min(0),
	/** 128 random bits, base64url. */
	salt: z.string().regex(/^[\w-]{22}$/),
	/** [J6] 代录: the person whose words or deeds a desk writes down. */
	onBehalfOf: PersonId.optional(),
	/** [J6] The entry that was refused for its duty or device, and when it was said; a desk signs this one for it. */
	adopts: z.strictObject({ entry: EntryId, at: InstantShape }).optional(),
	/** [E2] The refused entry that this one stands for. */
	replaces: EntryId.optional(),
	body: z.record(z.string(), z.unknown())
});
export type Entry = z.infer<typeof Entry>;

/** An entry whose body its kind has parsed. */
export type Said<Body> = Omit<Entry, 'body'> & { readonly body: Body };

/** A text and its signature, as they travel: ECDSA P-256 / SHA-256, raw 64 bytes as base64url. */
export const Signed = z.strictObject({
	text: z.string().min(2),
	sig: z.string().regex(/^[\w-]{86}$/)
});
export type Signed = z.infer<typeof Signed>;

export type EntryProblem = 'too-large' | 'malformed';

/** [E6] Parses a signed text strictly; never throws on what a stranger wrote. */
export function parseEntry(
	text: string
): { ok: true; entry: Entry } | { ok: false; reason: EntryProblem } {
	if (utf8Length(text) > ENTRY_BYTES) return { ok: false, reason: 'too-large' };
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return { ok: false, reason: 'malformed' };
	}
	if (!isPlain(json, BODY_DEPTH) || membersIn(text) !== membersOf(json))
		return { ok: false, reason: 'malformed' };
	const parsed = Entry.safeParse(json);
	if (!parsed.success) return { ok: false, reason: 'malformed' };
	if (parsed.data.commit.i >= parsed.data.commit.of) return { ok: false, reason: 'malformed' };
	return { ok: true, entry: parsed.data };
}

/** The entries that the texts are; a text that is none is left out. */
export function entriesIn(signed: readonly Pick<Signed, 'text'>[]): readonly Entry[] {
	return signed.flatMap(({ text }) => {
		const parsed = parseEntry(text);
		return parsed.ok ? [parsed.entry] : [];
	});
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

function isPlain(value: unknown, depth: number): boolean {
	if (typeof value === 'string') return !LONE_SURROGATE.test(value);
	if (typeof value !== 'object' || value === null) return true;
	if (depth === 0) return false;
	if (Array.isArray(value)) return value.every((item) => isPlain(item, depth - 1));
	return Object.entries(value).every(
		([key, item]) => !FORBIDDEN_KEYS.has(key) && isPlain(item, depth - 1)
	);
}

/** Members that a JSON text names. Of two with one name a parser keeps one, and not every parser the same. */
function membersIn(text: string): number {
	return text.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;
}

function membersOf(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 0;
	const items = Object.values(value);
	const own = Array.isArray(value) ? 0 : items.length;
	return items.reduce((sum: number, item) => sum + membersOf(item), own);
}

function utf8Length(text: string): number {
	let bytes = 0;
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		if (unit < 0x80) bytes += 1;
		else if (unit < 0x800) bytes += 2;
		else if (unit >= 0xd800 && unit < 0xdc00) {
			bytes += 4;
			i++;
		} else bytes += 3;
	}
	return bytes;
}
