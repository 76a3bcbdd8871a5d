/** `PUT` and `GET /api/media/<sha256>`: photos in pieces, kept by hash, for who reads a ledger that names them (R8). */
import { statfs } from 'node:fs/promises';
import { MEDIA_BYTES, MediaName } from '#domain/media.ts';
import { DAY } from '#domain/spans.ts';
import { answerLarge, enter, slowDown, type App, type Sessions } from '../http/app.ts';
import { readBody } from '../http/bodies.ts';
import { problem } from '../http/problem.ts';
import type { Rates } from '../http/rates.ts';
import type { Directory } from '../judging/directory.ts';
import type { Limits } from '../limits.ts';
import type { MediaStore, Piece } from '../media/store.ts';

const PATH = '/api/media/:name';

export interface MediaRoutesParts {
	readonly media: MediaStore;
	readonly directory: Directory;
	readonly sessions: Sessions;
	readonly rates: Rates;
	readonly limits: Limits;
	/** On the disk where photos lie. */
	readonly disk: string;
	readonly now: () => number;
}

export function mediaRoutes(app: App, parts: MediaRoutesParts): void {
	const { media, limits, directory, now } = parts;

	app.put(PATH, async (context) => {
		const session = await enter(context, parts);
		const name = MediaName.safeParse(context.req.param('name'));
		context.set('bodyBytes', limits.mediaPieceBytes);
		const bytes = await readBody(context);
		const range = rangeOf(context.req.header('content-range'), bytes.length);
		if (!name.success || range === null) return problem(context, 'malformed');
		if (range.total > MEDIA_BYTES) return problem(context, 'too-big');
		const { own, all } = await media.unfinished(session.person, name.data);
		const brought = own + (await media.broughtBy(session.person, now() - DAY));
		if (brought + range.total > limits.mediaBytesPerDay) return slowDown(context, DAY / 24);
		if (!(await hasRoom(all))) return problem(context, 'disk-full');
		const put = await media.put(name.data, session, { ...range, bytes });
		return put.ok ? context.json(put.value) : problem(context, put.code);
	});

	app.get(PATH, async (context) => {
		const session = await enter(context, parts);
		const name = MediaName.safeParse(context.req.param('name'));
		const { prefixes } = directory.reading(session.person, now());
		const found = name.success ? await media.get(name.data, session, prefixes) : null;
		// [A2] what is not there and what is not yours are answered alike
		if (found === null) return problem(context, 'not-found');
		return answerLarge(context, parts, new Uint8Array(found.bytes), {
			'content-type': found.type,
			'content-disposition': 'inline'
		});
	});

	async function hasRoom(unfinished: number): Promise<boolean> {
		const { bavail, bsize } = await statfs(parts.disk);
		const size = unfinished + (await media.size());
		return size < limits.mediaBytes && bavail * bsize > limits.freeBytes;
	}
}

/** `bytes 0-65535/400000`, where it says as much as was sent. */
function rangeOf(header: string | undefined, length: number): Omit<Piece, 'bytes'> | null {
	const match = /^bytes (\d{1,8})-(\d{1,8})\/(\d{1,8})$/.exec(header ?? '');
	if (match === null) return null;
	const [from = 0, last = 0, total = 0] = match.slice(1).map(Number);
	return last - from + 1 === length && last < total ? { from, total } : null;
}
