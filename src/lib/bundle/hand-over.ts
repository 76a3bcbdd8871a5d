/**
 * [J6] What was refused for its ended duty, as a text that a person can send: sealed for the desk's devices, and
 * signed as it was said, so that nobody else reads it and nobody else can have written it.
 */
import { entriesIn, type Entry } from '#domain/entry.ts';
import type { EntryId, PersonId } from '#domain/ids.ts';
import { base64url, bytesOfBase64url } from '#lib/device/base64url.ts';
import { writeBundleFile } from './bundle-file.ts';
import { writeContent } from './bundle-content.ts';
import { certificateOf } from './certificate.ts';
import { receiversOf, type MadeBundles } from './make-bundle.ts';
import { saidAnew, type SaidAnew } from './said-anew.ts';
import { openBundle, type TakeProblem, type Taking } from './take-bundle.ts';

export interface HandedOver {
	readonly person: PersonId;
	readonly entries: readonly Entry[];
	/** What the desk may say of it. */
	readonly anew: SaidAnew;
}

const MARK = 'lxq2-';
const CODE = /lxq2-([\w-]+)/;
/** Longer than any commit can be. */
const LONGEST = 2_000_000;

export async function writeHandOver(
	{ stores, realm, now }: Taking,
	{ commit, note }: { readonly commit: EntryId; readonly note: string }
): Promise<{ readonly ok: true; readonly code: string } | Extract<MadeBundles, { ok: false }>> {
	const open = await stores.device.attention.where('state').equals('open').toArray();
	// In the order in which they were said: their ids grow.
	const refused = open
		.filter((each) => each.commit === commit && each.verdict === 'refused')
		.sort((a, b) => (a.entry < b.entry ? -1 : 1));
	const [first] = entriesIn(refused);
	if (first === undefined) return { ok: false, reason: 'nothing' };
	const { org } = first;
	const receivers = await receiversOf(stores, org);
	if (receivers.length === 0) return { ok: false, reason: 'no-receiver' };
	const certified = await certificateOf(stores.device, first.device);
	if (certified === null) return { ok: false, reason: 'no-certificate' };
	const content = writeContent({ ...certified, made: now() }, [], refused);
	const file = await writeBundleFile(content, { note, realm, org }, receivers);
	return { ok: true, code: MARK + base64url(new TextEncoder().encode(file)) };
}

/** `not-a-bundle` for a text that holds no such code, `damaged` for one that was cut on the way. */
export async function readHandOver(
	taking: Taking,
	text: string
): Promise<
	| { readonly ok: true; readonly handed: HandedOver }
	| { readonly ok: false; readonly problem: TakeProblem }
> {
	if (text.length > LONGEST) return { ok: false, problem: 'too-large' };
	// Messengers break long lines: what is between the mark and the end of the code is one word.
	const code = CODE.exec(text.replaceAll(/\s+/g, ''))?.[1];
	if (code === undefined) return { ok: false, problem: 'not-a-bundle' };
	const bytes = bytesOfBase64url(code);
	if (bytes === null) return { ok: false, problem: 'damaged' };
	const opened = await openBundle(taking, new Blob([bytes]));
	if (!opened.ok) return { ok: false, problem: opened.problem };
	const { person, refused } = opened.content;
	const entries = refused.flatMap(({ entry }) => entriesIn([entry]));
	const anew = await saidAnew(taking.stores, entries, person);
	return { ok: true, handed: { person, entries, anew } };
}
