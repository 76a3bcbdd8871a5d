/** The whole story of the demo district as commits in order of receipt: pure, the same for the same seed and moment. */
import { addDays, dayOf, quarterOf, quarterStart, startOfDay } from '#domain/calendar.ts';
import type { PersonId } from '#domain/ids.ts';
import { DAY, HOUR } from '#domain/spans.ts';
import type { Utterance } from '../people/set-up-device.ts';
import type { Scene, Told } from './demands.ts';
import { tellBothTakeUp, tellInbox, tellMergedPair, tellPressing, tellWalkIns } from './desk.ts';
import { gridsEntry } from './grids.ts';
import { doorEntry, settleDoors } from './households.ts';
import { district, subdistricts } from './names.ts';
import { handedUp, handedUpNearby } from './office-texts.ts';
import { tellHandedUp, type DemoOffice } from './office.ts';
import {
	castDemo,
	everybody,
	organisationEntries,
	personEntries,
	type DemoPerson,
	type Desk
} from './people.ts';
import { createChance, type Chance } from './random.ts';
import { residentEntries, tellOpenedDoors } from './residents.ts';
import { tellVolunteers } from './roster.ts';
import { tellCampaign, tellSettings } from './settings.ts';
import { tellStory } from './story.ts';
import { tellRounds } from './visits.ts';

export type DemoStage = 'organisations' | 'people' | 'households' | 'records';
export type DemoKey = 'member' | 'secretary' | 'subdistrict' | 'district';

export interface DemoPlan {
	readonly name: string;
	readonly stages: readonly { readonly stage: DemoStage; readonly story: readonly Told[] }[];
	/** Who could have joined by the end of the story. */
	readonly joiners: readonly DemoPerson[];
	/** The identities that one tap takes. */
	readonly people: Readonly<Record<DemoKey, PersonId>>;
}

/** Entries that one form signs at most (E7). */
const COMMIT_ENTRIES = 20;

/** Two quarters that end at a moment: the one before, and the one it is in. */
export function planDemo(seed: string, until: number): DemoPlan {
	const chance = createChance(seed);
	const lastQuarter = quarterOf(startOfDay(quarterStart(quarterOf(until))) - DAY);
	const from = startOfDay(quarterStart(lastQuarter));
	const founding = startOfDay(addDays(dayOf(from), -12)) + 9 * HOUR;

	const cast = castDemo(chance.fork('cast'), founding);
	const cards = chance.fork('cards');
	const offices = cast.officers.flatMap((officer, i) => {
		const aide = cast.aides[i];
		return aide === undefined ? [] : [{ officer, aide }];
	});
	const scenes = cast.desks.map((desk) =>
		sceneOf(desk, chance.fork(desk.org), { from, until, founding })
	);
	const [first] = cast.desks;
	const [officer] = cast.officers;
	const [member] = first?.members ?? [];
	if (!first || !officer || !member) throw new Error('demo-plan: nobody is here');
	return {
		name: district.name,
		stages: [
			{ stage: 'organisations', story: inCommits(organisationEntries(founding), founding) },
			{
				stage: 'people',
				story: [
					...everybody(cast).map((person, i) => {
						const at = founding + HOUR + i * 1_000;
						return toldAt(at, personEntries(person, cards, founding));
					}),
					...tellCampaign(cast.district, founding)
				]
			},
			{ stage: 'households', story: scenes.flatMap((scene) => tellDoors(scene, founding)) },
			{
				stage: 'records',
				story: inOrder(
					[
						...tellSettings(cast.district, { from, until }),
						...scenes.flatMap(tellCommunity),
						...tellOffices(offices, scenes)
					],
					until
				)
			}
		],
		joiners: everybody(cast),
		people: {
			member: member.id,
			secretary: first.secretary.id,
			subdistrict: officer.id,
			district: cast.district.id
		}
	};
}

function sceneOf(
	desk: Desk,
	chance: Chance,
	{ from, until, founding }: { from: number; until: number; founding: number }
): Scene {
	const doors = settleDoors(desk, chance.fork('doors'), founding);
	return { desk, doors, from, until, chance };
}

