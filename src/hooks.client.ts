/** What is done before any page is loaded: pages take their words once, so the language comes first. */
import { speak } from '#lib/i18n/index.ts';
import { pageLanguage } from '#lib/i18n/language.ts';

export async function init(): Promise<void> {
	if (pageLanguage() === 'zh-CN') return;
	try {
		speak((await import('#lib/i18n/en.ts')).en);
	} catch (cause) {
		// Chinese is always here.
		console.error('language: English could not be loaded', cause);
		document.documentElement.lang = 'zh-CN';
	}
}
