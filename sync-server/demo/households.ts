/** The doors of the demo district: estates, buildings, units and rooms, who lives there and who looks after them. */
import { dayOf } from '#domain/calendar.ts';
import { RecordId } from '#domain/ids.ts';
import type { Group } from '#domain/kinds/household.ts';
import type { CareTier } from '#domain/settings.ts';
import type { Utterance } from '../people/set-up-device.ts';
import { adultName, elderName, phoneNumber } from './names.ts';
import type { Desk, DemoPerson } from './people.ts';
import type { Chance } from './random.ts';
import { groupsOfTier } from './visit-texts.ts';

export interface Door {
	readonly record: RecordId;
	readonly estate: string;
	readonly building: string;
	readonly unit: string;
	readonly room: string;
	readonly head: string;
	readonly headBorn: number;
	readonly phone: string;
	readonly size: number;
	readonly tier: CareTier;
	readonly groups: readonly Group[];
	/** The member who looks after it; null is a gap in the round. */
	readonly member: DemoPerson | null;
	/** Told by hand in the story, not by chance. */
	readonly isScripted: boolean;
}

type Known = Pick<Door, 'building' | 'unit' | 'room' | 'head' | 'tier' | 'groups' | 'size'> & {
	readonly age: number;
	readonly phone: string;
};

/** The first doors of the demo member's round. */
const known = {
	chen: resident('3-2-301', '陈桂香', 82, 'key', ['livingAlone', 'veryOld'], '13800001123'),
	wu: resident('5-1-202', '吴德厚', 77, 'key', ['emptyNest'], '13800002257'),
	zhao: resident('6-1-503', '赵秀珍', 69, 'key', ['lowIncome'], '13800003308'),
	he: resident('2-1-101', '何玉梅', 64, 'high', ['seriousIllness'], '13800004416'),
	sun: resident('1-1-402', '孙长林', 74, 'key', ['veteran'], '13800005529'),
	liu: resident('4-1-102', '刘玉兰', 79, 'high', ['livingAlone'], '13800006634')
} as const satisfies Record<string, Known>;
export type KnownDoor = keyof typeof known;

/** Doors of the demo member besides those known by name. */
const OWN_ROUND = 9;

export function settleDoors(desk: Desk, chance: Chance, now: number): readonly Door[] {
	const { plan, members } = desk;
	const addresses = addressesOf(plan.estates, plan.households, chance);
	const [first, ...others] = members;
	if (first === undefined) throw new Error('demo-households: a community without members');
	const isTheirs = plan.members > 6 && plan.estates[0] === '梧桐里小区';
	const scripted = isTheirs
		? Object.values(known).map((each) => knownDoor(each, first, plan.estates[0] ?? '', now, chance))
		: [];
	const taken = new Set(scripted.map(addressOf));
	const free = addresses.filter((address) => !taken.has(addressOf(address)));
	const rest = free.slice(0, plan.households - scripted.length).map((address, i): Door => {
		const tier = tierOf(chance);
		const groups = chance.pick<readonly Group[]>(groupsOfTier[tier]);
		const isOld = groups.some((group) => group === 'veryOld' || group === 'livingAlone');
		const age = isOld || chance.is(0.3) ? chance.int(66, 92) : chance.int(28, 65);
		const own = isTheirs ? i < OWN_ROUND : true;
		return {
			...address,
			record: RecordId.parse(chance.id(now)),
			head: age > 60 ? elderName(chance) : adultName(chance),
			headBorn: yearOf(now) - age,
			phone: phoneNumber(chance),
			size: groups.includes('livingAlone') ? 1 : chance.int(1, 5),
			tier,
			groups,
			member: isTheirs && own ? first : gapOr(isTheirs ? others : members, chance),
			isScripted: false
		};
	});
	return [...scripted, ...rest];
}

export function doorEntry(door: Door, desk: Desk, i: number): Utterance {
	const { member, record, isScripted: _isScripted, ...body } = door;
	const householdNo = `${desk.plan.code.slice(-4)}-${String(i + 1).padStart(4, '0')}`;
	return {
		kind: 'household.registered.v1',
		record,
		org: desk.org,
		by: desk.secretary.id,
		body: { ...body, householdNo, ...(member && { linkedMember: member.id }) }
	};
}

/** One of the doors the story tells of. */
export function knownDoorOf(doors: readonly Door[], name: KnownDoor): Door {
	const { head, room } = known[name];
	const found = doors.find((door) => door.isScripted && door.head === head && door.room === room);
	if (found === undefined) throw new Error(`demo-households: ${name} does not live here`);
	return found;
}

/** 3栋2单元 */
export function unitWords({ building, unit }: Pick<Door, 'building' | 'unit'>): string {
	return unit === '' ? `${building}栋` : `${building}栋${unit}单元`;
}

function resident(
	address: string,
	head: string,
	age: number,
	tier: CareTier,
	groups: readonly Group[],
	phone: string
): Known {
	const [building = '', unit = '', room = ''] = address.split('-');
	const size = groups.includes('livingAlone') ? 1 : 2;
	return { building, unit, room, head, age, tier, groups, phone, size };
}

function knownDoor(
	{ age, ...each }: Known,
	member: DemoPerson,
	estate: string,
	now: number,
	chance: Chance
): Door {
	const record = RecordId.parse(chance.id(now));
	return { ...each, record, estate, headBorn: yearOf(now) - age, member, isScripted: true };
}

type Address = Pick<Door, 'estate' | 'building' | 'unit' | 'room'>;

/** Every flat of enough buildings, in a mixed order; each estate holds its share. */
function addressesOf(estates: readonly string[], wanted: number, chance: Chance): Address[] {
	const flats = estates.flatMap((estate, i) => {
		const share = Math.ceil((wanted / estates.length) * (i === 0 ? 1.4 : 1));
		return flatsOf(estate, share);
	});
	return chance.shuffled(flats);
}

function flatsOf(estate: string, wanted: number): Address[] {
	const flats: Address[] = [];
	for (let building = 1; flats.length < wanted; building++)
		for (const unit of ['1', '2', '3'])
			for (let floor = 1; floor <= 6; floor++)
				for (const flat of ['01', '02'])
					flats.push({ estate, building: String(building), unit, room: `${floor}${flat}` });
	return flats;
}

function addressOf({ estate, building, unit, room }: Address): string {
	return [estate, building, unit, room].join('-');
}

function tierOf(chance: Chance): CareTier {
	const at = chance.next();
	if (at < 0.03) return 'high';
	return at < 0.18 ? 'key' : 'general';
}

function gapOr(members: readonly DemoPerson[], chance: Chance): DemoPerson | null {
	return chance.is(0.04) ? null : chance.pick(members);
}

function yearOf(now: number): number {
	return Number(dayOf(now).slice(0, 4));
}
