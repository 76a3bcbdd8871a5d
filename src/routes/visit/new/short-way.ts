/** The short ways of a visit, 家里都好 and nobody who spoke: what else is written, so that none of it is lost unseen. */
import { m } from '#lib/i18n/index.ts';
import { mediaWords } from './media-words.ts';
import { isAway, writtenDemands, type VisitDraft } from './visit-draft.ts';

/** The first page says everything: nobody spoke, or 家里都好 and indeed nothing else is written. */
export function isShort(form: VisitDraft): boolean {
	return isAway(form) || (form.met !== undefined && form.allWell && beyond(form).length === 0);
}

/** What is written, in words, and not said of a door where nobody spoke. */
export function leftOut(form: VisitDraft): readonly string[] {
	if (!isAway(form)) return [];
	return [...beyond(form), ...(form.location === null ? [] : [m.visit.check.located])];
}

/** What is written, in words, on pages that the first page does not stand for. */
export function beyond(form: VisitDraft): readonly string[] {
	const { check } = m.member.visit;
	const demands = writtenDemands(form).length;
	return [
		isHomeWritten(form) ? check.home : '',
		demands > 0 ? check.demandsN(demands) : '',
		...mediaWords(form),
		isOtherWritten(form) ? check.other : '',
		form.nextDueOn !== '' && form.met !== 'notHome' ? check.next : ''
	].filter(Boolean);
}

function isHomeWritten(form: VisitDraft): boolean {
	// 没人在家 asks on its own page what the neighbours told.
	const heard = form.met === 'notHome' ? [] : [form.changes, form.change ?? ''];
	return (
		form.consent ||
		isWritten([form.residence ?? '', ...heard, form.hardships]) ||
		isHomeChanged(form)
	);
}

function isHomeChanged({ opened, groups, size }: VisitDraft): boolean {
	if (opened === undefined) return false;
	const isSame =
		groups.length === opened.groups.length && groups.every((each) => opened.groups.includes(each));
	return !isSame || size !== opened.size;
}

function isOtherWritten(form: VisitDraft): boolean {
	const { hazards, policyTold, suggestions, solvedOnSpot, note = '' } = form;
	const seen = hazards.some(({ kind, text }) => kind !== undefined || isWritten([text]));
	return seen || isWritten([policyTold, suggestions, solvedOnSpot, note]);
}

function isWritten(texts: readonly string[]): boolean {
	return texts.some((text) => text.trim() !== '');
}
