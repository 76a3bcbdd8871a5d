/** Every route of the relay, as its sources name them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Such as `POST /api/scope`, in the order of the alphabet. */
export function routesOfRelay(): readonly string[] {
	const folder = join(import.meta.dirname, '../../sync-server/routes');
	const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
	const found = files.flatMap((name) => {
		const source = readFileSync(join(folder, name), 'utf8');
		const path = /^const PATH = '([^']+)'/m.exec(source)?.[1] ?? '';
		return [...source.matchAll(/\bapp\.(get|put|post|delete)\(\s*(PATH|['`]([^'`]+)['`])/g)].map(
			([, method = '', , text]) =>
				`${method.toUpperCase()} ${(text ?? path).replace('${PATH}', path)}`
		);
	});
	return [...new Set(found)].sort();
}
