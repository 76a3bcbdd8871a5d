/** The demo district's cast: organisations, officials, desks and members, with the entries that bring them in. */
import { dayOf } from '#domain/calendar.ts';
import { OrgId, orgRecord, PersonId, RecordId } from '#domain/ids.ts';
import type { Role } from '#domain/people.ts';
import { defaultSettings, settingsRecord } from '#domain/settings.ts';
import { DAY } from '#domain/spans.ts';
import type { Utterance } from '../people/set-up-device.ts';
import {
	adultName,
	departments,
	district,
	phoneNumber,
	skills,
	subdistricts,
	type CommunityPlan
} from './names.ts';
import type { Chance } from './random.ts';
import { traits } from './roster.ts';

export interface DemoPerson {
	readonly id: PersonId;
	/** The record of their duty. */
	readonly duty: RecordId;
	readonly name: string;
	readonly role: Role;
	readonly org: OrgId;
	readonly phone: string;
	readonly branch?: string;
	readonly skills: readonly string[];
}

export interface Desk {
	readonly plan: CommunityPlan;
	readonly org: OrgId;
	readonly secretary: DemoPerson;
	/** Whom matters are given to: the workers, or the secretary alone. */
	readonly handlers: readonly DemoPerson[];
	readonly members: readonly DemoPerson[];
	/** In the roster, with no part in the story of visits. */
	readonly volunteers: readonly DemoPerson[];
}

export interface Cast {
	readonly admin: DemoPerson;
	readonly district: DemoPerson;
	readonly officers: readonly DemoPerson[];
	/** Who works with each of them at the same office. */
	readonly aides: readonly DemoPerson[];
	readonly desks: readonly Desk[];
}

/** The one whose phone the demo shows. */
export const demoMember = '王素芬';
export const DISTRICT = OrgId.parse(district.code);

export function castDemo(chance: Chance, at: number): Cast {
	function person(name: string, role: Role, org: OrgId, more = {}): DemoPerson {
		const id = PersonId.parse(chance.id(at));
		const duty = RecordId.parse(chance.fork(`duty/${id}`).id(at));
		return { id, duty, name, role, org, phone: phoneNumber(chance), skills: [], ...more };
	}
	function desk(plan: CommunityPlan): Desk {
		const org = OrgId.parse(plan.code);
		const secretary = person(plan.secretary, 'communitySecretary', org);
		const workers = plan.workers.map((name) => person(name, 'communityWorker', org));
		const taken = new Set([plan.secretary, ...plan.workers]);
		const members = Array.from({ length: plan.members }, (_, i) => {
			const isTheOne = i === 0 && plan === subdistricts[0]?.communities[0];
			const name = isTheOne ? demoMember : newName(chance, taken);
			const branch = `${plan.name.replace('社区', '')}第${'一二三'.charAt(i % 3)}党支部`;
			const own = chance.shuffled(skills).slice(0, chance.int(0, 2));
			return person(name, 'member', org, { branch, skills: own });
		});
		const others = chance.fork(`volunteers/${org}`);
		const volunteers = Array.from({ length: 1 + Math.ceil(plan.members / 20) }, () => ({
			...person(newName(others, taken), 'volunteer', org),
			id: PersonId.parse(others.id(at)),
			phone: phoneNumber(others),
			skills: others.shuffled(skills).slice(0, 1)
		}));
		const handlers = workers.length ? workers : [secretary];
		return { plan, org, secretary, handlers, members, volunteers };
	}
	return {
		admin: person(district.admin, 'admin', DISTRICT),
		district: person(district.officer, 'districtOfficer', DISTRICT),
		officers: subdistricts.map(({ officer, code }) =>
			person(officer, 'subdistrictOfficer', OrgId.parse(code))
		),
		desks: subdistricts.flatMap(({ communities }) => communities.map(desk)),
		aides: subdistricts.map(({ aide, code }) =>
			person(aide, 'subdistrictOfficer', OrgId.parse(code))
		)
	};
}

/** Organisations from the top down, and the district's settings as shipped. */
export function organisationEntries(at: number): readonly Utterance[] {
	const made = (code: string, name: string, level: string, parent?: string): Utterance => ({
		kind: 'organisation.created.v1',
		record: orgRecord(OrgId.parse(code)),
		org: DISTRICT,
		body: { name, level, ...(parent === undefined ? {} : { parent }) }
	});
	return [
		made(district.code, district.name, 'district'),
		{
			kind: 'settings.changed.v1',
			record: settingsRecord(),
			org: DISTRICT,
			body: { from: dayOf(at), values: defaultSettings }
		},
		...departments.map(({ code, name }) => made(code, name, 'departmentUnit', district.code)),
		...subdistricts.map(({ code, name }) => made(code, name, 'subdistrict', district.code)),
		...subdistricts.flatMap(({ code, communities }) =>
			communities.map((community) => made(community.code, community.name, 'community', code))
		)
	];
}

/** A person's card and duty, said together. */
export function personEntries(person: DemoPerson, chance: Chance, at: number): Utterance[] {
	const { id, duty, name, role, org, phone, branch } = person;
	const more = traits(person, chance.fork(`traits/${id}`));
	return [
		{
			kind: 'person.registered.v1',
			record: RecordId.parse(id),
			org: DISTRICT,
			body: { name, phone, home: org, ...(branch && { branch }), skills: person.skills, ...more }
		},
		{
			kind: 'duty.assigned.v1',
			record: duty,
			org: DISTRICT,
			body: { person: id, displayName: name, role, at: org, from: at - 30 * DAY }
		}
	];
}

export function everybody(cast: Cast): readonly DemoPerson[] {
	const { admin, district: top, officers, aides, desks } = cast;
	const atDesks = desks.flatMap(({ secretary, handlers, members, volunteers }) => [
		secretary,
		...handlers.filter((handler) => handler !== secretary),
		...members,
		...volunteers
	]);
	return [admin, top, ...officers, ...atDesks, ...aides];
}

function newName(chance: Chance, taken: Set<string>): string {
	let name = adultName(chance);
	while (taken.has(name)) name = adultName(chance);
	taken.add(name);
	return name;
}
