/** The language of this device's screens: kept here, put on <html> by `static/appearance.js`, read once a page. */

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** What this page speaks, whatever was chosen since. */
export function pageLanguage(): Language {
	return languages.find((each) => each === document.documentElement.lang) ?? 'zh-CN';
}

/** For pages that are opened from now on. */
export function keepLanguage(language: Language): void {
	localStorage.setItem('language', language);
}
