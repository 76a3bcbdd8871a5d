/** What went unfinished, in words: the sorts of forms, of nobody. */
import { m } from '#lib/i18n/index.ts';
import type { ForgottenDraft } from '#lib/outbox/left-here.ts';

export function formWords(forgotten: readonly ForgottenDraft[]): string {
	return [...new Set(forgotten.map(({ form }) => wordsOf(form)))].join(m.setup.comma);
}

function wordsOf(form: string): string {
	const words = m.member.me.draftTitle;
	if (form === 'visit') return m.sync.kinds.visit;
	if (form === 'household' || form === 'home') return words.household;
	if (form === 'correct' || form === 'add' || form === 'amend') return words.correct;
	return form === 'handle' ? words.desk : words.other;
}
