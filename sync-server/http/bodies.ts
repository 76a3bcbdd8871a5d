/** What a request brings along: read within its bounds, and looked through before it is parsed. */
import type { z } from 'zod';
import type { Limits } from '../limits.ts';
import type { AppContext } from './app.ts';
import { holdsNul, jsonOf } from './json.ts';
import { answered, problem } from './problem.ts';

export type JsonLimits = Pick<Limits, 'jsonDepth' | 'jsonValues'>;

/** Larger ones are parsed one after the other, each in a turn of the event loop: a device may bring many at once. */
const SMALL_BODY = 16 * 1024;

/** The body as JSON; undefined where it is none, or holds a NUL, which no database keeps. */
export async function readJson(context: AppContext): Promise<unknown> {
	const json = await readHandIn(context);
	return holdsNul(json) ? undefined : json;
}

/** The body as a schema has it; any other ends the request as `malformed`, which names the place. */
export async function readAs<T>(context: AppContext, schema: z.ZodType<T>): Promise<T> {
	return checkedAs(context, schema, await readJson(context));
}

export function checkedAs<T>(context: AppContext, schema: z.ZodType<T>, json: unknown): T {
	const checked = schema.safeParse(json);
	if (checked.success) return checked.data;
	const at = checked.error.issues[0]?.path.join('.');
	throw answered(problem(context, 'malformed', at));
}

/** [J2] Of many that are judged one by one: there a NUL is the fault of whoever's text it stands in. */
export async function readHandIn(context: AppContext): Promise<unknown> {
	const body = await readBody(context);
	const parse = () => parsed(body, context.get('json'));
	const { json, beyond } =
		body.length > SMALL_BODY ? await context.get('parsing')(async () => parse()) : parse();
	if (json === undefined) await context.get('unreadable')?.();
	if (beyond !== null) throw answered(problem(context, 'malformed', beyond));
	return json;
}

function parsed(
	body: Buffer,
	limits: JsonLimits
): { readonly json: unknown; readonly beyond: string | null } {
	const beyond = whatIsBeyond(body, limits);
	return { beyond, json: beyond === null ? jsonOf(body.toString('utf8')) : undefined };
}

/** The body's bytes; one that is too big, or for which there is no room now, ends the request. */
export async function readBody(context: AppContext): Promise<Buffer> {
	const most = context.get('bodyBytes');
	const parts: Buffer[] = [];
	let size = 0;
	for await (const part of wholeBody(context)) {
		size += part.length;
		if (size > most) throw answered(problem(context, 'too-big'));
		if (!context.get('room').take(part.length)) throw new NoRoom();
		context.set('held', size);
		parts.push(part);
	}
	return Buffer.concat(parts);
}

async function* wholeBody(context: AppContext): AsyncGenerator<Buffer> {
	const { incoming } = context.env;
	try {
		for await (const part of incoming) {
			if (!(part instanceof Buffer)) throw new Error('http: a body that is not bytes');
			yield part;
		}
	} catch (cause) {
		// Who hung up does not hear it, and a weak network is no failure of the relay.
		if (incoming.readableAborted) throw answered(problem(context, 'malformed'));
		throw cause;
	}
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
/** `{` and `[`, and what closes them, which differ in one bit. */
const [OPENING, CLOSING, BRACE_BIT] = [0x5b, 0x5d, 0x20];

/** [E6] Seen before it is parsed: a parser would build it all, and whoever checks it would look at all of it. */
function whatIsBeyond(json: Uint8Array, { jsonDepth, jsonValues }: JsonLimits): string | null {
	let depth = 0;
	let values = 0;
	let isInText = false;
	for (let at = 0; at < json.length; at++) {
		const byte = json[at] ?? 0;
		if (byte === QUOTE) isInText = !isInText;
		else if (isInText) at += byte === BACKSLASH ? 1 : 0;
		else if ((byte & ~BRACE_BIT) === OPENING) {
			depth += 1;
			values += 1;
		} else if ((byte & ~BRACE_BIT) === CLOSING) depth -= 1;
		else if (byte === COMMA) values += 1;
		if (depth > jsonDepth) return 'nested too deep';
		if (values > jsonValues) return 'too many values';
	}
	return null;
}

export class NoRoom extends Error {}
