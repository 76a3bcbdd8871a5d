/** Which way leads to the desktop on this phone, read from its user agent; a person may choose another. */
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

export function guideFor(userAgent: string): Guide {
	if (isInAppBrowser(userAgent)) return 'inApp';
	if (isApple(userAgent)) return 'apple';
	// Model names first: HarmonyOS and some brands' browsers still say Android.
	if (/HUAWEI|HONOR|HarmonyOS|ArkWeb/i.test(userAgent)) return 'huawei';
	if (/MiuiBrowser|XiaoMi|Redmi|\bMI \d|; M2\d{3}/i.test(userAgent)) return 'xiaomi';
	if (/HeyTapBrowser|OPPO|OnePlus|Realme|\bRMX\d|; P[A-Z]{3}\d0/i.test(userAgent)) return 'oppo';
	if (/VivoBrowser|vivo|iQOO|; V\d{4}[A-Z]/i.test(userAgent)) return 'vivo';
	return /Android/i.test(userAgent) ? 'android' : 'desktop';
}

export function isApple(userAgent: string): boolean {
	return /iPhone|iPad|iPod/.test(userAgent);
}

const DAY_MS = 86_400_000;
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
	return dismissedAt === null || now - dismissedAt > EVERY_DAYS * DAY_MS;
}
