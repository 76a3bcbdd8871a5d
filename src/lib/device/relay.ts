/** Asks the relay: every answer is parsed, every failure is a value with a code. */
import type { z } from 'zod';
import { Problem } from '#domain/wire.ts';

/** A full batch takes half a minute at 2G; nothing takes longer and still arrives. */
const PATIENCE_MS = 90_000;
/** What stands between here and the relay may say anything. */
const LONGEST_RETRY_S = 3600;

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
	const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
	const got = await patiently(fetch, path, body === undefined ? {} : post);
	return got.ok ? parsed(got.value, schema) : got;
}

/** [R8] One piece of a photo: `total` bytes in all, these from `from` on. */
export async function putPiece<T>(
	fetch: Fetch,
	path: string,
	schema: z.ZodType<T>,
	piece: ArrayBuffer,
	{ from, total }: { readonly from: number; readonly total: number }
): Promise<Answer<T>> {
	const range = `bytes ${from}-${from + piece.byteLength - 1}/${total}`;
	const got = await patiently(fetch, path, {
		method: 'PUT',
		headers: { 'content-type': 'application/octet-stream', 'content-range': range },
		body: piece
	});
	return got.ok ? parsed(got.value, schema) : got;
}

/** [R8] A photo's bytes. */
export async function getBytes(fetch: Fetch, path: string): Promise<Answer<ArrayBuffer>> {
	const got = await patiently(fetch, path);
	if (!got.ok) return got;
	const { response, bytes } = got.value;
	if (!response.ok) return refusal(response, readJson(new TextDecoder().decode(bytes)));
	return { ok: true, value: bytes };
}

interface Got {
	readonly response: Response;
	readonly bytes: ArrayBuffer;
}

async function patiently(fetch: Fetch, path: string, init: RequestInit = {}): Promise<Answer<Got>> {
	const patience = new AbortController();
	const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
	try {
		const response = await fetch(path, {
			signal: patience.signal,
			credentials: 'same-origin',
			cache: 'no-store',
			...init
		});
		return { ok: true, value: { response, bytes: await response.arrayBuffer() } };
	} catch (cause) {
		if (!(cause instanceof Error) && !(cause instanceof DOMException)) throw cause;
		return { ok: false, code: 'unreachable', status: 0 };
	} finally {
		clearTimeout(timer);
	}
}

function parsed<T>({ response, bytes }: Got, schema: z.ZodType<T>): Answer<T> {
	const json = readJson(new TextDecoder().decode(bytes));
	if (!response.ok) return refusal(response, json);
	const value = schema.safeParse(json);
	// A captive portal answers 200 with its own page.
	if (!value.success) return { ok: false, code: 'not-the-relay', status: response.status };
	return { ok: true, value: value.data };
}

function refusal(response: Response, json: unknown): Refusal {
	const problem = Problem.safeParse(json);
	const seconds = retryAfter(response.headers);
	return {
		ok: false,
		status: response.status,
		code: problem.success ? problem.data.code : `http-${response.status}`,
		...(seconds > 0 ? { retryAfter: Math.min(seconds, LONGEST_RETRY_S) } : {})
	};
}

/** Seconds, or a date, which is counted from the answer's own date: this device's clock may be wrong. */
function retryAfter(headers: Headers): number {
	const said = headers.get('retry-after') ?? '';
	if (/^\d+$/.test(said)) return Number(said);
	const seconds = (Date.parse(said) - Date.parse(headers.get('date') ?? '')) / 1000;
	return Number.isNaN(seconds) ? 0 : seconds;
}

/** Undefined for a text that is no JSON. */
export function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		if (cause instanceof SyntaxError) return undefined;
		throw cause;
	}
}
