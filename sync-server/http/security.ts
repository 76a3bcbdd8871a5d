/** What keeps other sites out: Origin checks, the content policy of the built shell, and the usual headers. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

const fallbackPolicy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";

type Headers = Readonly<Record<string, string>>;

const ofDeeds: Headers = { 'x-content-type-options': 'nosniff' };

/** What a route answers is no page; but it has an address, which another page may name. */
const ofReads: Headers = {
	...ofDeeds,
	'cache-control': 'no-store',
	'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
	'cross-origin-resource-policy': 'same-origin'
};

/** The headers of an answer: few where devices ask often, and no other page can (`isOwnOrigin`). */
export function securityHeaders(
	shell: string | null,
	publicOrigin: string | null
): (request: Pick<IncomingMessage, 'method' | 'url'>) => Headers {
	const pages = ofPages(shell, publicOrigin);
	return ({ method, url }) => {
		if (!url?.startsWith('/api/')) return pages;
		return method === 'POST' ? ofDeeds : ofReads;
	};
}

function ofPages(shell: string | null, publicOrigin: string | null): Headers {
	return {
		// The shell carries the hash of its own inline script in a meta element; frames can only be said here.
		'content-security-policy': `${policyOf(shell) ?? fallbackPolicy}; frame-ancestors 'none'`,
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'permissions-policy':
			'camera=(self), geolocation=(self), microphone=(self), payment=(), usb=()',
		'referrer-policy': 'no-referrer',
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
		...(publicOrigin?.startsWith('https:')
			? { 'strict-transport-security': 'max-age=31536000' }
			: {})
	};
}

/** False for a request that another site's page makes; tools without a browser send no Origin. */
export function isOwnOrigin(
	headers: Pick<IncomingHttpHeaders, 'origin' | 'host'>,
	publicOrigin: string | null
): boolean {
	const { origin, host } = headers;
	if (origin === undefined) return true;
	if (publicOrigin !== null && origin === publicOrigin) return true;
	if (!URL.canParse(origin)) return false;
	return host !== undefined && publicOrigin === null && new URL(origin).host === host;
}

function policyOf(shell: string | null): string | null {
	const meta = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(shell ?? '');
	return (
		meta?.[1]?.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? null
	);
}