function tellDoors({ desk, doors, chance }: Scene, founding: number): Told[] {
	const at = founding + 4 * HOUR;
	const grids = isDeep(desk) ? [gridsEntry(doors, desk)] : [];
	const registered = inCommits([...doors.map((door, i) => doorEntry(door, desk, i)), ...grids], at);
	// One register of people is enough to look at; the others know their doors.
	if (!isTheirs(doors)) return registered;
	const people = residentEntries(doors, desk, chance.fork('residents'), founding);
	return [...registered, ...inCommits(people, at + HOUR)];
}

/** The community whose member and secretary one tap takes. */
function isTheirs(doors: Scene['doors']): boolean {
	return doors.some(({ isScripted }) => isScripted);
}

function isDeep({ plan }: Scene['desk']): boolean {
	return plan.households > 100;
}

function tellCommunity(scene: Scene): Told[] {
	const { desk, chance } = scene;
	const part = (name: string): Scene => ({ ...scene, chance: chance.fork(name) });
	const deep = isDeep(desk);
	const theirs = isTheirs(scene.doors);
	const isSlow = desk.plan.diligence < 0.8;
	const pressing = deep ? { amber: 4, overdue: 4 } : { amber: 1, overdue: isSlow ? 2 : 0 };
	const usual = [
		...tellVolunteers(scene),
		...tellRounds(part('rounds')),
		// What is told by hand has the inbox of the last day for itself.
		...tellWalkIns(part('walk-ins'), theirs ? scene.until - DAY : scene.until),
		...tellPressing(part('pressing'), pressing),
		...tellMergedPair(9, part('merged'))
	];
	if (!deep) return [...usual, ...tellInbox(part('inbox'))];
	const busy = [
		...tellMergedPair(23, part('merged-before')),
		...tellMergedPair(47, part('merged-long-ago')),
		...tellBothTakeUp(6, part('both')),
		...tellBothTakeUp(34, part('both-before'))
	];
	const here = theirs
		? [...tellStory(part('story')), ...tellOpenedDoors(part('opened'))]
		: tellInbox(part('inbox'));
	return [...usual, ...busy, ...here];
}

/** Every office has something; the one that one tap takes has all there is to see. */
function tellOffices(offices: readonly DemoOffice[], scenes: readonly Scene[]): Told[] {
	return offices.flatMap((office) => {
		const { communities } = planOf(office);
		const under = scenes.filter(({ desk }) => communities.includes(desk.plan));
		return under.flatMap((scene, i) => {
			const nearby = handedUpNearby.slice(i - 1, i);
			const cases = isTheirs(scene.doors) ? handedUp : nearby;
			return tellHandedUp(cases, office, { ...scene, chance: scene.chance.fork('office') });
		});
	});
}

function planOf({ officer }: DemoOffice): (typeof subdistricts)[number] {
	const plan = subdistricts.find(({ code }) => code === officer.org);
	if (plan === undefined) throw new Error('demo-plan: an officer of no office');
	return plan;
}

/** In order of receipt; what lies beyond the end has not happened. */
function inOrder(story: readonly Told[], until: number): Told[] {
	return story
		.filter(({ receivedAt }) => receivedAt <= until)
		.map((told, i) => ({ told: whole(told), i }))
		.sort((a, b) => a.told.receivedAt - b.told.receivedAt || a.i - b.i)
		.map(({ told }) => told);
}

/** Clocks tell whole milliseconds. */
function whole({ at, receivedAt, says }: Told): Told {
	return { at: Math.round(at), receivedAt: Math.round(receivedAt), says };
}

function inCommits(entries: readonly Utterance[], at: number): Told[] {
	return Array.from({ length: Math.ceil(entries.length / COMMIT_ENTRIES) }, (_, i) =>
		toldAt(at + i * 1_000, entries.slice(i * COMMIT_ENTRIES, (i + 1) * COMMIT_ENTRIES))
	);
}

function toldAt(at: number, says: readonly Utterance[]): Told {
	return { at, receivedAt: at, says };
}
