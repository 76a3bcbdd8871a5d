/**
 * A bundle as a file (O5): a line that says what it is and for whom, the sealed content, and the hash
 * of both. A text file, because share sheets and chats carry those everywhere.
 */
import { z } from 'zod';
import { OrgId } from '#domain/ids.ts';
import { hashText } from '#lib/device/hash-text.ts';
import { readJson } from '#lib/device/relay.ts';
import { Envelope, seal, unseal, type Receiver } from './sealing.ts';

/** Larger files are refused unread. */
export const BUNDLE_BYTES = 8 * 1024 * 1024;
const VERSION = 1;

const Marked = z.object({ lxq: z.literal('bundle'), v: z.int() });
const Head = z.strictObject({
	lxq: z.literal('bundle'),
	v: z.literal(VERSION),
	/** What it is, for whoever opens it as a text. */
	note: z.string().max(200),
	realm: z.string().max(64),
	/** The community whose desk it is for. */
	org: OrgId,
	envelope: Envelope
});
export type BundleHead = z.infer<typeof Head>;

export type FileProblem = 'too-large' | 'not-a-bundle' | 'newer-version' | 'damaged';

export interface BundleFile {
	readonly head: BundleHead;
	/** Names the bundle: the hash of its first two lines. */
	readonly hash: string;
	/** Null where this key does not open it. */
	open(key: Parameters<typeof unseal>[2]): Promise<string | null>;
}

export async function writeBundleFile(
	content: string,
	about: Pick<BundleHead, 'note' | 'realm' | 'org'>,
	receivers: readonly Receiver[]
): Promise<string> {
	const { head, sealed } = await seal(content, receivers, (envelope) =>
		JSON.stringify({ lxq: 'bundle', v: VERSION, ...about, envelope } satisfies BundleHead)
	);
	return `${head}\n${sealed}\n${await hashText(`${head}\n${sealed}`)}\n`;
}

/** What the file says of itself, read strictly; nothing is opened yet. */
export async function readBundleFile(
	file: Pick<Blob, 'size' | 'text'>
): Promise<
	{ readonly ok: true; readonly file: BundleFile } | { readonly ok: false; problem: FileProblem }
> {
	if (file.size > BUNDLE_BYTES) return { ok: false, problem: 'too-large' };
	const [head = '', sealed = '', hash = '', ...rest] = (await file.text()).split('\n');
	const json = readJson(head);
	const marked = Marked.safeParse(json);
	if (!marked.success) return { ok: false, problem: 'not-a-bundle' };
	if (marked.data.v > VERSION) return { ok: false, problem: 'newer-version' };
	const parsed = Head.safeParse(json);
	const isWhole =
		parsed.success && hash === (await hashText(`${head}\n${sealed}`)) && rest.join('') === '';
	if (!isWhole) return { ok: false, problem: 'damaged' };
	return {
		ok: true,
		file: {
			head: parsed.data,
			hash,
			open: (key) => unseal({ head, sealed }, parsed.data.envelope, key)
		}
	};
}
