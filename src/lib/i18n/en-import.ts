/** Words of importing from Excel and CSV: why a file, a table or a row was not taken, and what to do about it. */
import type { Worded } from './messages.ts';
import type { importMessages as source } from './zh-cn-import.ts';

/** How the columns are called on the screen. */
const field: Worded<typeof source.field> = {
	code: 'code',
	name: 'name',
	parent: 'code of the unit above',
	secretary: 'party secretary',
	firstResponsible: 'first responsible',
	officeAddress: 'address of the unit',
	centreName: 'service centre',
	centreAddress: 'address of the centre',
	centreHours: 'opening hours',
	centreKeeper: 'in charge of the centre',
	level: 'level',
	deleted: 'deleted',
	sourceNo: 'number',
	requester: 'requester',
	title: 'title',
	registeredAt: 'time registered',
	description: 'description',
	phone: 'phone',
	place: 'place',
	personName: 'name',
	mobile: 'mobile',
	branch: 'Party branch or unit',
	role: 'role',
	post: 'post',
	occupation: 'occupation',
	skills: 'skills',
	categories: 'services offered',
	availability: 'availability',
	isLeadingCadre: 'leading cadre',
	householdNo: 'household number',
	grid: 'grid',
	address: 'address',
	estate: 'estate',
	building: 'building',
	unit: 'unit',
	room: 'door',
	head: 'head of household',
	relation: 'relation to the head',
	sex: 'sex',
	birth: 'date of birth',
	idNumber: 'date of birth and sex (the identity number itself is not kept)',
	tier: 'tier',
	groups: 'groups',
	size: 'people at home',
	tenure: 'tenure',
	politics: 'political status',
	health: 'health',
	disabilityKind: 'disability',
	disabilityGrade: 'disability grade',
	employment: 'employment',
	schooling: 'schooling',
	insurance: 'insurance',
	consentedOn: 'day of consent',
	consentedBy: 'who consented',
	consentScope: 'consent to what',
	member: 'linked member'
};

