/** The three levels as a tree, each unit with its officials by name; what is searched keeps its way up. */
import { aboutFields } from '#domain/about-unit.ts';
import type { DutyRow } from '#domain/kinds/duty.ts';
import type { OrganisationRow } from '#domain/kinds/organisation.ts';
import type { OrgId } from '#domain/ids.ts';
import { isCurrent, isOfficial, type Role } from '#domain/people.ts';
import { groupBy } from '#lib/group-by.ts';
import { m } from '#lib/i18n/index.ts';

export interface UnitNode {
	readonly org: OrgId;
	readonly name: string;
	readonly level: OrganisationRow['level'];
	readonly isClosed: boolean;
	readonly officials: readonly { readonly name: string; readonly role: Role }[];
	readonly children: readonly UnitNode[];
}

export interface UnitSources {
	readonly organisations: readonly OrganisationRow[];
	readonly duties: readonly DutyRow[];
	readonly now: number;
}

/** Whatever has no known parent stands at the top: normally the district alone. */
export function unitTree({ organisations, duties, now }: UnitSources): readonly UnitNode[] {
	const known = new Set(organisations.map(({ org }) => org));
	const children = groupBy(organisations, ({ parent }) =>
		parent !== undefined && known.has(parent) ? parent : null
	);
	const officials = officialsByOrg(duties, now);

	function nodesUnder(parent: OrgId | null): readonly UnitNode[] {
		const units = [...(children.get(parent) ?? [])].sort((a, b) => (a.org < b.org ? -1 : 1));
		return units.map(({ org, name, level, state }) => ({
			org,
			name,
			level,
			isClosed: state === 'closed',
			officials: officials.get(org) ?? [],
			children: nodesUnder(org)
		}));
	}
	return nodesUnder(null);
}

/** What stands on a unit's own page. */
export function unitFacts(
	unit: OrganisationRow,
	{ organisations, duties, now }: UnitSources
): readonly { readonly term: string; readonly words: string }[] {
	const words = m.desktop.units;
	const parent = organisations.find(({ org }) => org === unit.parent)?.name;
	const officials = officialsByOrg(duties, now).get(unit.org) ?? [];
	const named = officials.map(({ name, role }) => m.records.who(name, m.roles[role]));
	return [
		{ term: words.new.level, words: m.levels[unit.level] },
		...(parent === undefined ? [] : [{ term: words.new.parent, words: parent }]),
		{ term: words.unit.code, words: unit.org },
		{
			term: words.unit.officials,
			words: named.length === 0 ? words.noOfficials : named.join(m.records.separator)
		},
		...[...aboutFields.slice(0, 3), 'phone' as const, ...aboutFields.slice(3)].flatMap((field) => {
			const said = unit[field];
			return said === undefined ? [] : [{ term: m.records.fieldWords[field], words: said }];
		})
	];
}

/** Units that hold the words in name, code or an official's name, and all that stands above or below them. */
export function searched(nodes: readonly UnitNode[], words: string): readonly UnitNode[] {
	const wanted = words.trim().toLowerCase();
	if (wanted === '') return nodes;
	return nodes.flatMap((node) => {
		if (holds(node, wanted)) return [node];
		const children = searched(node.children, wanted);
		return children.length > 0 ? [{ ...node, children }] : [];
	});
}

/** Those that still stand. */
export function countAt(nodes: readonly UnitNode[], level: UnitNode['level']): number {
	return nodes.reduce(
		(sum, node) =>
			sum + (node.level === level && !node.isClosed ? 1 : 0) + countAt(node.children, level),
		0
	);
}

function holds({ name, org, officials }: UnitNode, wanted: string): boolean {
	const texts = [name, org, ...officials.map((official) => official.name)];
	return texts.some((text) => text.toLowerCase().includes(wanted));
}

const order: readonly Role[] = [
	'districtOfficer',
	'admin',
	'subdistrictOfficer',
	'communitySecretary',
	'communityWorker'
];

function officialsByOrg(
	duties: readonly DutyRow[],
	now: number
): ReadonlyMap<OrgId, UnitNode['officials']> {
	const found = new Map<OrgId, { name: string; role: Role }[]>();
	const current = duties.filter((duty) => isOfficial(duty.role) && isCurrent(duty, now));
	for (const { org, displayName, role } of current) {
		const held = found.get(org) ?? [];
		held.push({ name: displayName, role });
		found.set(org, held);
	}
	for (const held of found.values())
		held.sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
	return found;
}
