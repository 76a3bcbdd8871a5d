/** Words that more than one area uses: names of codes, states, synchronisation, forms, dates. */
import { counted } from './counted.ts';
import type { Worded } from './messages.ts';
import type { common as source, stoppedReason as stopped } from './zh-cn-common.ts';

const months = [
	...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
	...['Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
];

export const stoppedReason: Worded<typeof stopped> = {
	lead: 'This device was stopped.',
	rest: 'What was not handed in is still here. To go on, ask the community for a new invitation.'
};

export const common: Worded<typeof source> = {
	gap: ' ',

	app: {
		name: 'Lianxinqiao',
		fullName: 'Lianxinqiao',
		tabTitle: (page) => `${page} · Lianxinqiao`,
		skipToContent: 'Skip to content',
		mainNav: 'Main menu',
		demo: 'Demo data: people and figures are invented',
		updateReady: 'A new version is ready',
		updateNow: 'Update now',
		updateWaits: 'Finish this form, then update; nothing is lost',
		changeIdentity: 'See as someone else'
	},

	nav: {
		escalated: 'Handed up',
		visits: 'Visits',
		demands: 'Demands',
		tasks: 'Tasks',
		mine: 'Me',
		inbox: 'Inbox',
		residents: 'Homes',
		figures: 'Figures',
		overview: 'Overview',
		communities: 'Communities',
		teams: 'Teams',
		activities: 'Activities',
		ledgers: 'Ledgers',
		reports: 'Quarterly report',
		organisation: 'Organisation',
		projects: 'Projects',
		evaluation: 'Evaluation',
		inspection: 'Inspection'
	},

	act: {
		back: 'Back',
		close: 'Close',
		cancel: 'Cancel',
		continue: 'Continue',
		toCheck: 'Check',
		change: 'Change',
		changeWhat: (what) => `Change: ${what}`,
		delete: 'Delete',
		open: 'Open',
		retry: 'Try again',
		saveDraft: 'Save draft',
		saveDraftLater: 'Finish it later',
		handIn: 'Hand in',
		handInToCommunity: 'To the community',
		handInToOffice: 'For the sub-district office',
		decideSo: 'Decide so',
		leaveIt: 'Leave it',
		callAndAsk: 'Call and ask',
		takeOver: 'Take over',
		compare: 'Compare',
		print: 'Print',
		exportExcel: 'Export to Excel',
		exportWord: 'Export to Word',
		clear: 'Clear',
		more: 'More',
		all: 'All',
		previousPage: 'Previous',
		nextPage: 'Next',
		details: 'Details',
		showChart: 'Chart',
		showTable: 'Table',
		menu: 'Menu',
		confirm: 'OK'
	},

	form: {
		optional: 'optional',
		several: 'choose any',
		chooseOne: 'Please choose one',
		draftSaved: (time) => `Draft saved ${time}`,
		draftNotYet: 'No draft saved yet',
		changedSince: {
			lead: 'Since you opened it, others changed:',
			line: (field, was, is) => `${field}: ${was || 'empty'} → ${is || 'empty'}`,
			some: (field) => `${field}: changed`,
			note: 'What you did not touch stays as they wrote it. Where you changed the same, yours stands and theirs stays in the history.'
		},
		step: (n, of, name) => `Step ${n} of ${of}: ${name}`,
		stepShort: (n, of) => `Step ${n} of ${of}`,
		errorCount: (n) => `${counted(n, 'thing')} to change`,
		errorTitle: (title) => `Error: ${title}`,
		errorPrefix: 'Error: ',
		fewer: (what) => `${what}: one fewer`,
		moreOf: (what) => `${what}: one more`,
		people: 'people',
		dictate: 'Tap the microphone on the keyboard to speak instead of typing',
		checkTitle: 'Look it over, then hand in',
		checkStep: 'Check',
		notFilled: 'Not filled in',
		selected: 'Chosen',
		unsaved: 'Not saved yet',
		saving: 'Saving'
	},

	sync: {
		title: 'Handing in',
		synced: 'Synced',
		syncedAt: (time) => `Synced ${time}`,
		waiting: (n) => `${n} waiting`,
		sending: (n) => (n > 0 ? `Sending ${n}` : 'Syncing'),
		photosWaiting: (n) => counted(n, 'photo or recording waiting', 'photos, recordings waiting'),
		offline: (n) => (n > 0 ? `Offline, ${n} waiting` : 'Offline'),
		trouble: (n) => counted(n, 'problem'),
		stopped: (n) => (n > 0 ? `Stopped, ${n} waiting` : 'Stopped'),
		unknown: 'Connecting',
		chipOpens: 'Opens: what is handed in',
		waitingRecords: 'Waiting records',
		waitingPhotos: 'Waiting photos and recordings',
		records: (n) => counted(n, 'record'),
		photos: (n) => counted(n, 'file'),
		recordUnit: 'records',
		photoUnit: 'files',
		summary: (records, photos) =>
			photos > 0
				? `${counted(records, 'record')} and ${counted(photos, 'photo or recording', 'photos and recordings')} waiting`
				: `${counted(records, 'record')} waiting`,
		reason: {
			synced: { lead: 'All handed in.', rest: 'This device and the relay hold the same.' },
			waiting: { lead: 'Waiting in line.', rest: 'Nothing to do, it goes out in a moment.' },
			photos: {
				lead: 'All records are handed in.',
				rest: 'Photos and recordings follow by themselves.'
			},
			sending: { lead: 'Handing in now.', rest: 'You can go on working.' },
			offline: { lead: 'No network now.', rest: 'It goes out by itself once there is one.' },
			trouble: {
				lead: 'Some records were not taken.',
				rest: 'Open them to see why, mend them and hand in again. Nothing is lost.'
			},
			stopped: stoppedReason,
			unknown: { lead: 'Connecting to the relay.', rest: 'Handing in follows by itself.' },
			relayDown: {
				lead: 'The relay does not answer.',
				rest: 'It is tried again in a while, nothing to do.'
			},
			signedOut: {
				lead: 'You need to sign in again.',
				rest: 'Then it is handed in by itself. Nothing is lost.'
			}
		},
		lastSuccess: (when) => `Last handed in: ${when}`,
		neverSucceeded: 'Nothing handed in yet',
		tryNow: 'Try now',
		trying: 'Trying',
		exportBackup: 'Give to the tablet',
		stillHere: 'Still on this device',
		nothingWaiting: 'Nothing is waiting',
		autoWhenOnline: 'Handed in by itself once online',
		noNetworkLead: 'No network, and you can still hand in.',
		noNetworkRest: 'It is kept here and goes out by itself once online.',
		savedTitle: 'Saved',
		savedNotes: ['It goes out by itself once online.', 'You can close the app, it stays.'],
		leaveWarning: (n) =>
			`${counted(n, 'record is', 'records are')} not handed in and only on this device.`,
		kinds: { visit: 'Visit', demand: 'Demand', service: 'Service', other: 'Record' }
	},

	travel: {
		name: 'Where it is now',
		places: {
			device: 'Here',
			relay: 'Relay',
			community: 'Com.',
			office: 'Office',
			district: 'Dist.'
		},
		fullPlaces: {
			device: 'this device',
			relay: 'relay',
			community: 'community',
			office: 'sub-district office',
			district: 'district'
		},
		states: { reached: 'arrived', waiting: 'still here', ahead: 'not yet' },
		stop: (place, state) => `${place}: ${state}`,
		reached: {
			device: 'Still on this device',
			relay: 'At the relay',
			community: 'At the community',
			office: 'At the sub-district office',
			district: 'At the district'
		}
	},

	track: {
		title: 'How far it is',
		states: { done: 'done', now: 'at this step', ahead: 'not yet' },
		aside: (words) => ` (${words})`,
		everyStepKept: 'Each step keeps who and when'
	},

	status: {
		notStarted: 'New',
		inProgress: 'Open',
		dueSoon: 'Due today',
		overdue: 'Overdue',
		missing: 'Missing',
		done: 'Handled',
		crossedOff: 'Crossed off',
		onTime: 'In time',
		onDevice: 'On this device only',
		carried: 'Carried here, not handed in',
		sent: 'Synced',
		offline: 'Offline',
		waitingList: 'Waiting list',
		waitingListPlace: (n) => `Waiting list, no. ${n}`,
		escalated: 'Handed up',
		handedBack: 'Handed back',
		listed: 'On the needs list',
		late: (days) => `${counted(days, 'day')} late`,
		lateWord: 'Late',
		presence: 'Someone is on it',
		handledBy: (name) => `${name} is on it`,
		closed: 'Ended',
		versions: 'Two versions',
		newer: 'newer',
		clock: 'Clock is wrong'
	},

	presence: {
		busy: (name) => `${name} is on it`,
		openedAgo: (ago) => `opened ${ago}`,
		since: (words) => `, ${words}`
	},

	duplicate: {
		title: 'This may be the same matter'
	},

	history: {
		title: 'History',
		none: 'Nothing was changed yet',
		from: 'Before',
		to: 'After',
		empty: 'empty',
		byWhom: (who, when) => `${who}, ${when}`
	},

	table: {
		total: 'Total',
		none: 'None',
		slash: '/',
		number: 'No.',
		range: (from, to, of) => `${from}–${to} of ${of}`,
		count: (n) => `${n} in all`,
		fewCases: 'Below 10 cases only "n/m" is written, without ranks',
		scrollHint: 'Swipe sideways for more columns'
	},

	figures: {
		asOf: (when) => `Data as of ${when}`,
		devicesReported: (n, of) => `${n}/${of} devices have handed in`,
		up: 'up',
		down: 'down',
		same: 'same'
	},

	states: {
		loading: 'Opening',
		problem: 'Something went wrong here',
		problemNote: 'Nothing is lost. Try again; if it stays so, ask the community.',
		notFound: 'This page was not found',
		notFoundNote: 'The address may be wrong, or the page is no more.',
		notOpened: 'This page did not open',
		notOpenedNote:
			'Perhaps there is no network, and the app is not stored whole yet. Try again online; what you recorded is on this device, nothing is lost.',
		toFirst: 'To the first page',
		progress: (done, total) => `${done} / ${total}`
	},

	language: {
		title: 'Language 语言',
		names: { 'zh-CN': '中文', en: 'English' },
		note: 'The app opens anew; what you wrote is kept.',
		notKept: 'A form is not saved yet. Finish it, then change the language.'
	},

	appearance: {
		title: 'Text size and colours',
		elder: 'Large view',
		elderNote: 'Large text and buttons, one column',
		elderOn: 'Large view is on',
		switchToElder: 'Large view',
		switchToStandard: 'Standard view',
		elderAliases: 'Large view, also for tired eyes',
		size: 'Text size',
		sizes: { standard: 'Standard', large: 'Large', extra: 'Extra large', largest: 'Largest' },
		sizeNotes: { standard: '16', large: '20, large view', extra: '24', largest: '30' },
		theme: 'Colours',
		themes: {
			system: 'Like the phone',
			party: 'Light',
			'party-dark': 'Dark',
			'party-contrast': 'High contrast'
		}
	},

	when: {
		day: (month, day) => `${day} ${months[month - 1] ?? month}`,
		dayOfYear: (year, month, day) => `${day} ${months[month - 1] ?? month} ${year}`,
		dayWithWeekday: (day, weekday) => `${weekday}, ${day}`,
		weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
		today: 'today',
		yesterday: 'yesterday',
		at: (day, time) => `${day} ${time}`,
		justNow: 'just now',
		minutesAgo: (n) => `${n} min ago`,
		hoursAgo: (n) => `${counted(n, 'hour')} ago`,
		daysAgo: (n) => `${counted(n, 'day')} ago`,
		minutes: (n) => `${n} min`,
		hours: (n) => counted(n, 'hour'),
		hoursAndMinutes: (hours, minutes) => `${hours} h ${minutes} min`,
		days: (n) => counted(n, 'day'),
		left: (span) => `${span} left`,
		inDays: (n) => `in ${counted(n, 'day')}`,
		overdue: (span) => `${span} overdue`,
		dueToday: 'due today',
		quarter: (year, quarter) => `Q${quarter} ${year}`
	},

	roles: {
		member: 'Member',
		volunteer: 'Volunteer',
		communityWorker: 'Community worker',
		communitySecretary: 'Community secretary',
		subdistrictOfficer: 'Sub-district office',
		districtOfficer: 'Organisation department',
		admin: 'Administrator',
		setUp: 'System (founding)',
		clock: 'System (term ended)'
	},

	levels: {
		district: 'District',
		subdistrict: 'Sub-district',
		community: 'Community',
		departmentUnit: 'Department'
	},

	category: {
		property: 'Property management',
		environment: 'Environment',
		parking: 'Parking',
		noise: 'Noise',
		lighting: 'Lighting',
		utilities: 'Water, power, gas',
		road: 'Roads',
		socialInsurance: 'Social insurance',
		medical: 'Medical insurance',
		education: 'Education',
		elderCare: 'Elder care',
		employment: 'Employment',
		publicOrder: 'Public order',
		other: 'Other'
	},

	serviceCategory: {
		povertyRelief: 'Help in hardship',
		policyAdvice: 'Policy advice',
		information: 'Information',
		housekeeping: 'Housekeeping',
		schoolHealth: 'School and health',
		employment: 'Work and business',
		cultureSport: 'Culture and sport',
		legalAid: 'Legal aid',
		counselling: 'Counselling',
		applianceRepair: 'Appliance repair',
		other: 'Other'
	},

	demandType: {
		consult: 'Question',
		help: 'Help',
		complaint: 'Complaint',
		report: 'Report',
		suggestion: 'Suggestion'
	},

	urgency: {
		low: 'Not urgent',
		normal: 'Normal',
		urgent: 'Urgent',
		emergency: 'Emergency'
	},

	group: {
		livingAlone: 'Living alone',
		veryOld: 'Very old',
		emptyNest: 'Empty nest',
		lowIncome: 'Low income',
		nearLowIncome: 'Near low income',
		extremePoverty: 'Extreme poverty',
		seriousIllness: 'Seriously ill',
		disabled: 'Disabled',
		unemployed: 'Unemployed',
		leftBehind: 'Left behind',
		bereaved: 'Lost an only child',
		childInNeed: 'Child in need',
		veteran: 'Veteran',
		needyMember: 'Member in need'
	},

	residence: {
		permanent: 'Live here',
		floating: 'Come and go',
		vacant: 'Nobody lives here',
		apart: 'Registered here, live elsewhere'
	},
	tenure: {
		owned: 'Owned',
		rented: 'Rented',
		vacant: 'Vacant'
	},
	sex: {
		male: 'Male',
		female: 'Female'
	},
	relation: {
		head: 'Head of household',
		spouse: 'Spouse',
		child: 'Child',
		childInLaw: 'Child-in-law',
		grandchild: 'Grandchild',
		parent: 'Parent',
		grandparent: 'Grandparent',
		sibling: 'Sibling',
		other: 'Other'
	},
	politicalStatus: {
		party: 'Party member',
		probationary: 'Probationary member',
		league: 'League member',
		other: 'None or other'
	},
	health: { good: 'Good', weak: 'Fair or weak', chronic: 'Chronic illness', impaired: 'Disabled' },
	disabilityKind: {
		sight: 'Sight',
		hearing: 'Hearing',
		speech: 'Speech',
		limbs: 'Limbs',
		intellect: 'Intellect',
		mind: 'Mental',
		multiple: 'Multiple'
	},
	disabilityGrade: { '1': 'grade 1', '2': 'grade 2', '3': 'grade 3', '4': 'grade 4' },
	employment: {
		employed: 'Employed',
		flexible: 'Casual work',
		unemployed: 'Unemployed',
		retired: 'Retired',
		none: 'No work'
	},
	schooling: {
		preschool: 'Preschool',
		primary: 'Primary school',
		junior: 'Middle school',
		senior: 'High or vocational school',
		college: 'College or above'
	},
	insurance: {
		employeePension: 'Employee pension',
		residentPension: 'Resident pension',
		employeeMedical: 'Employee medical',
		residentMedical: 'Resident medical',
		uninsured: 'Not insured'
	},
	consentBy: { self: 'Themself', family: 'A family member', guardian: 'A guardian' },
	consentScope: {
		register: 'Writing this down',
		photo: 'Photos',
		passOn: 'Passing it on to whoever can help'
	},
	whyLeft: {
		movedAway: 'Moved away',
		married: 'Married',
		died: 'Died',
		other: 'Other'
	},
	careTier: {
		high: 'High risk',
		key: 'Priority',
		general: 'General'
	},

	demandState: {
		registered: 'New',
		accepted: 'Accepted',
		escalatedSub: 'With the office',
		declined: 'Declined',
		merged: 'Merged',
		handled: 'Handled',
		withdrawn: 'Withdrawn',
		voided: 'Void'
	},

	outcome: {
		solved: 'Solved',
		partly: 'Partly solved',
		explained: 'Explained',
		notOurs: 'Not ours to decide',
		unsolvable: 'Cannot be solved'
	},

	declineReason: {
		judicial: 'Before a court',
		secret: 'Touches state secrets',
		noSubstance: 'Nothing to act on',
		alreadyAccepted: 'Already accepted before'
	},

	channel: {
		visit: 'Home visit',
		walkIn: 'Came in person',
		phone: 'Phone call',
		wechat: 'WeChat group',
		box: 'Suggestion box',
		patrol: 'Grid patrol',
		hotline: '12345 hotline',
		petition: 'Petition office',
		assigned: 'From above',
		import: 'Imported table'
	},

	visitOutcome: {
		met: 'Met',
		notHome: 'Not home',
		declined: 'Refused'
	},

	visitMode: {
		home: 'At home',
		phone: 'By phone',
		video: 'By video',
		talk: 'Indoor meeting',
		courtyard: 'Courtyard meeting'
	},

	place: {
		age: (years) => `aged ${years}`,
		ageAndGroup: (years, group) => `aged ${years} · ${group}`
	}
};
