/** Which way to the desktop a phone is shown, when it is offered, and when it is reminded of what waits. */
import { expect, test } from 'vitest';
import { guideFor, isCoachDue } from '#lib/shell/install-guide.ts';
import { nagOf } from '#lib/shell/unsent-nag.ts';

const android = 'Mozilla/5.0 (Linux; Android 12; ';
const mac =
	'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari';
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15';

const phone = (userAgent: string) => ({ userAgent, maxTouchPoints: 5 });

test.each([
	[iphone, 'apple'],
	[`${android}JAD-AL00) HuaweiBrowser/14.0 HMSCore/6.13 Mobile`, 'huawei'],
	['Mozilla/5.0 (Phone; OpenHarmony 5.0) ArkWeb/4.1 Mobile HuaweiBrowser/5.0', 'huawei'],
	[`${android}2211133C Build/TKQ1) XiaoMi/MiuiBrowser/18.0`, 'xiaomi'],
	[`${android}M2102J2SC) Chrome/111 Mobile`, 'xiaomi'],
	[`${android}PGJM10) HeyTapBrowser/40.8`, 'oppo'],
	[`${android}V2309A) VivoBrowser/20.1`, 'vivo'],
	[`${android}Pixel 7) Chrome/120 Mobile`, 'android'],
	['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120', 'desktop'],
	[`${android}JAD-AL00) MicroMessenger/8.0.40`, 'inApp'],
	[`${iphone} MicroMessenger/8.0.40`, 'inApp'],
	[`${android}V2309A) DingTalk/7.0`, 'inApp']
])('%s is shown the way of %s', (userAgent, guide) => {
	expect(guideFor(phone(userAgent))).toBe(guide);
});

test('an iPad, which says that it is a Mac, is told by its touch screen', () => {
	expect(guideFor(phone(mac))).toBe('apple');
	expect(guideFor({ userAgent: mac, maxTouchPoints: 0 })).toBe('desktop');
});

const DAY = 86_400_000;

test('the desktop icon is offered after the second visit, once in thirty days', () => {
	const of = { visits: 2, dismissedAt: null, now: 100 * DAY, isInstalled: false };
	expect(isCoachDue(of)).toBe(true);
	expect(isCoachDue({ ...of, visits: 1 })).toBe(false);
	expect(isCoachDue({ ...of, isInstalled: true })).toBe(false);
	expect(isCoachDue({ ...of, dismissedAt: 71 * DAY })).toBe(false);
	expect(isCoachDue({ ...of, dismissedAt: 69 * DAY })).toBe(true);
});

test('what waits for three days is reminded of; an iPhone of syncing at all', () => {
	const now = 100 * DAY;
	const since = (age: number) => ({ waitingSince: now - age * DAY });
	const of = { waiting: 1, ...since(2), lastSuccess: now, now, browser: phone(android) };
	expect(nagOf(of)).toBeNull();
	expect(nagOf({ ...of, waiting: 2, ...since(4) })).toEqual({ n: 2, days: 4, isApple: false });
	expect(nagOf({ ...of, ...since(3), browser: phone(iphone) })).toMatchObject({ isApple: true });
	const stale = { ...of, waiting: 0, waitingSince: null, lastSuccess: now - 4 * DAY };
	expect(nagOf(stale)).toBeNull();
	expect(nagOf({ ...stale, browser: phone(iphone) })).toBe('apple-unsynced');
	expect(nagOf({ ...stale, lastSuccess: null, browser: phone(iphone) })).toBeNull();
});
