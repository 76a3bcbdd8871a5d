/** Where the gates are held: every route as its roles see it, with what opens on it. */
import type { Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { chip, type Identity } from './actors.ts';
import { choose, goOn, press, pressInSheet } from './forms.ts';
import { handIn, signs } from './visits.ts';

export interface Stop {
	readonly route: string;
	/** A path, or the first link of that shape on another page. */
	readonly at: string | { readonly from: string; readonly link: RegExp };
	/** What is opened there one after the other; the gates are held after each. */
	readonly then?: readonly ((page: Page) => Promise<void>)[];
}

const id = '[0-9a-f]{8}-[0-9a-f-]{27}';
const linkOn = (from: string, folder: string) => ({ from, link: new RegExp(`^${folder}/${id}`) });

/** Button names that hold a number. */
const made = wordsOf(m.setup.invitations.slips.make(0));
const inUse = wordsOf(m.people.devices.views.current(0));

function wordsOf(name: string): RegExp {
	const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(escaped.replace('0', '\\d+'));
}

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
	(page: Page) => signs(page),
	async (page: Page) => {
		await page.getByText(m.visit.moreNote).click();
		await press(page, m.visit.hazards.add);
	},
	(page: Page) => press(page, m.act.toCheck),
	handIn,
	(page: Page) => page.getByRole('link', { name: m.member.saved.open }).click(),
	deed(m.visit.sign.interviewee)
];

const { settings } = m;
const settingsForms = [
	...[
		settings.sections.campaign,
		settings.deadlineClass.request,
		settings.sections.officeHours,
		settings.sections.cadence,
		settings.sections.categories
	].map((what) => deed(settings.changeWhat(what))),
	deed(settings.importHolidays)
];

