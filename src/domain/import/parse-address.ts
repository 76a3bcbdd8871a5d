/** Reads the door of a written address, and the place of a line above its doors. */
import { plainNumber, plainPart, type Address } from '../door-parts.ts';
import {
	buildingMarks,
	estateEnds,
	floorMarks,
	numerals,
	ordinals,
	roomMarks,
	unitMarks
} from '../door-parts-lexicon.ts';

const NUMBER = `[\\da-z${Object.keys(numerals).join('')}]+`;
const DASH = '\\s*[-—–]\\s*';
const OR_DASH = `(?:${DASH}|\\s*)`;
const BUILDING = `(${NUMBER}|[${ordinals}])\\s*(?:${buildingMarks})`;
const UNIT = `(${NUMBER})\\s*(?:${unitMarks})`;
/** 3栋 or 3-, then 2单元 or 2-, then 5层 or the 5- of 5-501. */
const INSIDE =
	`(?:(?:${BUILDING}${OR_DASH}|(\\d{1,3}[a-z]?|[a-z]\\d{0,2})${DASH})` +
	`(?:${UNIT}${OR_DASH}|(\\d{1,2}[a-z]?)${DASH})?|${UNIT}${OR_DASH})` +
	`(?:${NUMBER}\\s*(?:${floorMarks})${OR_DASH}|(\\d{1,2})${DASH}(?=\\7\\d\\d))?`;
const ROOM = '(\\d{3,}[a-z]?-\\d{1,2}|[\\da-z]+(?:-[^\\d\\s]{1,4})?)';
const DOOR = new RegExp(`^(.*?)${INSIDE}${ROOM}\\s*(?:${roomMarks})?$`, 'iu');
const BARE_ROOM = new RegExp(`^(.*?)(\\d+[a-z]?)\\s*(?:${roomMarks})?$`, 'iu');
const BUILDING_ALONE = new RegExp(`^(.*?)${BUILDING}(?:\\s*${UNIT})?$`, 'iu');
const UNIT_ALONE = new RegExp(`^${UNIT}$`, 'iu');
const ESTATE_ALONE = new RegExp(`^\\S*\\p{L}(?:${estateEnds})$`, 'u');
/** Parts of a door that were not read as such, and words that only stand before a number. */
const UNREAD = new RegExp(`\\d\\s*(?:${buildingMarks}|${unitMarks})|:`, 'u');

/** 梧桐里小区3栋2单元501室, 梧桐里小区3-2-501, 幸福巷12号; null where no door can be read. */
export function parseAddress(text: string): Address | null {
	const plain = plainText(text);
	const [, before, spoken, coded, unit, dashed, ownUnit, , room] = DOOR.exec(plain) ?? [];
	if (before !== undefined && room !== undefined)
		return withEstate(before, {
			building: plainNumber(spoken ?? coded ?? ''),
			unit: plainNumber(unit ?? dashed ?? ownUnit ?? ''),
			room: plainPart(room)
		});
	const [, street = '', bare] = BARE_ROOM.exec(plain) ?? [];
	if (bare === undefined || UNREAD.test(street)) return null;
	return withEstate(street, { building: '', unit: '', room: plainPart(bare) });
}

/** 4栋, 2单元, 梧桐里小区3号楼, 梧桐里小区; null where a line is no such place. */
export function parsePlace(text: string): Address | null {
	const [plain = ''] = plainText(text).split(/\s*[(:]/u);
	const [, before, building = '', unit = ''] = BUILDING_ALONE.exec(plain) ?? [];
	if (before !== undefined)
		return withEstate(before, {
			building: plainNumber(building),
			unit: plainNumber(unit),
			room: ''
		});
	const [, alone] = UNIT_ALONE.exec(plain) ?? [];
	if (alone !== undefined) return { estate: '', building: '', unit: plainNumber(alone), room: '' };
	return ESTATE_ALONE.test(plain) ? { estate: plain, building: '', unit: '', room: '' } : null;
}

function plainText(text: string): string {
	return text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim();
}

/** Null where what stands before the door is no name: the 12- of 12-3-2-501. */
function withEstate(before: string, inside: Omit<Address, 'estate'>): Address | null {
	const estate = before.replace(/[\s\-—–/,、]+$/u, '').trim();
	return estate === '' || /\p{L}.*\p{L}/u.test(estate) ? { estate, ...inside } : null;
}
