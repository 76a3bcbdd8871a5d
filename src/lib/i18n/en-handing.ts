/** Words of 交接: what somebody still has in hand, and who goes on with it. */
import { counted } from './counted.ts';
import type { Worded } from './messages.ts';
import type { handing as source } from './zh-cn-handing.ts';

export const handing: Worded<typeof source> = {
	title: (name) => `Handing over: ${name}`,
	open: 'Hand over what is in hand',
	inHand: (n) => `Still in hand: ${n}`,
	inHandNote: 'Until somebody takes them over they stay with this person.',
	empty: 'Nothing left to hand over',
	emptyNote: 'No doors, demands, stand-ins or grids are theirs.',
	planned: (n) => `Changes already planned: ${n}`,
	plannedNote: 'They change hands by themselves on the day.',
	elsewhere:
		'What they have in hand is not kept here. Ask a colleague in their unit to hand it over under People.',
	all: (n) => `Hand over all ${n}`,
	group: (kind) => `Hand over together: ${kind}`,
	one: 'Hand over',
	oneOf: (title) => `Hand over: ${title}`,
	list: 'One by one',
	hide: 'Close',
	more: (n) => `${n} more`,
	kinds: {
		home: 'Doors looked after',
		demand: 'Open demands',
		standIn: 'Doors walked for others',
		grid: 'Grids led',
		office: 'Demands at the office',
		withOffice: 'Demands with the office',
		returned: 'Visits sent back'
	},
	count: (kind, n) => `${kind}: ${n}`,
	stay: {
		withOffice:
			'The office has them: nobody else can take them now. Once answered they are done; if they come back, hand them over here.',
		returned:
			'Only who wrote a visit completes it. If the door went to somebody else or they are gone, open it under Visits and correct or void it there.'
	},
	coming: (day) => `theirs from ${day}`,
	until: (day) => `stands in until ${day}`,
	sheet: {
		title: 'Who goes on',
		what: (n) => `${n} in all`,
		to: 'Who goes on with it',
		choose: 'Choose somebody',
		person: (name, roles) => `${name} (${roles})`,
		nobody: 'Nobody else here can take it. Register somebody first, or give somebody a duty.',
		from: 'From which day',
		fromHint: 'A day to come is fine: it changes by itself then',
		atOnce: 'Stand-ins, grids and demands at the office do not wait: they change now.',
		left: (n) => `${n} of them do not fit their duty and stay, for somebody else.`,
		confirm: (n) => `Hand over ${n}`,
		toMissing: 'Choose who goes on',
		fromMissing: 'Say from which day',
		fromWrong: 'A day from today on, within a year'
	},
	running: (n, name) => `Handing ${n} to ${name}`,
	leftBehind: 'Without a duty, and still with something in hand',
	leftLine: (name, n) => `${name}: ${n}`,
	from: (name) => `Taken over from ${name}`,
	next: 'Change planned',
	nextWho: (name, day) => `${name} is responsible from ${day}`,
	tookOver: (name, homes) => `${counted(homes, 'household')} taken over from ${name}`,
	tookOverNote: (day) => `Yours to visit from ${day}: they are in the list below.`
};
