/** `GET /api/ledgers/<ledger>`: the same elements as JSON, for closed periods and networks that cut sockets. */
import { isReadable, parseLedger } from '#domain/ledgers.ts';
import { answerLarge, enter, type App, type Sessions } from '../http/app.ts';
import { problem } from '../http/problem.ts';
import type { Rates } from '../http/rates.ts';
import type { Directory } from '../judging/directory.ts';
import type { Limits } from '../limits.ts';
import type { Store } from '../store/store.ts';

const PATH = '/api/ledgers/';
const MOST = 1_000;
/** Bytes of one answer; the rest is asked for next. */
const ANSWER_BYTES = 1_500_000;
/** No head is smaller: more than fit need not be read. */
const LEAST_ELEMENT_BYTES = 256;

export interface LedgersRoutesParts {
	readonly store: Store;
	readonly directory: Directory;
	readonly sessions: Sessions;
	readonly limits: Limits;
	readonly rates: Rates;
	readonly now: () => number;
}

export function ledgersRoutes(app: App, parts: LedgersRoutesParts): void {
	app.get(`${PATH}*`, async (context) => {
		const session = await enter(context, parts);
		const ledger = context.req.path.slice(PATH.length);
		const { prefixes } = parts.directory.reading(session.person, parts.now());
		// [A2] a name nobody has and a name not yours are answered alike
		if (parseLedger(ledger) === null || !isReadable(prefixes, ledger))
			return problem(context, 'not-yours');
		const after = wholeNumber(context.req.query('after'), 0, Number.MAX_SAFE_INTEGER);
		const limit = wholeNumber(context.req.query('limit'), MOST, MOST);
		// [R7] a device on a slow link asks for less
		const room = wholeNumber(context.req.query('size'), ANSWER_BYTES, ANSWER_BYTES);
		if (after === null || limit === null || room === null) return problem(context, 'malformed');

		const most = Math.min(limit, Math.ceil(room / LEAST_ELEMENT_BYTES));
		const found = await parts.store.elements(ledger, after, most + 1);
		const elements: string[] = [];
		let size = 0;
		for (const { head, text, sig } of found.slice(0, most)) {
			const rest = text === null ? '' : `,"text":${JSON.stringify(text)},"sig":"${sig ?? ''}"`;
			const element = `{"head":${head}${rest}}`;
			size += Buffer.byteLength(element);
			if (elements.length > 0 && size > room) break;
			elements.push(element);
		}
		const opening = `{"ledger":${JSON.stringify(ledger)},"epoch":"${parts.store.epoch}"`;
		const more = found.length > elements.length;
		// Heads are JSON already; they are not parsed to be written again.
		const json = `${opening},"elements":[${elements.join(',')}],"more":${more}}`;
		return answerLarge(context, parts, json, { 'content-type': 'application/json' });
	});
}

/** A query's number within [0, most]; `none` where it is not given, null where it is something else. */
function wholeNumber(text: string | undefined, none: number, most: number): number | null {
	if (text === undefined) return none;
	return /^\d{1,15}$/.test(text) ? Math.min(Number(text), most) : null;
}
