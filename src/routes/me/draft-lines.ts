/** Drafts as lines that lead back to their forms. */
import type { Row } from '#domain/family.ts';
import { RecordId } from '#domain/ids.ts';
import { isDemand } from '#domain/kinds/demand.ts';
import { isHousehold } from '#domain/kinds/household.ts';
import { isResident } from '#domain/kinds/resident.ts';
import { isVisit } from '#domain/kinds/visit.ts';
import { isDesk, type Role } from '#domain/people.ts';
import { demandPage } from '#lib/demands/demand-page.ts';
import { MEND, visitFormOf } from '#lib/drafts/draft-store.ts';
import { householdName } from '#lib/field/household-words.ts';
import { m } from '#lib/i18n/index.ts';

export interface DraftLine {
	readonly title: string;
	/** None: the form is found on its own page. */
	readonly href?: string;
}

/** A visit without a door. */
const MEETING = 'meeting';

/** The record a draft is about, if its key names one. */
export function draftRecord(key: string): RecordId | null {
	const about = key.slice(key.indexOf(':') + 1);
	if (about.startsWith(MEND)) return null;
	return RecordId.safeParse(about).data ?? null;
}

export function draftLine(key: string, row: Row | undefined, role: Role): DraftLine {
	const words = m.member.me.draftTitle;
	const [form = key] = key.split(':', 1);
	const about = key.slice(form.length + 1);
	const mend = about.startsWith(MEND) ? `?mend=${about.slice(MEND.length)}` : null;
	if (form === 'visit' && about === MEETING)
		return { title: m.visit.meeting.called, href: '/visit/new?as=meeting' };
	if (form === 'visit')
		return {
			title: isHousehold(row) ? words.visit(householdName(row)) : m.sync.kinds.visit,
			href: visitFormOf(about)
		};
	if (form === 'household') return { title: words.household, href: `/households/new${mend ?? ''}` };
	if (form === 'register') return { title: words.register, href: '/register' };
	if (form === 'home' && row === undefined) return { title: words.home, href: '/residents' };
	if (form === 'resident' && row === undefined)
		return { title: words.resident, href: '/residents' };
	if (form === 'person') return { title: m.people.register.title, href: '/people/new' };
	if (form === 'unit') return { title: m.desktop.units.new.title, href: '/units/new' };
	if (row === undefined) return { title: words.other };
	if (form === 'add') return { title: m.visit.add.title, ...hrefOf(row, role) };
	const corrects = form === 'correct' || form === 'home' || form === 'resident';
	const what = corrects ? words.correct : words.desk;
	return { title: titleOf(what, row), ...hrefOf(row, role) };
}

function titleOf(what: string, row: Row): string {
	if (isDemand(row)) return m.member.me.draftTitle.about(what, row.title);
	if (isHousehold(row)) return m.member.me.draftTitle.about(what, householdName(row));
	return isResident(row) ? m.member.me.draftTitle.about(what, row.name) : what;
}

function hrefOf(row: Row, role: Role): { href?: string } {
	if (isDemand(row)) return { href: demandPage(row.record, role) };
	if (isVisit(row))
		return { href: isDesk(role) ? `/visits/${row.record}` : `/visit/${row.record}` };
	if (isHousehold(row)) return { href: `/residents?record=${row.record}` };
	if (isResident(row)) return { href: `/residents?record=${row.household}` };
	return {};
}