/** Without a number: the summary of what is missing. */
function saveGrid(page: Page): Promise<void> {
	return pressInSheet(page, m.homes.grids.save);
}

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
		{ route: '/help', at: '/help' },
		{ route: '/install', at: '/install' },
		{ route: '/recover', at: '/recover' }
	],
	member: [
		{ route: '/no-such-page', at: '/no-such-page' },
		{
			route: '/today',
			at: '/today',
			then: [(page) => chip(page).click(), deed(m.round.postpone.open)]
		},
		{ route: '/round-sheet', at: '/round-sheet' },
		{ route: '/visit', at: '/visit' },
		{ route: '/visit/choose', at: '/visit/choose' },
		{
			route: '/visit/new',
			at: { from: '/today', link: /^\/visit\/new\?household=/ },
			then: visitSteps
		},
		{
			route: '/visit/new',
			at: '/visit/new?as=meeting',
			then: [
				goOn,
				async (page) => {
					await page.getByText(m.visit.moreNote).click();
					await press(page, m.visit.who.addCompanion);
				},
				async (page) => {
					await press(page, m.act.saveDraft);
					await page.waitForURL('**/today');
					await page.goto(new URL('/me', page.url()).href);
					await press(page, m.member.me.dropDraft);
				}
			]
		},
		{ route: '/visit/saved', at: '/visit/saved' },
		{ route: '/visit/saved', at: { from: '/today', link: /as=notHome/ }, then: [handIn] },
		{
			route: '/visit/[record]',
			at: linkOn('/visit', '/visit'),
			then: [deed(m.visit.add.act), deed(m.member.record.correct)]
		},
		{
			route: '/households/new',
			at: '/households/new',
			then: [(page) => press(page, m.member.newHome.submit)]
		},
		{ route: '/households/[record]', at: linkOn('/today', '/households') },
		{ route: '/demands', at: '/demands' },
		{
			route: '/demands/[record]',
			at: linkOn('/demands', '/demands'),
			then: [deed(m.member.demands.correct)]
		},
		{ route: '/me', at: '/me' },
		{ route: '/devices', at: '/devices' },
		{ route: '/attention', at: '/attention' },
		{ route: '/bundle', at: '/bundle' },
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
			route: '/inbox',
			at: { from: '/inbox?tab=open', link: /record=/ },
			then: [
				(page) => page.getByLabel(m.secretary.replyDraft.title).fill('灯已修好'),
				deed(m.secretary.act.handle),
				deed(m.secretary.act.escalate),
				deed(m.secretary.act.reassign),
				deed(m.secretary.act.note)
			]
		},
		{
			route: '/inbox',
			at: { from: '/inbox?tab=done', link: /record=/ },
			then: [deed(m.secretary.act.amend)]
		},
		{
			route: '/register',
			at: '/register',
			then: [(page) => press(page, m.secretary.register.submit)]
		},
		{ route: '/visits', at: '/visits' },
		{
			route: '/visits/[record]',
			at: linkOn('/visits', '/visits'),
			then: [deed(m.visit.review.return), deed(m.secretary.visits.detail.correct)]
		},
		{ route: '/rounds', at: '/rounds' },
		{
			route: '/rounds/[person]',
			at: { from: '/rounds', link: /^\/rounds\/(?!adopt)/ },
			then: [deed(m.round.person.lend)]
		},
		{
			route: '/rounds/[person]/record',
			at: '/rounds/somebody/record',
			then: [
				(page) => choose(page, m.visitOutcome.met),
				(page) => press(page, m.round.record.submit)
			]
		},
		{
			route: '/rounds/adopt',
			at: '/rounds/adopt',
			then: [(page) => press(page, m.round.adopt.read)]
		},
		{ route: '/round-sheet', at: '/round-sheet' },
		{
			route: '/residents',
			at: '/residents',
			then: [deed(m.homes.ways.add), (page) => pressInSheet(page, m.homes.form.addConfirm)]
		},
		{
			route: '/residents',
			at: { from: '/residents', link: /at=/ },
			then: [
				(page) => press(page, m.homes.pick),
				async (page) => {
					await press(page, m.homes.pickAll);
					await press(page, m.homes.assign);
				},
				(page) => pressInSheet(page, m.homes.link.confirm)
			]
		},
		{
			route: '/residents',
			at: { from: '/residents?tab=unconfirmed', link: /record=/ },
			then: [
				deed(m.homes.act.merge),
				deed(m.homes.act.correct),
				deed(m.homes.person.add),
				(page) => pressInSheet(page, m.homes.person.confirm)
			]
		},
		{
			route: '/residents',
			at: { from: '/residents', link: /at=/ },
			then: [
				// Who lives there is known, and the number of one.
				async (page) => {
					await page.locator('main a[href*="record="]').first().click();
					await page.getByRole('button', { name: m.homes.person.move }).first().waitFor();
				},
				deed(m.homes.act.correct),
				deed(m.homes.act.split),
				deed(m.homes.person.move),
				deed(m.homes.person.leave)
			]
		},
		{ route: '/residents/import', at: '/residents/import' },
		{ route: '/linking', at: '/linking', then: [deed(m.homes.linking.byUnit)] },
		{ route: '/linking', at: '/linking?by=grids' },
		{ route: '/linking', at: '/linking?by=members' },
		{
			route: '/grids',
			at: '/grids',
			then: [deed(m.homes.grids.remove), deed(m.homes.grids.add), saveGrid]
		},
		{ route: '/grids/sheet', at: '/grids/sheet' },
		{ route: '/figures', at: '/figures' },
		{ route: '/import', at: '/import' },
		{ route: '/switch', at: '/switch' },
		{ route: '/people', at: '/people' },
		{
			route: '/people/[record]',
			at: '/people',
			then: [
				// The first two are those who work here: a member's duty may be ended.
				(page) => page.locator('a[href^="/people/"][href*="-"]').nth(3).click(),
				deed(m.people.person.correct),
				deed(m.people.duty.give),
				deed(m.people.duty.end),
				deed(m.people.moveOn.suspended.act),
				deed(m.people.moveOn.left.act)
			]
		},
		{
			route: '/people/[record]/handing',
			at: '/people',
			then: [
				(page) => page.locator('a[href^="/people/"][href*="-"]').nth(3).click(),
				(page) => page.getByRole('link', { name: m.handing.open }).click(),
				deed(m.handing.group(m.handing.kinds.home))
			]
		},
		{
			route: '/people/new',
			at: '/people/new',
			then: [(page) => press(page, m.people.register.submit)]
		},
		{ route: '/people/import', at: '/people/import' },
		{ route: '/invitations', at: '/invitations' },
		{
			route: '/invitations/slips',
			at: '/invitations/slips',
			then: [
				(page) => page.getByRole('checkbox').first().check(),
				(page) => page.getByRole('button', { name: made }).click()
			]
		},
		{
			route: '/devices',
			at: '/devices',
			then: [
				async (page) => {
					await page.getByRole('button', { name: inUse }).click();
					await press(page, m.people.devices.revoke);
				}
			]
		},
		{ route: '/privacy/erasure', at: '/privacy/erasure' },
		{ route: '/privacy/reveals', at: '/privacy/reveals' },
		{
			route: '/privacy/erasure',
			at: { from: '/inbox', link: /record=/ },
			then: [
				(page) => page.getByRole('link', { name: m.privacy.erasure.open }).click(),
				(page) => press(page, m.privacy.erasure.submit)
			]
		},
		{ route: '/bundle/take', at: '/bundle/take' },
		{ route: '/settings', at: '/settings' },
		{ route: '/me', at: '/me' },
		{ route: '/attention', at: '/attention' }
	],
	subdistrict: [
		{ route: '/board', at: '/board', then: [(page) => chip(page).click()] },
		{
			route: '/escalated',
			at: '/escalated',
			// The first is overdue and in hand; the second nobody has taken yet.
			then: [
				deed(m.office.act.reassign),
				deed(m.office.act.handle),
				async (page) => {
					await page.keyboard.press('Escape');
					await page.locator('a[href*="record="]').nth(1).click();
				},
				deed(m.office.act.take),
				deed(m.office.act.handBack)
			]
		},
		{ route: '/escalated', at: '/escalated?tab=done' },
		{ route: '/units', at: '/units' },
		{ route: '/people', at: '/people' },
		{ route: '/people/[record]', at: linkOn('/people', '/people') },
		{ route: '/people/new', at: '/people/new' },
		{ route: '/invitations', at: '/invitations' },
		{ route: '/devices', at: '/devices' },
		{ route: '/me', at: '/me' }
	],
	district: [
		{ route: '/board', at: '/board' },
		{ route: '/units', at: '/units' },
		{
			route: '/units/new',
			at: '/units/new',
			then: [(page) => press(page, m.desktop.units.new.submit)]
		},
		{
			route: '/units/[org]',
			at: { from: '/units', link: /^\/units\/\d/ },
			then: [deed(m.desktop.units.unit.rename)]
		},
		{ route: '/privacy/erasure', at: '/privacy/erasure' },
		{ route: '/privacy/reveals', at: '/privacy/reveals' },
		{ route: '/settings', at: '/settings', then: settingsForms },
		{
			route: '/operations',
			at: '/operations',
			then: [
				async (page) => {
					await press(page, m.operations.backup.now);
					await page.getByText(m.operations.backup.done).waitFor();
				}
			]
		},
		{
			route: '/invitations',
			at: '/invitations',
			then: [
				(page) => press(page, m.setup.invitations.invite),
				(page) => pressInSheet(page, m.setup.invitations.make)
			]
		}
	]
};
