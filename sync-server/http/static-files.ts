/** Serves the built app: the shell for every route, hashed files for ever, nothing outside the build. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { Context } from 'hono';
import { z } from 'zod';

const types: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json',
	'.webmanifest': 'application/manifest+json',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.ico': 'image/x-icon',
	'.txt': 'text/plain; charset=utf-8',
	'.woff2': 'font/woff2'
};
/** How the build packs a file beside the file itself, the smallest first. */
const packings = [
	{ encoding: 'br', ending: '.br' },
	{ encoding: 'gzip', ending: '.gz' }
] as const;
type Encoding = (typeof packings)[number]['encoding'];

interface StaticFile {
	readonly type: string;
	readonly etag: string;
	readonly cacheControl: string;
	readonly body: Buffer<ArrayBuffer>;
	readonly packed: ReadonlyMap<Encoding, Buffer<ArrayBuffer>>;
}

export interface StaticFiles {
	/** The shell as built, null before the first build. */
	readonly shell: string | null;
	/** The build's own version; empty before the first build. */
	readonly version: string;
	/** Answers a GET or HEAD; null where the build has no such file. */
	answer(context: Context): Response | null;
}

export function openStaticFiles(folder: string): StaticFiles {
	const files = new Map<string, StaticFile>();
	const paths = new Set(existsSync(folder) ? filesUnder(folder) : []);
	for (const path of paths)
		if (!isPackingOf(path, paths)) files.set(`/${path}`, readFile(folder, path, paths));
	const shell = files.get('/index.html');

	function find(path: string): StaticFile | undefined {
		const file = files.get(path);
		if (file || isOfTheApp(path)) return file;
		return shell;
	}

	return {
		shell: shell?.body.toString('utf8') ?? null,
		version: versionOf(files.get('/_app/version.json')),
		answer(context) {
			let path: string;
			try {
				path = decodeURIComponent(new URL(context.req.url).pathname);
			} catch {
				// Not a path any file could have.
				return null;
			}
			const file = find(path);
			if (!file) return null;
			const headers: Record<string, string> = {
				'content-type': file.type,
				'cache-control': file.cacheControl,
				etag: file.etag,
				vary: 'accept-encoding'
			};
			if (context.req.header('if-none-match') === file.etag)
				return context.body(null, 304, headers);
			const accepted = context.req.header('accept-encoding') ?? '';
			for (const [encoding, bytes] of file.packed)
				if (accepts(accepted, encoding))
					return context.body(bytes, 200, { ...headers, 'content-encoding': encoding });
			return context.body(file.body, 200, headers);
		}
	};
}

function versionOf(file: StaticFile | undefined): string {
	const found = z
		.object({ version: z.string() })
		.safeParse(JSON.parse(file?.body.toString() ?? '{}'));
	return found.success ? found.data.version : '';
}

/** Asset paths are never answered with the shell: a missing chunk must be a 404. */
function isOfTheApp(path: string): boolean {
	return path.startsWith('/_app/') || path.startsWith('/api/') || /\.[a-z0-9]{2,12}$/i.test(path);
}

function readFile(folder: string, path: string, paths: ReadonlySet<string>): StaticFile {
	const body = readFileSync(join(folder, path));
	return {
		type: types[extname(path)] ?? 'application/octet-stream',
		etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
		cacheControl: path.startsWith('_app/immutable/')
			? 'public, max-age=31536000, immutable'
			: 'no-cache',
		body,
		packed: new Map(
			packings.flatMap(({ encoding, ending }) =>
				paths.has(path + ending) ? [[encoding, readFileSync(join(folder, path + ending))]] : []
			)
		)
	};
}

function isPackingOf(path: string, paths: ReadonlySet<string>): boolean {
	return packings.some(
		({ ending }) => path.endsWith(ending) && paths.has(path.slice(0, -ending.length))
	);
}

function accepts(accepted: string, encoding: Encoding): boolean {
	return new RegExp(`\\b${encoding}\\b`).test(accepted);
}

function filesUnder(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((path) => statSync(join(folder, path)).isFile())
		.map((path) => relative('.', path).split(sep).join('/'));
}
