/** What a device said of itself when it joined, in plain words: 安卓手机, 苹果手机, 电脑, and its browser. */
import { m } from '#lib/i18n/index.ts';

export function deviceWords(label: string): string {
	const { kinds, browsers, unknown, with: withBrowser } = m.people.devices;
	const kind = kindOf(label);
	const browser = browserOf(label);
	const what = kind === null ? unknown : kinds[kind];
	const model = modelOf(label);
	const named = model === null ? what : m.people.devices.model(what, model);
	return browser === null ? named : withBrowser(named, browsers[browser]);
}

function kindOf(label: string): keyof typeof m.people.devices.kinds | null {
	if (/iPhone/.test(label)) return 'iphone';
	if (/iPad/.test(label)) return 'ipad';
	if (/HarmonyOS|OpenHarmony/i.test(label)) return 'harmony';
	if (/Android/.test(label)) return /Mobile/.test(label) ? 'android' : 'androidAny';
	if (/Windows/.test(label)) return 'windows';
	if (/Macintosh|Mac OS/.test(label)) return 'mac';
	return /Linux|X11/.test(label) ? 'linux' : null;
}

function browserOf(label: string): keyof typeof m.people.devices.browsers | null {
	if (/HuaweiBrowser/i.test(label)) return 'huawei';
	if (/MiuiBrowser|XiaoMi/i.test(label)) return 'xiaomi';
	if (/HeyTap|OppoBrowser/i.test(label)) return 'oppo';
	if (/VivoBrowser/i.test(label)) return 'vivo';
	if (/MQQBrowser/i.test(label)) return 'qq';
	if (/UCBrowser/i.test(label)) return 'uc';
	if (/Edg/.test(label)) return 'edge';
	if (/Firefox|FxiOS/.test(label)) return 'firefox';
	if (/Chrome|CriOS/.test(label)) return 'chrome';
	return /Safari/.test(label) ? 'safari' : null;
}

/** The maker's name of a phone, as Android tells it; newer browsers say `K` for every phone. */
function modelOf(label: string): string | null {
	const [, model] = /Android [\d.]+; ([^;)]{2,30})/.exec(label) ?? [];
	return model ?? null;
}
