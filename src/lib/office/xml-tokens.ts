/** Reads the XML of a spreadsheet token by token; text comes out as an XML parser must give it. */

export type XmlToken = TagToken | { readonly is: 'text'; readonly text: string };

type TagToken =
	| { readonly is: 'open'; readonly name: string; readonly attributes: string }
	| { readonly is: 'close'; readonly name: string; readonly end: number };

/** Names come without their prefix; `end` of a closing tag is where reading stands. Throws on a torn document. */
export function* xmlTokens(xml: string): Generator<XmlToken> {
	const open: string[] = [];
	let at = 0;
	while (at < xml.length) {
		const tag = xml.indexOf('<', at);
		const text = tag < 0 ? xml.slice(at) : xml.slice(at, tag);
		if (text !== '') yield { is: 'text', text: decoded(lines(text)) };
		if (tag < 0) break;
		if (xml.startsWith('<![CDATA[', tag)) {
			at = after(xml, ']]>', tag);
			yield { is: 'text', text: lines(xml.slice(tag + '<![CDATA['.length, at - ']]>'.length)) };
			continue;
		}
		at = endOfMarkup(xml, tag);
		if (/[!?]/.test(xml.charAt(tag + 1))) continue;
		for (const token of tagTokens(xml.slice(tag + 1, at - 1), at)) {
			if (token.is === 'open') open.push(token.name);
			else if (open.pop() !== token.name) throw new Error('xml: tags do not match');
			yield token;
		}
	}
	if (open.length > 0) throw new Error('xml: the end is missing');
}

/** The value of one attribute out of the raw text of a tag, whatever its prefix. */
export function attributeOf(attributes: string, name: string): string | null {
	const pattern = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
	for (const [, found, double, single] of attributes.matchAll(pattern)) {
		if (localName(found ?? '') === name) return decoded(double ?? single ?? '');
	}
	return null;
}

function tagTokens(inside: string, end: number): readonly TagToken[] {
	if (inside.startsWith('/')) {
		return [{ is: 'close', name: localName(inside.slice(1).trim()), end }];
	}
	const isClosed = inside.endsWith('/');
	const content = isClosed ? inside.slice(0, -1) : inside;
	const blank = content.search(/\s/);
	const name = localName(blank < 0 ? content : content.slice(0, blank));
	const opened = { is: 'open', name, attributes: blank < 0 ? '' : content.slice(blank) } as const;
	return isClosed ? [opened, { is: 'close', name, end }] : [opened];
}

function localName(name: string): string {
	return name.slice(name.indexOf(':') + 1);
}

function endOfMarkup(xml: string, tag: number): number {
	if (xml.startsWith('<!--', tag)) return after(xml, '-->', tag);
	if (xml.startsWith('<?', tag)) return after(xml, '?>', tag);
	// A `>` within quotes does not end a tag.
	const mark = /["'>]/g;
	mark.lastIndex = tag;
	for (;;) {
		const found = mark.exec(xml);
		if (found === null) throw new Error('xml: a tag is not closed');
		if (found[0] === '>') return mark.lastIndex;
		mark.lastIndex = after(xml, found[0], mark.lastIndex);
	}
}

function after(xml: string, mark: string, from: number): number {
	const found = xml.indexOf(mark, from);
	if (found < 0) throw new Error(`xml: ${mark} is missing`);
	return found + mark.length;
}

/** A line ends with a line feed, however it was stored; a carriage return that counts is written `&#13;`. */
function lines(text: string): string {
	return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

const entities: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'"
};

function decoded(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, name: string) => {
		if (!name.startsWith('#')) return entities[name] ?? whole;
		const point = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
		return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
	});
}
