/** Words of the settings: what the district sets, from when, and what contradicts what. */
import { counted } from './counted.ts';
import type { Worded } from './messages.ts';
import type { settings as source } from './zh-cn-settings.ts';

export const settings: Worded<typeof source> = {
	title: 'Settings',
	rulesOfDistrict: 'Rules of the district',
	subtitle:
		'The whole district goes by these rules. Each change says from when and why, and all of them are kept.',
	readOnly: 'The district sets these rules; here they can only be read.',
	empty: 'No settings have arrived yet',
	emptyNote: 'They appear by themselves after the first sync.',
	waiting: 'Some changes are not handed in; they go out by themselves once online.',
	said: (from) => `Noted, it holds from ${from}`,
	part: (section, part) => `${section} · ${part}`,
	listComma: ', ',
	unset: 'Not filled in',
	change: 'Change',
	changeWhat: (what) => `Change: ${what}`,

	sections: {
		campaign: 'Campaign and phases',
		cadence: 'Visit cadence',
		deadlines: 'Deadlines',
		officeHours: 'Office hours',
		holidays: 'Holiday table',
		categories: 'Categories',
		others: 'Other rules'
	},
	notes: {
		cadence:
			'How many days between visits, by the tier of the household; after a major change in a high-risk one, within hours.',
		deadlines:
			'To acknowledge and first contact run from the arrival, to handle from the registration.',
		officeHours: 'Deadlines in office hours count only these. Emergencies count all hours.',
		holidays:
			'By the yearly notice of the State Council. A year without a notice is not guessed: deadlines then say that the holiday table is not up to date.',
		categories:
			'Listed in this order when registering and accepting. Those not used are no longer listed; what is registered stays.'
	},

	campaignName: 'Name of the campaign',
	campaignNameHint: 'Left empty it is "Lianxinqiao"',
	campaignYear: 'Year of the campaign',
	year: (year) => String(year),
	themes: 'Themes',
	theme: {
		disabilityDay: 'National Disability Day',
		julyFirst: 'July the First',
		doubleNinth: 'Double Ninth Festival'
	},
	themeOn: (theme, day) => `${theme} ${day}`,
	phases: 'Phases',
	phase: {
		publicity: 'Publicity',
		application: 'Application',
		implementation: 'Implementation',
		acceptance: 'Final review'
	},
	phaseFrom: (phase) => `${phase}: from`,
	phaseTo: (phase) => `${phase}: to`,
	phaseUndated: 'No dates yet',
	phaseSpan: (from, to) => `${from} to ${to}`,
	phaseSince: (from) => `from ${from}`,
	phaseUntil: (to) => `until ${to}`,

	deadlineClass: {
		emergency: 'Emergency, danger to life or property',
		utilities: 'Water, power, gas, heating',
		consult: 'Question',
		request: 'Help, suggestion',
		complaint: 'Complaint, report'
	},
	matter: 'Matter',
	sign: 'Acknowledge',
	contact: 'First contact',
	resolve: 'Handle',
	unit: {
		minutes: 'minutes',
		officeHours: 'office hours',
		hours: 'hours',
		days: 'days',
		workingDays: 'working days'
	},
	clock: (n, unit) => (n === 1 ? `1 ${unit.replace(/s$/, '')}` : `${n} ${unit}`),
	number: (what) => `${what}: number`,
	unitOf: (what) => `${what}: unit`,
	noContact: 'No first contact asked for',
	contactHint: 'Left empty, no first contact is asked for',

	span: (n) => `Span ${n}`,
	opens: (span) => `${span}: from`,
	closes: (span) => `${span}: to`,
	addSpan: 'Add a span',
	removeSpan: (span) => `Remove ${span}`,
	timeHint: 'Such as 08:30',
	hours: (opens, closes) => `${opens}–${closes}`,

	cadence: {
		high: 'High-risk households',
		key: 'Priority households',
		general: 'General households'
	},
	cadenceHint: 'In days, from 1 to 366',
	afterChangeHours: 'After a major change',
	afterChangeHint:
		'In hours, from 1 to 168: within which somebody is to be met in a high-risk household',
	withinHours: (n) => `within ${counted(n, 'hour')}`,
	everyDays: (n) => `every ${counted(n, 'day')}`,
	daysUnit: 'days',
	amberShare: 'Deadlines turn amber',
	amberHint: 'After how many percent of the time, from 10 to 99',
	percent: (n) => `${n}%`,
	lateDays: 'Handing in after a duty',
	lateDaysHint:
		'What is handed in within these days after a duty ended still counts, marked "Late"',
	slipDays: 'Slips hold for',
	slipDaysHint: 'How many days a printed slip holds; codes given face to face stay at 15 minutes',
	days: (n) => counted(n, 'day'),

	holidayYear: 'Year',
	holidayOff: 'Days off',
	holidayWork: 'Working weekends',
	holidayState: 'State',
	covered: 'Notice is in',
	notCovered: 'Not up to date',
	importHolidays: 'Import the notice',
	importTitle: 'Import the holiday notice',
	importNote:
		'The table needs four columns: notice_year, date, name and is_off_day, or their Chinese names.',
	pickFile: 'Choose a CSV or Excel file',
	fileLabel: 'File',
	fileMissing: 'Please choose a file first',
	fileRead: (name, rows) => `${name}: ${counted(rows, 'row')}`,
	noticeRead: (year, off, work) =>
		`${year}: ${counted(off, 'day')} off, ${counted(work, 'working weekend day')}`,
	noticeSame: (year) => `${year} is the same as now`,
	noticeWhole: (off, work) => `${counted(off, 'day')} off, ${counted(work, 'working weekend day')}`,
	fileNoChange: 'This table is the same as now, nothing to change',
	problemsTitle: (n) => `${counted(n, 'row')} could not be read`,
	problem: {
		'no-header': () => 'There is no heading',
		'missing-column': (column) => `The column "${column}" is missing`,
		'bad-year': (value) => `The year "${value}" is not understood`,
		'bad-date': (value) => `The date "${value}" is not understood`,
		'bad-off': (value) => `"${value}" under day off is not understood`,
		'name-too-long': (value) => `The name "${value}" is too long, 40 characters at most`
	},
	problemRow: (row, words) => `Row ${row}: ${words}`,
	moreProblems: (n) => `${counted(n, 'row')} more`,

	categoryUsed: 'Used',
	categoryOff: 'Not used',
	categoryName: (word) => `Name: ${word}`,
	categoryNameOwn: (word, own) => `${own} (${word})`,
	categoriesOff: (off) => `Not used: ${off}`,
	categoriesWith: (used, off) => `${used}; not used: ${off}`,
	categoryUp: (word) => `Move ${word} up`,
	categoryDown: (word) => `Move ${word} down`,
	categoryUse: (word) => `Use "${word}"`,

	from: 'From which day',
	fromHint: 'The rule holds from midnight. Today at the earliest.',
	fromMissing: 'Please choose from which day',
	fromPast: 'Not before today',
	reason: 'Why the change',
	reasonHint: 'Such as: notice no. 12 of the district office (2026)',
	reasonMissing: 'Please write why',
	reasonTooLong: 'Please write less, 200 characters at most',
	nothing: 'Nothing is changed yet',
	confirm: 'Change',
	preview: 'Changes',
	previewLine: (what, from, to) => `${what}: ${from} → ${to}`,
	touches: {
		deadlines: (from) =>
			`Only for what arrives or is accepted from ${from} on. Deadlines given before stay.`,
		screens: (from) =>
			`From ${from} on screens show and remind by the new rule. Deadlines given before stay.`,
		lateDays: (from) => `Only for what arrives from ${from} on. What was taken before stays.`,
		slipDays: (from) => `Only for slips printed from ${from} on. Those printed before stay.`,
		categories: (from) =>
			`From ${from} on registering and accepting use the new list. What is registered stays.`
	},
	laterChange: (what, from, to) =>
		`Please note: ${what} changes again on ${from} (${to}), which holds from then on.`,

	upcoming: 'Changes to come',
	upcomingNone: 'No changes are waiting',
	startsOn: (from) => `from ${from}`,
	revoke: 'Take back',
	revokeWhat: (what) => `Take back: ${what}`,
	revokeNote: 'Then nothing changes on that day. Taking back is kept in the history too.',
	revokeContradicts: 'Later changes rest on this one. Please take those back first.',

	disputed: 'Two versions',
	disputedNote:
		'Two people changed the same without seeing each other. The one that arrived later holds: please decide.',
	disputedLine: (what) => `${what} was changed in two ways`,
	standing: (who, to) => `Holds now: ${to} (${who})`,
	other: (who, to) => `The other: ${to} (${who})`,
	keepStanding: 'Keep it',
	takeOther: 'Take the other',
	decidedReason: {
		standing: 'Two versions, the present one kept',
		other: 'Two versions, the other taken'
	},
	onlyDistrict: 'The district decides.',

	history: 'History of changes',
	historyNone: 'Nothing was changed yet; these rules came with the app.',
	historyColumns: {
		what: 'What',
		from: 'Before',
		to: 'After',
		since: 'From',
		reason: 'Why',
		who: 'Who'
	},
	who: (name, when) => `${name}, ${when}`,
	why: (reason, who) => `${reason}. ${who}`,
	founding: 'Founding of the district',
	revokedBy: (name, when, reason) => `Taken back: ${name}, ${when}, ${reason}`,
	withNote: (words, note) => `${words} (${note})`,
	asideWords: 'gave way to the one that arrived later',
	more: 'Earlier ones',

	checks: {
		time: 'Please write the time like 08:30',
		number: (what, min, max) => `${what}: a whole number from ${min} to ${max}`,
		year: 'Year of the campaign: from 2000 to 2100, or empty',
		nameTooLong: 'Name of the campaign: 60 characters at most',
		categoryNameTooLong: (word) => `Name of "${word}" here: 12 characters at most`
	},
	contradictions: {
		'sign-after-resolve': (what) =>
			`${what}: acknowledging would come after handling. Shorten the one or lengthen the other`,
		'contact-after-resolve': (what) =>
			`${what}: first contact would come after handling. Please shorten it`,
		'hours-no-time': (_what, value) => `Office hours "${value}" are no time, write 08:30`,
		'hours-backwards': (_what, value) => `Office hours ${value}: the end must come after the start`,
		'hours-overlap': (_what, value) => `Office hours ${value} overlap with those before`,
		'phase-backwards': (what) => `${what}: it ends before it starts`,
		'phase-order': (what) => `${what}: it starts before the phase before it`,
		'day-twice': (what, value) => `${what}: ${value} stands twice`,
		'day-off-and-work': (what, value) => `${what}: ${value} is both off and working`,
		'day-other-year': (what, value) => `${what}: ${value} is not of this year`,
		'cadence-order': (what) => `${what}: the higher the tier, the more often`,
		'amber-share': () => 'Amber: a percentage from 10 to 99',
		'category-codes': () => 'A category is missing or one too many',
		'category-names': (_what, value) => `Two categories are called "${value}"`,
		'category-other': () => '"Other" must be used: what fits nowhere goes there'
	}
};
