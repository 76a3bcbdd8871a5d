/** The units of one district as lists of divisions write them: invented ones, or those of a file. */
import { readFileSync } from 'node:fs';
import type { OrgLevel } from '#domain/people.ts';
import { m } from '#lib/i18n/index.ts';

export interface Division {
	readonly code: string;
	readonly name: string;
	/** Code of the unit above; empty for the district itself. */
	readonly parent: string;
	readonly level: OrgLevel;
}

/** Ten sub-districts with 99 communities, as many as a real district of that kind has. */
export function inventedDivisions(): readonly Division[] {
	const district: Division = {
		code: '990300000000',
		name: '桥湾区',
		parent: '',
		level: 'district'
	};
	const streets = [...'杨柳槐桂枫榆桐松竹梅'].map((tree, at): Division => ({
		code: `9903${pad(at + 1, 2)}000000`.padEnd(12, '0'),
		name: `${tree}林街道`,
		parent: district.code,
		level: 'subdistrict'
	}));
	const communities = Array.from({ length: 99 }, (_, at): Division => {
		const street = streets[at % streets.length] ?? district;
		const nth = Math.floor(at / streets.length) + 1;
		return {
			code: `${street.code.slice(0, 6)}${pad(nth, 3)}000`,
			name: `${street.name.slice(0, 1)}林${NUMERALS[nth - 1]}社区`,
			parent: street.code,
			level: 'community'
		};
	});
	return [district, ...streets, ...communities];
}

/** A list with the columns code, name, parent, level. */
export function readDivisions(path: string): readonly Division[] {
	const [, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
	return lines.map((line) => {
		const [code = '', name = '', parent = '', level = ''] = line.split(',');
		// The file states what it holds; a level that is none fails where the list is imported.
		return { code, name, parent, level: level as OrgLevel };
	});
}

export function divisionsAt(
	divisions: readonly Division[],
	level: OrgLevel,
	parent?: string
): readonly Division[] {
	return divisions.filter(
		(each) => each.level === level && (parent === undefined || each.parent === parent)
	);
}

/** Rows as an office keeps them, each a line of CSV. */
export function divisionLines(divisions: readonly Division[]): readonly string[] {
	return [
		'代码,名称,上级代码,层级',
		...divisions.map(({ code, name, parent, level }) =>
			[code, name, parent, m.levels[level]].join(',')
		)
	];
}

const NUMERALS = [...'一二三四五六七八九十'];

function pad(n: number, digits: number): string {
	return String(n).padStart(digits, '0');
}
