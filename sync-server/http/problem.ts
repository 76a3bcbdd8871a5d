/** Refused requests: problem+json with a stable code that the app says in words. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Problem } from '#domain/wire.ts';

const titles = {
	malformed: [400, 'The request could not be read'],
	'no-session': [401, 'No session'],
	'wrong-origin': [403, 'The request comes from another site'],
	'not-yours': [403, 'Not readable for you'],
	'not-found': [404, 'Not found'],
	'other-epoch': [409, 'The store was restored: give back what it lacks, then go on'],
	'too-big': [413, 'The request is too large'],
	'hash-differs': [422, 'The bytes are not what their name says'],
	'no-media': [422, 'Neither a picture nor a recording'],
	'slow-down': [429, 'Too many requests'],
	'relay-error': [500, 'The relay failed'],
	busy: [503, 'The relay has no room for more now'],
	'shutting-down': [503, 'The relay is stopping'],
	'store-away': [503, 'The store of the relay cannot be reached now'],
	'disk-full': [507, 'The relay cannot store anything now; nothing was stored']
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>;
export type ProblemCode = keyof typeof titles;

/** A problem of this relay's own list. */
export function problem(context: Context, code: ProblemCode, detail?: string): Response {
	const [status, title] = titles[code];
	return problemOf(context, status, code, title, detail);
}

/** Thrown, it ends a request with this answer. */
export function answered(response: Response): HTTPException {
	return new HTTPException(response.status as ContentfulStatusCode, { res: response });
}

/** A problem with a code of the caller's own. */
export function problemOf(
	context: Context,
	status: ContentfulStatusCode,
	code: string,
	title: string,
	detail?: string
): Response {
	const body: Problem & { type: string } = {
		type: 'about:blank',
		title,
		status,
		code,
		...(detail === undefined ? {} : { detail })
	};
	return context.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
}
