/** 更正 of an answer: what the form holds, what must be mended, what is said; and versions settled by their kinds. */
import type { Outcome } from '#domain/kinds/demand-answer.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { Utterance } from '#lib/app.ts';
import { differing } from '#lib/drafts/changed-since.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';
import { required } from './checks.ts';

export interface Amending {
	/** 不予受理 has none. */
	outcome: Outcome | '';
	reply: string;
	reason: string;
}

const KIND = 'demand.answer-corrected.v1';
const ANSWER: ReadonlySet<string> = new Set(['outcome', 'reply']);

export function amendingFrom({ outcome, reply }: DemandRow): Amending {
	return { outcome: outcome ?? '', reply: reply ?? '', reason: '' };
}

export function amendingErrors(form: Amending): readonly FieldError[] {
	const { replyMissing, replyTooLong } = m.secretary.handle;
	const { reasonMissing, reasonTooLong } = m.secretary.correct;
	return [
		...required('reply', form.reply, 2000, replyMissing, replyTooLong),
		...required('reason', form.reason, 200, reasonMissing, reasonTooLong)
	];
}

/** Null where nothing differs from what the form began with. */
export function amendingSays(
	row: DemandRow,
	form: Amending,
	{ base, seen }: { readonly base: Amending; readonly seen: number | undefined }
): Utterance | null {
	const said = ({ outcome, reply }: Amending) => ({ outcome, reply: reply.trim() });
	const changed = differing(said(form), said(base));
	if (Object.keys(changed).length === 0) return null;
	const body = { ...changed, reason: form.reason.trim() };
	return { kind: KIND, record: row.record, body, seen };
}

/** Are all disputed fields those of the answer? */
export function isOfAnswer({ conflicts = [] }: DemandRow): boolean {
	return conflicts.every(({ field }) => ANSWER.has(field));
}

/** A decision between versions, each field by the kind that corrects it. */
export function settlingSays(
	{ record }: Pick<DemandRow, 'record'>,
	{ settles, reason, ...fields }: Readonly<Record<string, unknown>>
): readonly Utterance[] {
	const disputed = Array.isArray(settles) ? settles.map(String) : [];
	const part = (kind: string, isIts: (field: string) => boolean): readonly Utterance[] => {
		const names = disputed.filter(isIts);
		const told = Object.entries(fields).filter(([field]) => isIts(field));
		const body = { ...Object.fromEntries(told), reason, settles: names };
		return names.length === 0 ? [] : [{ kind, record, body }];
	};
	return [
		...part('demand.corrected.v1', (field) => !ANSWER.has(field)),
		...part(KIND, (field) => ANSWER.has(field))
	];
}
