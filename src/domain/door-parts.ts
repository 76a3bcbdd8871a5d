/** The parts of a door made plain: 3栋 and 3 are one building wherever doors are said, shown or compared. */
import { buildingMarks, numerals, ordinals, roomMarks, unitMarks } from './door-parts-lexicon.ts';

export interface Address {
	readonly estate: string;
	readonly building: string;
	readonly unit: string;
	readonly room: string;
}

const PLAIN = /^[\da-z]*$/i;
/** 3, A, 502-乙, 十二, 甲: what a mark may stand behind. 地下室 is a name, and none of a door 地下. */
const NUMBERED = `[\\da-z]+(?:-[^\\d\\s]{1,4})?|[${Object.keys(numerals).join('')}]+|[${ordinals}]`;
const MARKS = `(?:${buildingMarks}|${unitMarks}|${roomMarks})`;
const MARKED = new RegExp(`^(${NUMBERED})\\s*${MARKS}+$`, 'iu');

/** 3栋, 三栋 and 3 are one building; a name that is no number stays as it is. */
export function plainPart(text: string): string {
	if (PLAIN.test(text)) return plainNumber(text);
	const plain = text.normalize('NFKC').trim();
	const [, inner = plain] = MARKED.exec(plain) ?? [];
	return plainNumber(inner.trim());
}

/** 03 and 3 are one number. */
export function plainNumber(text: string): string {
	return numerals[text] ?? text.replace(/^0+(?=\d)/, '');
}

/** What a form says of a door, and how a door is told that was registered before forms made it plain. */
export function plainDoor({ estate, building, unit, room }: Address): Address {
	return {
		estate: estate.trim(),
		building: plainPart(building),
		unit: plainPart(unit),
		room: plainPart(room)
	};
}

export function isSameDoor(one: Address, other: Address): boolean {
	return isSameUnit(one, other) && plainPart(one.room) === plainPart(other.room);
}

export function isSameUnit(one: Omit<Address, 'room'>, other: Omit<Address, 'room'>): boolean {
	return isSameBuilding(one, other) && plainPart(one.unit) === plainPart(other.unit);
}

export function isSameBuilding(
	one: Pick<Address, 'estate' | 'building'>,
	other: Pick<Address, 'estate' | 'building'>
): boolean {
	const isEstate = one.estate.trim() === other.estate.trim();
	return isEstate && plainPart(one.building) === plainPart(other.building);
}

/** 3-2-501 */
export function doorCode(door: Omit<Address, 'estate'>): string {
	return [door.building, door.unit, door.room].map(plainPart).filter(Boolean).join('-');
}
