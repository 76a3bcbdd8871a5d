/** Serves the built app: the shell for every route, hashed files for ever, nothing outside the build. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
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
const compressible = new Set(['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.txt']);
const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

interface StaticFile {
	readonly path: string;
	readonly type: string;
	readonly etag: string;
	readonly cacheControl: string;
	readonly body: Buffer<ArrayBuffer>;
	/** Compressed once, when first asked for. */
	readonly packed: Map<'br' | 'gzip', Promise<Buffer<ArrayBuffer>>>;
}

export interface StaticFiles {
	/** The shell as built, null before the first build. */
	readonly shell: string | null;
	/** The build's own version; empty before the first build. */
	readonly version: string;
	/** Answers a GET or HEAD; null where the build has no such file. */
	answer(context: Context): Promise<Response | null>;
}

export function openStaticFiles(folder: string): StaticFiles {
	const files = new Map<string, StaticFile>();
	if (existsSync(folder))
		for (const path of filesUnder(folder)) files.set(`/${path}`, readFile(folder, path));
	const shell = files.get('/index.html');

	function find(path: string): StaticFile | undefined {
		const file = files.get(path);
		if (file || isOfTheApp(path)) return file;
		return shell;
	}

	return {
		shell: shell?.body.toString('utf8') ?? null,
		version: versionOf(files.get('/_app/version.json')),
		async answer(context) {
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
			const encoding = encodingFor(file, context.req.header('accept-encoding') ?? '');
			if (encoding === null) return context.body(file.body, 200, headers);
			return context.body(await pack(file, encoding), 200, {
				...headers,
				'content-encoding': encoding
			});
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

function readFile(folder: string, path: string): StaticFile {
	const body = readFileSync(join(folder, path));
	return {
		path,
		type: types[extname(path)] ?? 'application/octet-stream',
		etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
		cacheControl: path.startsWith('_app/immutable/')
			? 'public, max-age=31536000, immutable'
			: 'no-cache',
		body,
		packed: new Map()
	};
}

function encodingFor(file: StaticFile, accepted: string): 'br' | 'gzip' | null {
	if (!compressible.has(extname(file.path)) || file.body.length < 1_000) return null;
	if (/\bbr\b/.test(accepted)) return 'br';
	return /\bgzip\b/.test(accepted) ? 'gzip' : null;
}

function pack(file: StaticFile, encoding: 'br' | 'gzip'): Promise<Buffer<ArrayBuffer>> {
	const made = file.packed.get(encoding);
	if (made) return made;
	const packing =
		encoding === 'br'
			? brotli(file.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
			: gzipped(file.body, { level: 9 });
	const copied = packing.then((bytes) => Buffer.from(bytes));
	file.packed.set(encoding, copied);
	return copied;
}

function filesUnder(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((path) => statSync(join(folder, path)).isFile())
		.map((path) => relative('.', path).split(sep).join('/'));
}
