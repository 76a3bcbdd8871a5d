/** Opens the zip of an .xlsx: finds its parts and gives them as text, within bounds. */
import { attributeOf, xmlTokens } from './xml-tokens.ts';

export interface Workbook {
	/** The sheets that are shown, in order. */
	readonly sheets: readonly { readonly name: string; readonly path: string }[];
	/** Days are counted from 1904 instead of 1900. */
	readonly is1904: boolean;
	/** The XML of the styles and of the shared texts, empty when there is none. */
	readonly styles: string;
	readonly strings: string;
	readonly sheetXml: (path: string) => string;
}

/** What the parts may weigh when unpacked: more is a slip or an attack. */
const UNPACKED_LIMIT = 300 * 1024 * 1024;

/** Throws on a zip that cannot be read. */
export async function openXlsx(bytes: Uint8Array): Promise<Workbook | 'not-a-table' | 'too-big'> {
	const { unzipSync } = await import('fflate');
	const sizes = new Map<string, number>();
	unzipSync(bytes, {
		filter({ name, originalSize }) {
			sizes.set(name, originalSize);
			return false;
		}
	});
	const partNamed = (path: string): string | undefined => {
		const wanted = path.toLowerCase();
		return [...sizes.keys()].find((name) => name.replaceAll('\\', '/').toLowerCase() === wanted);
	};
	const read = (path: string): string => {
		const name = partNamed(path);
		if (name === undefined) return '';
		const part = unzipSync(bytes, { filter: (file) => file.name === name })[name];
		return part === undefined ? '' : textOf(part);
	};
	const book = relationsOf(read('_rels/.rels'), '').get('officeDocument')?.[0]?.path;
	const path = book ?? 'xl/workbook.xml';
	if (!/\.xml$/i.test(path) || partNamed(path) === undefined) return 'not-a-table';
	const folder = path.slice(0, path.lastIndexOf('/') + 1);
	const relations = relationsOf(read(`${folder}_rels/${path.slice(folder.length)}.rels`), folder);
	const needed = ['worksheet', 'styles', 'sharedStrings'].flatMap(
		(type) => relations.get(type) ?? []
	);
	const weight = needed.reduce(
		(sum, part) => sum + (sizes.get(partNamed(part.path) ?? '') ?? 0),
		0
	);
	if (weight > UNPACKED_LIMIT) return 'too-big';
	return {
		...sheetsOf(read(path), relations.get('worksheet') ?? []),
		styles: read(relations.get('styles')?.[0]?.path ?? ''),
		strings: read(relations.get('sharedStrings')?.[0]?.path ?? ''),
		sheetXml: read
	};
}

interface Relation {
	readonly id: string;
	readonly path: string;
}

/** What a part refers to, by the last word of the type. */
function relationsOf(xml: string, folder: string): ReadonlyMap<string, readonly Relation[]> {
	const relations = new Map<string, Relation[]>();
	for (const token of xmlTokens(xml)) {
		if (token.is !== 'open' || token.name !== 'Relationship') continue;
		const attribute = (name: string): string => attributeOf(token.attributes, name) ?? '';
		const type = attribute('Type').split('/').pop() ?? '';
		const target = attribute('Target').replaceAll('\\', '/');
		const path = target.startsWith('/') ? target.slice(1) : `${folder}${target}`;
		const found = relations.get(type) ?? [];
		relations.set(type, [...found, { id: attribute('Id'), path: path.replace(/^\.\//, '') }]);
	}
	return relations;
}

function sheetsOf(
	xml: string,
	relations: readonly Relation[]
): Pick<Workbook, 'sheets' | 'is1904'> {
	const paths = new Map(relations.map(({ id, path }) => [id, path]));
	const sheets: { name: string; path: string }[] = [];
	let is1904 = false;
	for (const token of xmlTokens(xml)) {
		if (token.is !== 'open') continue;
		const { attributes } = token;
		if (token.name === 'workbookPr') {
			is1904 = /^(1|true|on)$/.test(attributeOf(attributes, 'date1904') ?? '');
		}
		const path =
			token.name === 'sheet' ? paths.get(attributeOf(attributes, 'id') ?? '') : undefined;
		if (path === undefined || attributeOf(attributes, 'state')?.includes('idden')) continue;
		sheets.push({ name: attributeOf(attributes, 'name') ?? '', path });
	}
	return { sheets, is1904 };
}

/** A part is UTF-8, or UTF-16 with its mark; anything else is damage and throws. */
function textOf(part: Uint8Array): string {
	const mark = (part[0] ?? 0) * 256 + (part[1] ?? 0);
	const encoding = { 0xfeff: 'utf-16be', 0xfffe: 'utf-16le' }[mark] ?? 'utf-8';
	return new TextDecoder(encoding, { fatal: true }).decode(part);
}
