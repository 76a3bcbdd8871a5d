/** What a device says of itself when it joins: its system and browser, so that its keeper can tell it from others. */

const LABEL_LENGTH = 80;
/** Makers' browsers call themselves Chrome and Safari too: their own name comes first. */
const PRODUCTS = [
	/(?:HuaweiBrowser|MiuiBrowser|HeyTapBrowser|VivoBrowser|MQQBrowser|UCBrowser|Edg[A-Z]*)\/\d+/i,
	/(?:FxiOS|Firefox|CriOS|Chrome)\/\d+/,
	/Safari\/\d+/
];

/** The part of a user agent that tells devices apart: a whole one does not fit, and its middle says nothing. */
export function deviceLabel(userAgent: string): string {
	const [, system = ''] = /\(([^)]*)\)/.exec(userAgent) ?? [];
	const browser = PRODUCTS.map((product) => product.exec(userAgent)?.[0]).find(Boolean);
	const mobile = /Mobile/.test(userAgent) ? 'Mobile' : undefined;
	const rest = [mobile, browser].filter(Boolean).join(' ');
	return `(${system.slice(0, LABEL_LENGTH - rest.length - 3)}) ${rest}`.trim();
}
