/** Which door each row of a register means: what its own cells say, and what stands above them. */
import { plainPart, type Address } from '../door-parts.ts';
import { dittoWords } from '../door-parts-lexicon.ts';
import { parseAddress, parsePlace } from './parse-address.ts';
import type { RegisterField } from './register-lexicon.ts';

export interface RegisterDoors {
	/** Null where the row names no door; what it does name counts for the rows below all the same. */
	doorOf(text: (field: RegisterField) => string): Address | null;
	/** A line above its rows: 4栋, 2单元, 梧桐里小区; false where it is no such place. */
	standsAbove(line: string): boolean;
	/** A line that was not understood: who stands below it is not behind the door above it. */
	leave(): void;
}

const NOWHERE: Address = { estate: '', building: '', unit: '', room: '' };

/** `usual` is the estate of doors of which the sheet does not say. */
export function registerDoors(usual: string): RegisterDoors {
	/** Of the row above; without a room where that row named no door. */
	let above = NOWHERE;
	/** Of the last line above its rows. */
	let line = NOWHERE;
	let lastEstate = '';
	let lastAddress = '';
	let lastNumber = '';

	/** A column that is written once for a block of rows counts down to the next that differs. */
	function inColumns(parts: Address, address: string): Address {
		const estate = parts.estate || estateIn(address, parts);
		const isThere = estate === '' || above.estate === '' || estate === above.estate;
		const isSame = isThere && (parts.building === '' || parts.building === above.building);
		const isBlank = [address, parts.building, parts.unit, parts.room].every((said) => said === '');
		if (isSame && isBlank) return above;
		return {
			estate: estate || above.estate || lastEstate || usual,
			building: isSame ? above.building : parts.building,
			unit: isSame && parts.unit === '' ? above.unit : parts.unit,
			room: parts.room
		};
	}

	function atAddress(said: Address, parts: Address): Address {
		const isInLine = said.estate === '' && said.building === '' && parts.building === '';
		return {
			estate: said.estate || parts.estate || line.estate || usual,
			building: said.building || parts.building || (isInLine ? line.building : ''),
			unit: said.unit || parts.unit || (isInLine ? line.unit : ''),
			room: said.room
		};
	}

	return {
		doorOf(text) {
			const said = (field: RegisterField) => (dittoWords.includes(text(field)) ? '' : text(field));
			const parts = partsOf(said);
			const address = said('address');
			// An address that is repeated says nothing new: what stood in columns beside it still counts.
			const isSaid = parts.room !== '' || address !== lastAddress;
			const read = isSaid && parts.room === '' ? parseAddress(address) : null;
			const door = read === null ? inColumns(parts, isSaid ? address : '') : atAddress(read, parts);
			// Another household, whose own door nobody wrote down.
			const number = said('householdNo') || lastNumber;
			above = door === above && number !== lastNumber ? { ...door, room: '' } : door;
			lastNumber = number;
			lastEstate = above.estate || lastEstate;
			lastAddress = address || lastAddress;
			return above.room === '' ? null : above;
		},
		standsAbove(words) {
			const place = parsePlace(words);
			if (place === null) return false;
			const { estate, building, unit } = place;
			line = {
				estate: estate || line.estate,
				building: unit !== '' && building === '' ? above.building : building,
				unit,
				room: ''
			};
			above = line;
			lastAddress = '';
			return true;
		},
		leave() {
			above = { ...above, room: '' };
			lastAddress = '';
		}
	};
}

/** The columns of a door, made plain; a room may hold the others too: 3-2-501. */
function partsOf(text: (field: RegisterField) => string): Address {
	const estate = text('estate');
	const building = plainPart(text('building'));
	const unit = plainPart(text('unit'));
	const room = plainPart(text('room'));
	const whole = /^[\da-z]*$/i.test(room) ? null : parseAddress(room);
	const asWritten = { estate, building, unit, room };
	if (whole === null || whole.estate !== '' || whole.building.length > 2) return asWritten;
	const isWhole = building === '' || whole.building === building;
	// 2-501 beside 3栋: its first number is the unit.
	const own = isWhole ? whole : { ...whole, building, unit: whole.unit || whole.building };
	const isOther = unit !== '' && own.unit !== '' && own.unit !== unit;
	return isOther
		? asWritten
		: { ...own, estate, building: own.building || building, unit: own.unit || unit };
}

/** An address beside the columns of a door tells its estate alone, if it is of that door at all. */
function estateIn(address: string, { building, room }: Address): string {
	const place = parsePlace(address) ?? parseAddress(address);
	if (place === null) return address;
	if (place.building !== '' || place.unit !== '')
		return place.building === building || building === '' ? place.estate : '';
	return place.room === room ? place.estate : address;
}
