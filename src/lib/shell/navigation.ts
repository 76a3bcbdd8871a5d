/** The navigation list: which pages each role finds in its dock or side bar, and where it starts. */
import Activity from '@lucide/svelte/icons/activity';
import ChartNoAxesColumn from '@lucide/svelte/icons/chart-no-axes-column';
import CircleArrowUp from '@lucide/svelte/icons/circle-arrow-up';
import Footprints from '@lucide/svelte/icons/footprints';
import House from '@lucide/svelte/icons/house';
import Inbox from '@lucide/svelte/icons/inbox';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import MessageSquareText from '@lucide/svelte/icons/message-square-text';
import Network from '@lucide/svelte/icons/network';
import Settings2 from '@lucide/svelte/icons/settings-2';
import User from '@lucide/svelte/icons/user';
import Users from '@lucide/svelte/icons/users';
import { isOffice, type Role } from '#domain/people.ts';
import { m } from '#lib/i18n/index.ts';
import type { NavItem } from '#lib/ui/nav.ts';

export const fieldDock: readonly NavItem[] = [
	{ href: '/today', words: m.nav.visits, icon: Footprints },
	{ href: '/demands', words: m.nav.demands, icon: MessageSquareText },
	{ href: '/me', words: m.nav.mine, icon: User }
];

export const deskDock: readonly NavItem[] = [
	{ href: '/inbox', words: m.nav.inbox, icon: Inbox },
	{ href: '/visits', words: m.nav.visits, icon: Footprints },
	{ href: '/residents', words: m.nav.residents, icon: House },
	{ href: '/figures', words: m.nav.figures, icon: ChartNoAxesColumn },
	{ href: '/me', words: m.nav.mine, icon: User }
];

/** An office's side bar; the server is looked after by whoever runs the district. */
export function officeNav(role: Role): readonly NavItem[] {
	return [
		{ href: '/board', words: m.nav.overview, icon: LayoutDashboard },
		...(isOffice(role)
			? [{ href: '/escalated', words: m.nav.escalated, icon: CircleArrowUp }]
			: []),
		{ href: '/units', words: m.nav.organisation, icon: Network },
		{ href: '/people', words: m.people.title, icon: Users },
		{ href: '/settings', words: m.settings.title, icon: Settings2 },
		...(runsDistrict(role)
			? [{ href: '/operations', words: m.operations.title, icon: Activity }]
			: []),
		{ href: '/me', words: m.nav.mine, icon: User }
	];
}

export function runsDistrict(role: Role): boolean {
	return role === 'admin' || role === 'districtOfficer';
}

/** Where a role starts its day. */
export function homeOf(role: Role): string {
	switch (role) {
		case 'member':
		case 'volunteer':
			return '/today';
		case 'communitySecretary':
		case 'communityWorker':
			return '/inbox';
		case 'subdistrictOfficer':
		case 'districtOfficer':
			return '/board';
		case 'admin':
		case 'setUp':
		case 'clock':
			return '/people';
	}
}
