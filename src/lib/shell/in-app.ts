/** Browsers inside other apps: they may be read in, but what is recorded there is easily lost. */
export function isInAppBrowser(userAgent: string): boolean {
	return /MicroMessenger|QQ\/|DingTalk/i.test(userAgent);
}
