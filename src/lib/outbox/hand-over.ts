/** [J6] What was refused for its ended duty, as one text that a person can send and a desk can read back. */
import { z } from 'zod';
import { EntryId, OrgId, PersonId, RecordId } from '#domain/ids.ts';
import { base64url } from '#lib/device/base64url.ts';
import type { AttentionItem } from './waiting.ts';

const Item = z.strictObject({
	entry: EntryId,
	at: z.int().min(0),
	kind: z.string().max(80),
	record: RecordId,
	org: OrgId,
	body: z.record(z.string(), z.unknown())
});
const HandedOver = z.strictObject({
	person: PersonId,
	name: z.string().max(40),
	items: z.array(Item).min(1).max(20)
});
export type HandedOver = z.infer<typeof HandedOver>;

const MARK = 'lxq1-';
const CODE = /lxq1-([\w-]+)/;
/** Longer than any commit can be. */
const LONGEST = 1_000_000;

export function handOverCode(
	{ person, name }: Pick<HandedOver, 'person' | 'name'>,
	items: readonly AttentionItem[]
): string {
	const handed: HandedOver = {
		person,
		name,
		items: items.map(({ entry, at, kind, record, org, body }) => ({
			entry,
			at,
			kind,
			record,
			org,
			body
		}))
	};
	return MARK + base64url(new TextEncoder().encode(JSON.stringify(handed)));
}

/** Null for a text that was not handed over, or was cut on the way. */
export function readHandOver(text: string): HandedOver | null {
	if (text.length > LONGEST) return null;
	// Messengers break long lines: what is between the mark and the end of the code is one word.
	const code = CODE.exec(text.replaceAll(/\s+/g, ''))?.[1];
	if (code === undefined) return null;
	try {
		const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
		const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
		return HandedOver.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
	} catch (cause) {
		if (cause instanceof SyntaxError || cause instanceof DOMException) return null;
		throw cause;
	}
}
