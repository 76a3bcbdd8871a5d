/** Another language: the app opens anew in it, once what is being written is kept. */
import type { App } from '#lib/app.ts';
import { keepLanguage, type Language } from '#lib/i18n/language.ts';

/** False where a form could not be kept: then nothing has changed. */
export async function changeLanguage(
	{ flushForms }: Pick<App, 'flushForms'>,
	language: Language
): Promise<boolean> {
	if (!(await flushForms())) return false;
	keepLanguage(language);
	location.reload();
	return true;
}
