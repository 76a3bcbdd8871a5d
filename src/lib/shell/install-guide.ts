/** Which way leads to the desktop on this phone, read from what its browser says; a person may choose another. */
import { DAY } from '#domain/spans.ts';
import { isInAppBrowser } from './in-app.ts';

export const guides = [
	'apple',
	'huawei',
	'xiaomi',
	'oppo',
	'vivo',
	'android',
	'desktop',
	'inApp'
] as const;
export type Guide = (typeof guides)[number];

/** What a browser says of the device it runs on: `navigator`. */
export type Claims = Pick<Navigator, 'userAgent' | 'maxTouchPoints'>;

export function guideFor(claims: Claims): Guide {
	const { userAgent } = claims;
	if (isInAppBrowser(userAgent)) return 'inApp';
	if (isApple(claims)) return 'apple';
	// Model names first: HarmonyOS and some brands' browsers still say Android.
	if (/HUAWEI|HONOR|HarmonyOS|ArkWeb/i.test(userAgent)) return 'huawei';
	if (/MiuiBrowser|XiaoMi|Redmi|\bMI \d|; M2\d{3}/i.test(userAgent)) return 'xiaomi';
	if (/HeyTapBrowser|OPPO|OnePlus|Realme|\bRMX\d|; P[A-Z]{3}\d0/i.test(userAgent)) return 'oppo';
	if (/VivoBrowser|vivo|iQOO|; V\d{4}[A-Z]/i.test(userAgent)) return 'vivo';
	return /Android/i.test(userAgent) ? 'android' : 'desktop';
}

/** An iPad says that it is a Mac, which has no touch screen. */
export function isApple({ userAgent, maxTouchPoints }: Claims): boolean {
	const isPad = userAgent.includes('Macintosh') && maxTouchPoints > 1;
	return isPad || /iPhone|iPad|iPod/.test(userAgent);
}

/** Asked after the second saved visit, and once in so many days. */
const VISITS = 2;
const EVERY_DAYS = 30;

export function isCoachDue(of: {
	readonly visits: number;
	readonly dismissedAt: number | null;
	readonly now: number;
	readonly isInstalled: boolean;
}): boolean {
	const { visits, dismissedAt, now, isInstalled } = of;
	if (isInstalled || visits < VISITS) return false;
	return dismissedAt === null || now - dismissedAt > EVERY_DAYS * DAY;
}
