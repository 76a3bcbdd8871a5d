/** The people behind the demo's doors, and doors that members opened on their rounds and nobody confirmed yet. */
import { dayOf } from '#domain/calendar.ts';
import { RecordId } from '#domain/ids.ts';
import type { Relation, Sex } from '#domain/kinds/resident.ts';
import { DAY, HOUR } from '#domain/spans.ts';
import type { Utterance } from '../people/set-up-device.ts';
import { officeMinutesBefore } from './calendar.ts';
import { tell, type Scene, type Told } from './demands.ts';
import type { Door } from './households.ts';
import { adultName, elderName } from './names.ts';
import type { Desk } from './people.ts';
import type { Chance } from './random.ts';

/** Who may live with the head, in the order they are met. */
const family: readonly { readonly relation: Relation; readonly younger: number }[] = [
	{ relation: 'spouse', younger: 2 },
	{ relation: 'child', younger: 27 },
	{ relation: 'childInLaw', younger: 28 },
	{ relation: 'grandchild', younger: 56 }
];
/** Doors a family may have that the register does not know of. */
const OPENED = 3;

/** The head and who lives with them. */
export function residentEntries(
	doors: readonly Door[],
	desk: Desk,
	chance: Chance,
	now: number
): Utterance[] {
	return doors.flatMap((door) => {
		const rest = family.slice(0, Math.max(0, door.size - 1));
		const people = [
			{ name: door.head, relation: 'head' as const, born: door.headBorn, tags: door.groups },
			...rest.map(({ relation, younger }) => ({
				name: nameOf(door, relation, chance),
				relation,
				born: Math.min(yearOf(now) - 1, door.headBorn + younger + chance.int(-1, 3)),
				tags: []
			}))
		];
		return people.map(({ name, relation, born, tags }): Utterance => {
			const sex: Sex = chance.is(0.5) ? 'female' : 'male';
			const month = String(chance.int(1, 12)).padStart(2, '0');
			return {
				kind: 'resident.registered.v1',
				record: RecordId.parse(chance.id(now)),
				org: desk.org,
				by: desk.secretary.id,
				body: {
					household: door.record,
					name,
					relationToHead: relation,
					birthDate: `${born}-${month}`,
					sex,
					...(relation === 'head' ? { phone: door.phone } : {}),
					careTags: tags
				}
			};
		});
	});
}

/** The first is a door the register has, written a little differently: the desk will merge it. */
export function tellOpenedDoors(scene: Scene): Told[] {
	const { desk, doors, chance, until } = scene;
	const [, ...others] = desk.members;
	const known = doors.filter(({ isScripted, member }) => !isScripted && member === null);
	return Array.from({ length: OPENED }, (_, i) => {
		const by = chance.pick(others);
		const [like] = i === 0 ? known : [];
		const { estate, building, unit } = like ?? chance.pick(doors);
		const at = officeMinutesBefore(until, 30) - i * DAY - chance.int(0, 2) * HOUR;
		return tell(at, {
			kind: 'household.registered.v1',
			record: RecordId.parse(chance.id(at)),
			org: desk.org,
			by: by.id,
			body: {
				estate,
				building,
				unit,
				room: like?.room ?? `7${String(i).padStart(2, '0')}`,
				head: like?.head ?? elderName(chance),
				groups: i === 1 ? ['livingAlone'] : []
			}
		});
	});
}

/** Children bear the head's surname, or the spouse's who came from elsewhere. */
function nameOf({ head }: Door, relation: Relation, chance: Chance): string {
	const isOwn = relation === 'child' || relation === 'grandchild';
	const name = relation === 'spouse' ? elderName(chance) : adultName(chance);
	return isOwn ? `${[...head][0] ?? ''}${[...name].slice(1).join('')}` : name;
}

function yearOf(now: number): number {
	return Number(dayOf(now).slice(0, 4));
}
