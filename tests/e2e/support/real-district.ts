/** A small real district, founded with the relay's one-time secret: invented places, one person per level. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { m } from '#lib/i18n/index.ts';
import type { OrgLevel, Role } from '#domain/people.ts';
import type { AppProcess } from '../../support/app-process.ts';
import { post } from './ask.ts';

export const places = {
	district: { code: '990200000000', name: '云桥区', level: 'district' },
	subdistrict: {
		code: '990201000000',
		name: '杨柳街道',
		level: 'subdistrict',
		parent: '990200000000'
	},
	community: {
		code: '990201001000',
		name: '石榴社区',
		level: 'community',
		parent: '990201000000'
	},
	neighbour: {
		code: '990201002000',
		name: '桂花社区',
		level: 'community',
		parent: '990201000000'
	}
} as const satisfies Record<
	string,
	{ code: string; name: string; level: OrgLevel; parent?: string }
>;

/** The places as a list in a file. */
export function placeLines(): readonly string[] {
	const lines = Object.values(places).map(
		(unit) =>
			`${unit.code},${unit.name},${'parent' in unit ? unit.parent : ''},${m.levels[unit.level]}`
	);
	return ['代码,名称,上级代码,层级', ...lines];
}

/** One person per level, as 建立本区 asks for them. */
export const firstNames = {
	admin: '安思远',
	districtOfficer: '邓若兰',
	subdistrictOfficer: '方承业',
	communitySecretary: '顾念慈',
	member: '何守田'
} as const satisfies Partial<Record<Role, string>>;

/** The same people, and a second member beside the first. */
export const firstPeople = [
	{ name: firstNames.admin, role: 'admin', org: places.district.code },
	{ name: firstNames.districtOfficer, role: 'districtOfficer', org: places.district.code },
	{ name: firstNames.subdistrictOfficer, role: 'subdistrictOfficer', org: places.subdistrict.code },
	{ name: firstNames.communitySecretary, role: 'communitySecretary', org: places.community.code },
	{ name: firstNames.member, role: 'member', org: places.community.code },
	{ name: '康宁远', role: 'member', org: places.community.code }
] as const satisfies readonly { name: string; role: Role; org: string }[];

export interface Invitation {
	readonly name: string;
	readonly role: Role;
	readonly orgName: string;
	readonly link: string;
	readonly code: string;
	readonly expiresAt: number;
}

export interface Founded {
	readonly realm: string;
	readonly invitations: readonly Invitation[];
	/** The link for the first person of that role, or the person of that name. */
	link(who: string): string;
}

export async function foundDistrict(
	app: Pick<AppProcess, 'url' | 'dataDir'>,
	people: readonly { name: string; role: Role; org: string }[] = firstPeople
): Promise<Founded> {
	const { realm, invitations } = await post<Pick<Founded, 'realm' | 'invitations'>>(
		app.url,
		'/api/found',
		{
			secret: foundingSecret(app),
			name: places.district.name,
			units: Object.values(places),
			people
		}
	);
	return {
		realm,
		invitations,
		link(who) {
			const found = invitations.find(({ name, role }) => name === who || role === who);
			if (!found) throw new Error(`real-district: nobody was invited as ${who}`);
			return found.link;
		}
	};
}

/** What the relay shows to whoever stands at its machine. */
export function foundingSecret({ dataDir }: Pick<AppProcess, 'dataDir'>): string {
	const keys: { founding: string } = JSON.parse(readFileSync(join(dataDir, 'keys.json'), 'utf8'));
	return keys.founding;
}
