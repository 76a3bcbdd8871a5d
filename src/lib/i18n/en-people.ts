/** Words of the roster: cards, duties, importing people, sheets of slips, devices, and switching persons. */
import { counted } from './counted.ts';
import type { Worded } from './messages.ts';
import type { people as source } from './zh-cn-people.ts';

const persons = (n: number | string): string => counted(n, 'person', 'people');

export const people: Worded<typeof source> = {
	title: 'People and invitations',
	tabs: { people: 'Roster', invitations: 'Invitations', devices: 'Devices' },
	officeOnly: 'People and invitations are for the secretary, the sub-district and the district.',
	add: 'Register someone',
	search: 'Find someone',
	state: 'On the roster or not',
	views: {
		active: (n) => `On the roster ${n}`,
		suspended: (n) => `Paused ${n}`,
		left: (n) => `Left ${n}`,
		twice: (n) => `Same number ${n}`
	},
	twiceNote:
		'These share a mobile number, so someone may be registered twice. Please check, and make the one too many void.',
	states: { active: 'On the roster', suspended: 'Paused', left: 'Left', voided: 'Void' },
	stateNotes: {
		active: '',
		suspended: 'No invitations, nothing new to do. It can go on at any time.',
		left: 'All duties have ended. The card is kept.',
		voided: 'Registered by mistake, and no longer counted.'
	},
	count: persons,
	more: '50 more',
	empty: 'The roster is empty',
	emptyNote: 'Import a table, or register people one by one.',
	noneHere: 'Nobody here',
	noneFound: 'Nobody found, try another name, number or skill',

	register: {
		title: 'Register someone',
		subtitle: 'Register first, then invite. It works offline.',
		submit: 'Register',
		saved: (name) => `${name} is registered`,
		savedNote: 'Once the top right says "Synced", you can invite.'
	},

	card: {
		cadre: 'leading cadre',
		isCadre: 'Is a leading cadre',
		unknown: 'Not filled in',
		phoneHint: 'With a number, joining by slip asks for its last 4 digits',
		skillsHint: 'As many as you like, separated by commas, such as: hairdressing, plumbing',
		availabilityHint: 'Such as: weekends, weekday evenings',
		field: {
			name: 'Name',
			phone: 'Mobile',
			branch: 'Party branch or unit',
			occupation: 'Occupation',
			skills: 'Skills',
			categories: 'Services offered',
			availability: 'Availability',
			isLeadingCadre: 'Leading cadre'
		},
		need: {
			name: 'Please write the name',
			phone: 'Please check the mobile number, digits only',
			role: 'Please choose the duty',
			org: 'Please choose where',
			shorter: (field, n) => `${field}: please write less, ${n} characters at most`,
			skill: (n) => `Please keep each skill within ${n} characters, separated by commas`,
			skills: (n) => `At most ${counted(n, 'skill')}`
		}
	},

	duty: {
		title: 'Duties',
		none: 'No duty at present',
		role: 'Duty',
		org: 'Where',
		choose: 'Please choose',
		orgOf: (above, name) => (above === '' ? name : `${above}, ${name}`),
		at: (role, org) => (org === '' ? role : `${role}, ${org}`),
		since: (from) => `since ${from}`,
		until: (from, to) => `${from} to ${to}`,
		handedTo: (name) => `handed over to ${name}`,
		end: 'End or hand over',
		void: 'Void',
		voidWhat: (name) => `Make the duty void: ${name}`,
		voidNote:
			'Only a duty given by mistake: it counts as never given, and nothing here can be read from now on. One that was held for a while is ended or handed over.',
		voided: (reason) => `Void: ${reason}`,
		endWhat: (name) => `End the duty: ${name}`,
		endNote: (lateDays) =>
			lateDays > 0
				? `Until the end of that day. What was said before still counts and can be handed in for ${counted(lateDays, 'day')}.`
				: 'Until the end of that day. What was said before still counts and is to be handed in that day.',
		endConfirm: 'End',
		handConfirm: 'End and hand over',
		lastDay: 'Last day',
		lastDayHint: 'This day included',
		successor: 'Who goes on',
		noSuccessor: 'Nobody for now',
		inHandNote: 'Once it has ended, the next page hands them to whoever goes on.',
		give: 'Add a duty',
		giveWhom: (name) => `Add a duty for ${name}`,
		giveNote: 'A person can have several duties and switch between them.',
		giveConfirm: 'Add',
		from: 'From which day',
		need: {
			lastDay: 'Please write the last day',
			afterStart: 'The last day cannot be before the first',
			reason: 'Please write why',
			held: 'This duty is held already, please choose another',
			from: 'Please write from which day'
		}
	},

	person: {
		title: 'Person',
		card: 'Card',
		correct: 'Correct the card',
		noCard: 'The card is kept by the community or sub-district; only duties are here.',
		gone: 'This person was not found',
		goneNote: 'Perhaps not one of yours, or not arrived yet.',
		devices: 'See devices',
		moveOn: 'On the roster'
	},
	moveOn: {
		suspended: {
			act: 'Pause',
			title: (name) => `Pause ${name}`,
			note: 'No invitations and nothing new to do meanwhile. Records stay.'
		},
		left: {
			act: 'Leave',
			title: (name) => `${name} leaves`,
			note: 'Duties end now and devices see nothing new. Card and visits are kept.'
		},
		active: {
			act: 'Take back',
			title: (name) => `Take ${name} back`,
			note: 'Invitations are possible again. Who had left needs a new duty.'
		},
		voided: {
			act: 'Void',
			title: (name) => `Make the card of ${name} void`,
			note: 'Only somebody registered by mistake or twice. They leave the roster and the duties given here become void; their visits stay.'
		}
	},

	import: {
		link: 'Import a table',
		title: 'Import the roster',
		subtitle: 'Look first, then import. The same table twice makes no doubles.',
		chooseHint:
			'Excel (.xlsx) or CSV. A column 姓名 (name) is needed; 手机号 (mobile), 党支部 (branch), 角色 (role), 职业 (occupation), 特长 (skills), 服务意向 (services offered), 可服务时间 (availability) and 是否领导干部 (leading cadre) are welcome, in any order.',
		preview: 'What will happen',
		counts: {
			fresh: 'New',
			here: 'On the roster already',
			differing: 'Other details than the table',
			problem: 'With problems, left out'
		},
		unit: persons,
		rows: (n) => counted(n, 'row'),
		problems: 'These rows were left out. Mend the table and choose it again',
		notes: 'These rows are used, but please check them',
		row: (n) => `Row ${n}`,
		more: (n) => `${counted(n, 'row')} more`,
		columns: 'Columns found',
		columnLine: (field, name) => `${field}: ${name}`,
		unused: (names) => `Columns not used: ${names}`,
		differingTitle: 'People whose details differ',
		update: 'Take those of the table',
		updateHint: 'Empty cells clear nothing.',
		changed: (name, fields) => `${name}: ${fields}`,
		sample: 'The first ones',
		start: (n) => `Import ${persons(n)}`,
		nothing: 'Nothing to import',
		running: 'Importing',
		runningNote: 'Kept here first, handed in by itself once online.',
		done: (fresh, updated) =>
			updated > 0
				? `${persons(fresh)} registered, ${updated} updated`
				: `${persons(fresh)} registered`,
		doneNote: 'Once the top right says "Synced", you can print slips.',
		stopped: (n) => `Stopped, ${n} imported`,
		stoppedNote: 'Import again to go on, without doubles.',
		failed: 'Not finished',
		toSlips: 'Print slips',
		toRoster: 'See the roster',
		reason: 'Updated by importing the roster'
	},

	switch: {
		title: 'Switch person or duty',
		now: 'Here now',
		others: 'Others on this device',
		alone: 'Nobody else is on this device',
		duties: 'Switch duty',
		dutiesNote: 'Each has its own first page',
		takeDuty: (role) => `As ${role}`,
		waiting: (n) => `${n} not handed in`,
		drafts: (n) => counted(n, 'draft'),
		add: 'Add someone',
		addSecond: 'They scan, or write the 8-digit code',
		apart:
			"Everyone's records are kept apart and unseen by the others. Switch back and all is there.",
		unsentTitle: (n) => `${counted(n, 'record')} not handed in`,
		unsentWords: 'They wait until you switch back. Nothing is lost.',
		takeAnyway: (name) => `Switch to ${name}`,
		stay: 'Stay',
		photos: (n) => `${counted(n, 'photo or recording', 'photos or recordings')} on the way`,
		matters: (n) => `${counted(n, 'matter')} to deal with`,
		remove: 'Remove from this device',
		removeOf: (name) => `Remove ${name} from this device`,
		removeTitle: (name) => `Remove ${name} from this device?`,
		removeWords:
			'All their ledgers go from this device; what was handed in is with the community. To use this device again they need a new invitation.',
		removeDrafts: (n) =>
			`${counted(n, 'draft')} will be lost for good. All their ledgers go from this device; what was handed in is with the community. To use this device again they need a new invitation.`,
		removed: (name) => `${name} was removed from this device`,
		firstTitle: (name) => `${name} has something here yet`,
		firstWords: (what, name) =>
			`${what}. It is stored on this device alone and would be lost. Let ${name} switch back, hand it in or deal with it first.`
	},

	oneMore: {
		title: 'One more device',
		note: 'A new phone, the home screen icon, or a second device',
		how: 'Get an 8-digit code here and write it on the other device. First wait here for "Synced".',
		make: 'Get a code',
		done: 'Written'
	},

	devices: {
		mine: 'My devices',
		kinds: {
			iphone: 'iPhone',
			ipad: 'iPad',
			harmony: 'HarmonyOS device',
			android: 'Android phone',
			androidAny: 'Android tablet',
			windows: 'Windows computer',
			mac: 'Mac',
			linux: 'Linux computer'
		},
		browsers: {
			huawei: 'Huawei Browser',
			xiaomi: 'Xiaomi Browser',
			oppo: 'OPPO Browser',
			vivo: 'vivo Browser',
			qq: 'QQ Browser',
			uc: 'UC Browser',
			edge: 'Edge',
			firefox: 'Firefox',
			chrome: 'Chrome',
			safari: 'Safari'
		},
		unknown: 'A device',
		model: (what, model) => `${what} (${model})`,
		with: (what, browser) => `${what}, ${browser}`,
		views: {
			late: (n) => `Not synced ${n}`,
			current: (n) => `In use ${n}`,
			revoked: (n) => `Stopped ${n}`
		},
		lateNote: 'Silent for three days, or something is not handed in. The longest silent first.',
		ownNote:
			'A phone is lost? Stop it here: once online it is signed out and cleared. Until then, what is on it can be seen.',
		nobodyLate: 'All are synced',
		none: 'No devices yet',
		noneFound: 'Nothing found, try another name',
		of: (name) => `Devices of ${name}`,
		seeAll: "See everyone's",
		search: 'Find by name or unit',
		seen: (when) => `seen ${when}`,
		joined: (when) => `joined ${when}`,
		revokedAt: (when) => `stopped ${when}`,
		waiting: (n) => `${n} not handed in`,
		nothingWaits: 'all handed in',
		notTold: 'nothing handed in yet',
		oldVersion: 'old version',
		silent: (days) => `silent for ${counted(days, 'day')}`,
		thisOne: 'this very one',
		noDuty: 'no duty at present',
		revoke: 'Stop',
		revokeFor: (name) => `Stop this device of ${name}`,
		revokeTitle: (name) => `Stop this device of ${name}?`,
		revokeWords:
			'Once online it is signed out and sees nothing; from now on it hands in nothing. Until then, what is on it can be seen. Coming back needs a new invitation.',
		revokeWaiting: (n) =>
			`${counted(n, 'record')} not handed in: it cannot do so afterwards. If the phone is at hand, pack them into a file for the community's tablet, which writes them down.`,
		revokeOwn: 'This is the one you are using: afterwards you have to join again.',
		revoked: (name) => `The device of ${name} is stopped`,
		revokedNote: 'It is cut off. For a new phone, please send a new invitation.',
		revokedConfirm: 'Stop',
		offlineTitle: 'Devices need a network',
		offline: 'The relay knows the devices and cannot be reached now.',
		more: '50 more',
		count: (n) => counted(n, 'device')
	}
};