export const importMessages: Worded<typeof source> = {
	field,
	empty: (value) => `"${value}" is empty. Please choose another file`,
	'too-big': (value) => `"${value}" is too big. Please split it into files of 20 MB at most`,
	'old-xls': (value) =>
		`"${value}" is an old Excel file. Open it in Excel or WPS, save it as .xlsx and choose it again`,
	encrypted: (value) =>
		`"${value}" is locked with a password. Take the password off, save it and choose it again`,
	'not-a-table': (value) => `"${value}" is no table. Please choose an .xlsx or .csv file`,
	damaged: (value) =>
		`"${value}" cannot be opened, perhaps it did not arrive whole. Export or save it again, then choose it`,
	encoding: (value) =>
		`The text of "${value}" cannot be read. Open it in Excel or WPS, save it as .xlsx and choose it again`,
	'broken-csv': (value) =>
		`Row ${value} has a quotation mark without its partner. Mend it, or save the file as .xlsx`,
	cancelled: (_value) => 'Reading was stopped, nothing was imported',

	'no-header': (value) => `"${value}" has no heading. Please write column names in the first row`,
	'missing-column': (value) => `The column "${labelOf(value)}" is missing. Please add it`,
	'no-district': (_value) =>
		'The table has no district. Please write its name, or add a row for it',

	deleted: (value) => `"${value}" is marked as deleted and was not imported`,
	'blank-code': (_value) => 'There is no code, please add it',
	'code-lost': (value) =>
		`The code "${value}" became a rounded number and lost digits. Make the column text and write it again`,
	'bad-code': (value) => `The code "${value}" is wrong: digits, letters and hyphens only`,
	'duplicate-code': (value) =>
		`The code "${value}" stands above already. This row was left out, please check it`,
	'blank-name': (_value) => 'There is no name, please add it',
	'name-too-long': (value) =>
		`The name "${value.slice(0, 12)}…" is too long, 60 characters at most`,
	'unknown-level': (value) =>
		`The level "${value}" is not understood: write 区 (district), 街道 (sub-district) or 社区 (community)`,
	'wrong-level': (value) => `The level of "${value}" does not fit the unit above, please check`,
	'too-deep': (value) =>
		`"${value}" stands below a community; there are only three levels, please check`,
	'blank-parent': (value) => `"${value}" has no unit above, please add it`,
	'unknown-parent': (value) => `The unit above, "${value}", is not in the table, please check`,
	'parent-skipped': (value) =>
		`The unit above, "${value}", was not imported. Please mend its row first`,
	cycle: (value) => `"${value}" stands above itself in a circle, please check`,
	'several-districts': (value) =>
		`A table holds one district only. "${value}" was left out, please check the unit above`,

	'blank-number': (_value) => 'There is no number, please add it',
	'duplicate-number': (value) =>
		`The number "${value}" stands above already. This row was left out, please check it`,
	'blank-title': (_value) => 'There is no title, please add it',
	'blank-description': (_value) => 'There is no description, please add it',
	'blank-date': (_value) => 'There is no time, please add it',
	'bad-date': (value) => `The time "${value}" is not understood, write it like 2026-11-24 9:30`,
	'date-out-of-range': (value) => `The time "${value}" is too early or too late, please check`,
	'too-long': (value) => `"${labelOf(value)}" is too long, please shorten it`,
	'bad-characters': (value) => `"${labelOf(value)}" holds broken characters, please delete them`,

	'blank-person': (_value) => 'There is no name, please add it',
	'bad-phone': (value) => `The mobile number "${value}" is wrong, please check its digits`,
	'phone-lost': (value) =>
		`The mobile number "${value}" became a rounded number and lost digits. Make the column text and write it again`,
	'duplicate-person': (value) => `${value} stands in the table already, this row was left out`,
	'phone-of-another': (value) =>
		`This mobile number is registered for ${value}. Please check whether it is the same person`,
	'same-name': (value) =>
		`The roster has ${value} with another number. If it is the same person, correct the card; if not, register them apart`,
	'unknown-role': (value) =>
		`The role "${value}" is not understood: write 党员 (member), 志愿者 (volunteer) or 社区工作者 (community worker)`,
	'role-by-politics': (value) =>
		`The post "${value}" is no role here; the political status says the role, please check`,
	'probationary-member': (value) =>
		`"${value}" is registered as a member; whether on probation is not kept here`,
	'role-not-yours': (value) => `"${value}" is registered by the level above, not here`,
	'unknown-place': (value) =>
		`"${value}" is none of your units. Please check the name of the community or sub-district`,
	'unknown-category': (value) =>
		`The service "${value}" is none of the ten categories; it is kept as "Other", please check`,
	'unknown-answer': (value) =>
		`"${value}" under leading cadre is not understood; it is taken as no, please check`,
	'line-across': (value) =>
		`"${value}" has a row to itself and was not imported; please check the rows below it`,
	'several-names': (value) =>
		`"${value}" is more than one person and was not imported; write each in a row`,
	'blank-estate': (_value) => 'There is no estate, please fill in the one for doors without',
	'blank-door': (value) =>
		value === ''
			? 'There is no door, please add it'
			: `The address "${value}" names no door, write it like 3栋2单元501`,
	'door-too-long': (value) => `The door "${value}" is too long, please shorten it`,
	'duplicate-door': (value) => `"${value}" stands above already, this row was left out`,
	'birth-unread': (value) =>
		`The date of birth "${value}" is not understood; it is left empty, please add it later`,
	'phone-unread': (value) =>
		`The phone "${value}" is not understood; it is left empty, please add it later`,
	'id-unread': (_value) =>
		'The identity number is cut short, wrong, or lost its last three digits; the sex is left empty, please add it later',
	'word-unread': (value) => `"${value}" is not understood; it is left empty, please add it later`,
	'member-unknown': (value) =>
		`The roster has no member "${value}", or several. Please link the household under Linking`,
	'grid-differs': (value) =>
		`This building is in another grid and was not put into "${value}". Check it under "Grids"`,
	'home-moved-out': (value) =>
		`${value || 'This household'} moved out and was not imported. If they are back, put them back on the register under Residents`,
	'several-heads': (value) =>
		`The household has two heads; "${value}" is kept as "Other", please check`
};

function labelOf(name: string): string {
	return Object.entries(field).find(([key]) => key === name)?.[1] ?? name;
}
