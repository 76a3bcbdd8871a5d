/** The photos, voice notes and signatures of a filled-in form, in one line of words. */
import { m } from '#lib/i18n/index.ts';
import type { VisitDraft } from './visit-draft.ts';

export function mediaWords(form: VisitDraft): readonly string[] {
	const words = m.visit.check;
	const spoken = form.voiceNotes?.kept.length ?? 0;
	const signed = form.intervieweeSignature !== null;
	const told = [
		form.photos.length > 0 ? words.photosN(form.photos.length) : '',
		spoken > 0 ? m.visit.voice.count(spoken) : '',
		signed ? words.signedBy : '',
		form.confirmedOrally && !signed ? words.orally : '',
		form.visitorSignature === null ? '' : words.visitorSigned
	].filter(Boolean);
	return told.length === 0 ? [] : [told.join(m.member.comma)];
}
