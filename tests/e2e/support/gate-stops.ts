/** Where the gates are held: every route as its roles see it, with what opens on it. */
import type { Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { chip, type Identity } from './actors.ts';
import { choose, goOn, press } from './forms.ts';

export interface Stop {
	readonly route: string;
	/** A path, or the first link of that shape on another page. */
	readonly at: string | { readonly from: string; readonly link: RegExp };
	/** What is opened there one after the other; the gates are held after each. */
	readonly then?: readonly ((page: Page) => Promise<void>)[];
}

const id = '[0-9a-f]{8}-[0-9a-f-]{27}';
const linkOn = (from: string, folder: string) => ({ from, link: new RegExp(`^${folder}/${id}`) });

const { visit } = m.member;
const visitSteps = [
	// Nothing is chosen yet: the summary of what is missing.
	goOn,
	async (page: Page) => {
		await choose(page, visit.who.other);
		await page.getByLabel(visit.who.name, { exact: true }).fill('女儿');
		await choose(page, m.visitMode.home);
		await goOn(page);
	},
	goOn,
	async (page: Page) => {
		const card = page.getByLabel(visit.demands.text).first();
		if (!(await card.isVisible())) await press(page, visit.demands.first);
		await card.fill('楼道灯不亮');
	},
	async (page: Page) => {
		await press(page, visit.demands.add);
		await goOn(page);
	},
	(page: Page) => press(page, m.act.toCheck)
];

const { settings } = m;
const settingsForms = [
	...[
		settings.sections.campaign,
		settings.deadlineClass.request,
		settings.sections.officeHours,
		settings.sections.categories
	].map((what) => deed(settings.changeWhat(what))),
	deed(settings.importHolidays)
];

/** Opens the form of an action, and closes the one before it. */
function deed(name: string) {
	return async (page: Page) => {
		await page.keyboard.press('Escape');
		await press(page, name);
	};
}

export const stops: Readonly<Record<Identity | 'nobody', readonly Stop[]>> = {
	nobody: [
		{ route: '/', at: '/' },
		{ route: '/welcome', at: '/welcome' },
		{ route: '/setup', at: '/setup', then: [goOn] },
		{ route: '/join', at: '/join', then: [(page) => press(page, m.setup.join.look)] },
		{ route: '/help', at: '/help' }
	],
	member: [
		{ route: '/today', at: '/today', then: [(page) => chip(page).click()] },
		{ route: '/visit', at: '/visit' },
		{ route: '/visit/choose', at: '/visit/choose' },
		{
			route: '/visit/new',
			at: { from: '/today', link: /^\/visit\/new\?household=/ },
			then: visitSteps
		},
		{ route: '/visit/saved', at: '/visit/saved' },
		{ route: '/visit/[record]', at: linkOn('/visit', '/visit') },
		{
			route: '/households/new',
			at: '/households/new',
			then: [(page) => press(page, m.member.newHome.submit)]
		},
		{ route: '/households/[record]', at: linkOn('/today', '/households') },
		{ route: '/demands', at: '/demands' },
		{ route: '/demands/[record]', at: linkOn('/demands', '/demands') },
		{ route: '/me', at: '/me' },
		{ route: '/attention', at: '/attention' },
		{ route: '/welcome', at: '/welcome' }
	],
	secretary: [
		{ route: '/inbox', at: '/inbox' },
		{
			route: '/inbox',
			at: { from: '/inbox', link: /record=/ },
			then: [
				deed(m.secretary.act.accept),
				deed(m.secretary.act.merge),
				deed(m.secretary.act.decline),
				deed(m.secretary.act.correct)
			]
		},
		{
			route: '/register',
			at: '/register',
			then: [(page) => press(page, m.secretary.register.submit)]
		},
		{ route: '/visits', at: '/visits' },
		{ route: '/visits/[record]', at: linkOn('/visits', '/visits') },
		{ route: '/residents', at: '/residents' },
		{ route: '/residents', at: { from: '/residents', link: /record=/ } },
		{ route: '/figures', at: '/figures' },
		{ route: '/import', at: '/import' },
		{ route: '/invitations', at: '/invitations' },
		{ route: '/me', at: '/me' },
		{ route: '/attention', at: '/attention' }
	],
	subdistrict: [
		{ route: '/board', at: '/board', then: [(page) => chip(page).click()] },
		{ route: '/units', at: '/units' },
		{ route: '/invitations', at: '/invitations' },
		{ route: '/invitations/new', at: '/invitations/new' },
		{ route: '/me', at: '/me' }
	],
	district: [
		{ route: '/board', at: '/board' },
		{ route: '/units', at: '/units' },
		{ route: '/settings', at: '/settings', then: settingsForms },
		{
			route: '/invitations',
			at: '/invitations',
			then: [(page) => press(page, m.setup.invitations.invite)]
		}
	]
};
