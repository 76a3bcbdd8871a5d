/** Asks the relay: every answer is parsed, every failure is a value with a code. */
import type { z } from 'zod';
import { Problem } from '#domain/wire.ts';

/** A full batch takes half a minute at 2G; nothing takes longer and still arrives. */
const PATIENCE_MS = 90_000;

export type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

export interface Refusal {
	readonly ok: false;
	/** The relay's stable code, `unreachable`, or `not-the-relay` for a network's own page. */
	readonly code: string;
	readonly status: number;
	/** Seconds, when the relay said when to come back. */
	readonly retryAfter?: number | undefined;
}
export type Answer<T> = { readonly ok: true; readonly value: T } | Refusal;

export async function ask<T>(
	fetch: Fetch,
	path: string,
	schema: z.ZodType<T>,
	body?: unknown
): Promise<Answer<T>> {
	return send(fetch, path, schema, body === undefined ? undefined : JSON.stringify(body));
}

/** Like `ask`, with a body already written. */
export async function send<T>(
	fetch: Fetch,
	path: string,
	schema: z.ZodType<T>,
	body?: string
): Promise<Answer<T>> {
	let response: Response;
	let text: string;
	const patience = new AbortController();
	const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
	try {
		response = await fetch(path, {
			signal: patience.signal,
			credentials: 'same-origin',
			cache: 'no-store',
			...(body === undefined
				? {}
				: { method: 'POST', headers: { 'content-type': 'application/json' }, body })
		});
		text = await response.text();
	} catch (cause) {
		if (!(cause instanceof Error) && !(cause instanceof DOMException)) throw cause;
		return { ok: false, code: 'unreachable', status: 0 };
	} finally {
		clearTimeout(timer);
	}
	const json = readJson(text);
	if (!response.ok) return refusal(response, json);
	const parsed = schema.safeParse(json);
	// A captive portal answers 200 with its own page.
	if (!parsed.success) return { ok: false, code: 'not-the-relay', status: response.status };
	return { ok: true, value: parsed.data };
}

function refusal(response: Response, json: unknown): Refusal {
	const problem = Problem.safeParse(json);
	const seconds = Number(response.headers.get('retry-after'));
	return {
		ok: false,
		status: response.status,
		code: problem.success ? problem.data.code : `http-${response.status}`,
		...(seconds > 0 ? { retryAfter: seconds } : {})
	};
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		if (cause instanceof SyntaxError) return undefined;
		throw cause;
	}
}
