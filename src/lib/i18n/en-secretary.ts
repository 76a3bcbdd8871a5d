/** Words of the secretary's tablet. */
import { counted } from './counted.ts';
import type { Worded } from './messages.ts';
import type { secretary as source } from './zh-cn-secretary.ts';

const demands = (n: number | string): string => counted(n, 'demand');
const households = (n: number): string => counted(n, 'household');

/** Why a shared draft did not take what was written. */
const refusals: Readonly<Record<string, string>> = {
	frozen: 'The reply has been given, the draft no longer changes. What you wrote is still here.',
	'too-large': 'The draft is too long. Please shorten it.'
};

export const secretary: Worded<typeof source> = {
	dot: ' · ',
	comma: ', ',
	more: '50 more',
	yourself: (name) => `${name} (you)`,
	nameAndRole: (name, role) => `${name} (${role})`,
	restored: (when) => `Your draft of ${when} is back`,
	discard: 'Discard draft',

	sayProblems: {
		'storage-full':
			'This device is full, it was not saved. Please make room; what you wrote is still here.',
		malformed: 'Something is not filled in as it must be. Please check and try again.',
		'too-large': 'It is too long for one record. Please shorten it.',
		'read-only':
			'Another page is using this data, here you can only read. Close that page and try again.',
		'storage-broken':
			'This device did not save it. Please try again; what you wrote is still here.',
		'storage-lost':
			'The browser cleared the data of this device, nothing can be saved. What you wrote is a draft: join again and go on.'
	},

	inbox: {
		title: (community) => `${community} · Inbox`,
		subtitle: (fresh, overdue) =>
			overdue > 0 ? `${fresh} new, ${overdue} overdue` : `${fresh} new`,
		tabs: 'Kinds of demands',
		tab: { new: 'New', open: 'Open', up: 'With the office', done: 'Handled', other: 'Other' },
		tabCount: (words, n) => `${words} ${n}`,
		list: 'Demands',
		sorted: (n) => `${demands(n)}, the most urgent first`,
		sortedDone: (n) => `${demands(n)}, the newest first`,
		shown: (n, of) => `The first ${n} of ${of}`,
		empty: {
			new: 'No new demands',
			open: 'No open demands',
			up: 'The office has none',
			done: 'None is handled yet',
			other: 'None is merged, declined or void'
		},
		emptyNote: 'What members bring and what you register stands here.',
		register: 'Register a demand',
		importing: 'Import a table',
		importUnderWay: (done, total) => `Importing ${done} / ${total}`,
		pickOne: 'Pick one on the left',
		backToQueue: 'Back to the inbox',
		gone: 'This demand is not on this device',
		goneNote: 'Perhaps it went to another community, or has not arrived yet.',
		clockOff: 'The clock of its device is wrong: deadlines run from its arrival',
		notCovered: 'The holiday table is not up to date: deadlines run Monday to Friday'
	},

	facts: {
		requester: 'Requester',
		phone: 'Phone',
		place: 'Place',
		kind: 'Kind',
		due: 'Deadline',
		signBy: (when) => `acknowledge by ${when}`,
		resolveBy: (when) => `handle by ${when}`,
		source: 'Channel',
		sourceNo: 'Number of the source',
		raisedAt: 'Raised',
		visit: 'From the visit',
		openVisit: 'See the visit',
		assignee: 'Responsible',
		handedBackWhy: 'Why handed back',
		outcome: 'Outcome',
		reply: 'Reply to the resident',
		declined: 'Why declined',
		mergedInto: 'Merged into',
		openMerged: 'See that demand',
		reason: 'Why',
		officialNo: (no) => `No. ${no}`,
		draftNo: (no) => `Temporary no. ${no}`
	},

	duplicate: {
		sameHousehold: 'same household',
		sameUnit: 'same building and unit',
		sameBuilding: 'same building',
		samePlace: 'same place',
		sameTitle: 'similar title',
		bothSay: (word) => `both say "${word}"`,
		about: (no, day, state) => `${no}, registered ${day}, ${state}`,
		aboutNoNumber: (day, state) => `registered ${day}, ${state}`
	},

	act: {
		accept: 'Accept',
		acceptSecond: 'Handled here',
		handle: 'Handled',
		handleSecond: 'With a reply',
		escalate: 'Hand up',
		escalateSecond: 'To the office',
		merge: 'Merge',
		mergeSecond: 'Into another',
		unmerge: 'Undo the merge',
		unmergeSecond: 'Alone again',
		note: 'Note',
		noteSecond: 'On handling',
		reassign: 'Reassign',
		decline: 'Decline, with a reason',
		correct: 'Correct',
		amend: 'Correct the answer',
		withdraw: 'Withdrawn',
		void: 'Void'
	},

	done: {
		accept: (title) => `Accepted: ${title}`,
		escalate: (title) => `Handed up: ${title}`,
		handle: (title) => `Handled: ${title}`,
		merge: (title) => `Merged: ${title}`,
		unmerge: (title) => `Merge undone: ${title}`,
		reassign: (title) => `Reassigned: ${title}`,
		amend: (title) => `Answer corrected: ${title}`,
		note: (title) => `Noted: ${title}`,
		decline: (title) => `Declined: ${title}`,
		correct: (title) => `Corrected: ${title}`,
		withdraw: (title) => `Withdrawn: ${title}`,
		void: (title) => `Made void: ${title}`,
		settle: (title) => `Decided: ${title}`,
		stored: 'Saved. It is handed in by itself once online.',
		look: 'See it',
		takeBack: 'Take back',
		takenBack: (title) => `Taken back: ${title}`,
		asBefore: 'As it was before; what you wrote is still in the draft.',
		writtenSince:
			'A draft was written since, so this step cannot be taken back. Both are still here.',
		tooLate: 'It is handed in and cannot be taken back. You can correct it or make it void.',
		tooLateOf: {
			escalate:
				'It is with the office and cannot be taken back. To change it, ask the office to hand it back.',
			withdraw:
				'It is handed in and cannot be taken back. If the resident still wants it, register it anew.',
			void: 'It is handed in and cannot be taken back. If it is still wanted, register it anew.'
		},
		close: 'OK'
	},

	accept: {
		title: 'Accept this demand',
		category: 'Category',
		type: 'Kind of demand',
		urgency: 'How urgent',
		assignee: 'Responsible',
		due: 'Handle by',
		dueRule: 'By the rule',
		dueRuleNote: (when) => `by ${when}`,
		dueOther: 'Another day',
		dueOtherNote: 'Told from above, or special',
		dueDay: 'Which day',
		dueDayHint: 'By the end of this day',
		dueDayMissing: 'Please write the day',
		dueDayPast: 'Please write today or a later day',
		assigneeMissing: 'Please choose who is responsible',
		told: 'They cannot see the register of doors, so they are told:',
		confirm: 'Accept'
	},

	reassign: {
		title: 'Who is responsible',
		choose: 'Please choose',
		confirm: 'Reassign'
	},

	handle: {
		title: 'This demand is handled',
		outcome: 'Outcome',
		outcomeMissing: 'Please choose the outcome',
		reply: 'Reply to the resident',
		replyHint: 'What was done; the resident and whoever registered it can read it',
		replyMissing: 'Please write the reply',
		replyTooLong: 'Please write less, 2,000 characters at most',
		confirm: 'Handled'
	},

	amend: {
		title: 'Correct the answer',
		note: 'The former answer stays in the history. The resident heard that one, so please tell them again.',
		confirm: 'Correct the answer'
	},

	escalate: {
		title: 'Hand up to the office',
		to: (office) => `To the office of ${office}`,
		note: 'The whole demand with its history goes to the office, requester and phone too, or those of the household where the demand names none. What the desk noted stays here. Until it is answered the community changes nothing in it.',
		why: 'Why',
		whys: {
			beyond: 'Beyond the community',
			several: 'Several communities',
			departments: 'Departments are needed'
		},
		more: 'More about it',
		moreHint: 'For example whom you asked, and where it is stuck',
		moreTooLong: 'Please shorten it, at most 150 characters',
		place: 'Place',
		placeHint: 'The office holds no register of households: say where it is',
		placeNeeded: 'Say where it is, so that the office finds it',
		placeTooLong: 'Please shorten it, at most 200 characters',
		noOffice:
			'It is not known yet which office is above this community. Sync once, then hand it up.',
		confirm: 'Hand up'
	},

	replyDraft: {
		title: 'Draft reply',
		hint: 'Colleagues can write it together; it becomes the reply to the resident.',
		writing: (name) => `${name} is writing`,
		open: (name) => `${name} has it open too`,
		reach: {
			'only-here': "Kept here, joined with everyone's once online.",
			everywhere: 'Sent, your colleagues see the same.'
		},
		refused: (why) =>
			refusals[why] ??
			'What you wrote last was not sent and is still here. Change a letter to send it again.',
		unsaved: 'It was not saved. Do not close this page yet and write one more letter.',
		unopened: 'Kept here, your colleagues do not see it yet. One more letter tries again.',
		inForm: 'This is the reply you wrote together; it no longer changes once handled.',
		left: 'A draft reply on this device was not used',
		leftNote: 'It was written after the reply was given. You can copy it into a handling note.',
		drop: 'Drop it'
	},

	decline: {
		title: 'Decline',
		code: 'Why',
		codeMissing: 'Please choose why it is declined',
		reply: 'Reply to the resident',
		replyHint: 'Why, and whom they can turn to',
		replyMissing: 'Please write the reply',
		replyTooLong: 'Please write less, 1,000 characters at most',
		confirm: 'Decline'
	},

	merge: {
		title: 'Merge into which?',
		searchLabel: 'Find another demand',
		searchHint: 'Words of its title, or its number',
		suggested: 'Perhaps the same matter',
		found: 'Found',
		foundNone: 'Nothing found, try other words',
		compareTitle: 'Compare the two',
		thisOne: 'This one',
		otherOne: 'Into this one',
		otherCandidate: 'The other one',
		differs: 'What differs is bold',
		back: 'Another one',
		confirm: 'Merge',
		note: 'It is handled together with that one; the merge can be undone.'
	},

	correct: {
		title: 'Correct this demand',
		note: 'What stood before stays in the history.',
		reason: 'Why the correction',
		reasonHint: 'Such as: wrong building number',
		reasonMissing: 'Please write why',
		reasonTooLong: 'Please write less, 200 characters at most',
		titleMissing: 'Please write the title',
		titleTooLong: 'Title: 200 characters at most',
		descriptionTooLong: 'Description: 10,000 characters at most',
		placeTooLong: 'Place: 200 characters at most',
		requesterTooLong: 'Requester: 60 characters at most',
		phoneTooLong: 'Phone: 40 characters at most',
		noPhone: 'This number is wrong, remove it',
		doorAlong:
			'Whoever looks after this household sees it now, and no longer whoever had the other.',
		nothing: 'Nothing is changed yet',
		confirm: 'Correct'
	},

	reason: {
		title: {
			void: 'Make this demand void',
			unmerge: 'Undo the merge',
			withdraw: 'The resident withdraws it'
		},
		words: {
			void: 'The number stays and the history keeps it; figures leave it out.',
			unmerge: 'It goes back to the step before the merge and is handled alone.',
			withdraw: 'The resident no longer wants it. Text and number stay.'
		},
		label: 'Why',
		missing: 'Please write why',
		tooLong: 'Please write less, 200 characters at most'
	},

	notes: {
		title: 'Handling notes',
		onlyDesk: 'Only the community sees them',
		none: 'No handling notes yet',
		add: 'Add a handling note',
		text: 'What was done, who was asked, what is next',
		textMissing: 'Please write what was done',
		textTooLong: 'Please write less, 2,000 characters at most',
		confirm: 'Save',
		by: (who, when) => `${who}, ${when}`,
		voided: 'Void',
		correct: 'Correct',
		correctTitle: 'Correct the handling note',
		corrected: 'Corrected',
		void: 'Void',
		voidTitle: 'Make this note void',
		voidWords: 'Only what was noted by mistake. It is struck out and can still be read.',
		actOn: (act, who) => `${act}, ${who}`
	},

	versions: {
		title: 'There are two versions',
		note: 'Two people changed the same without seeing each other. The later one stands, the other is kept: please decide.',
		onlyDesk: 'The community decides; until then the later one stands.',
		now: 'stands now',
		filledBy: (who) => `by ${who}`,
		result: 'How it will be',
		empty: '(empty)',
		confirm: 'Decide so',
		kept: 'The other one stays in the history, with who and when.',
		reason: 'There are two versions',
		foot: (n) => `${counted(n, 'record')} with two versions`,
		footNote: 'Two people changed the same, please decide.',
		footAction: 'See'
	},

	register: {
		title: 'Register a demand',
		subtitle: 'In person, by phone, from WeChat or passed on',
		how: 'How',
		later: 'Register now',
		laterNote: 'Accept and handle it later',
		onSpot: 'Handled on the spot',
		onSpotNote: 'Done already, all in one',
		channel: 'Where from',
		sourceNo: 'Number of the source',
		sourceNoHint: 'Of the 12345 hotline or the petition office',
		raisedOn: 'Which day it was raised',
		raisedOnFuture: 'Please write today or an earlier day',
		type: 'Kind of demand',
		urgency: 'How urgent',
		category: 'Category',
		categoryAuto: 'When it is accepted',
		titleField: 'Title',
		titleHint: 'What it is about, in one line',
		titleMissing: 'Please write the title',
		description: 'Description',
		descriptionMissing: 'Please write what it is about',
		household: 'Household',
		householdFind: 'Find a household',
		householdHint: 'A name from the home or a door, such as 301',
		householdChange: 'Another one',
		householdNone: 'Nothing found, you can write the place only',
		place: 'Place',
		placeMissing: 'Please write the place, or choose a household',
		requester: 'Requester',
		phone: 'Phone',
		submit: 'Register',
		submitOnSpot: 'Register as handled',
		savedTitle: 'Registered',
		savedOnSpotTitle: 'Registered and handled',
		another: 'Another one',
		toInbox: 'To the inbox'
	},

	visits: {
		title: (community) => `${community} · Visits`,
		filters: 'Filter',
		outcome: 'Outcome',
		member: 'Visitor',
		quarter: 'Quarter',
		all: 'All',
		allQuarters: 'All quarters',
		list: 'Visits',
		count: (n) => counted(n, 'visit'),
		empty: 'No such visits',
		emptyNote: 'Try another filter; what members hand in appears by itself.',
		line: (who, when) => `${who}, ${when}`,
		demands: (n) => demands(n),
		unknownDoor: 'Household not arrived yet',
		detail: {
			title: 'Visit',
			back: 'Back to visits',
			facts: 'The visit',
			demands: 'Demands brought',
			none: 'No demands',
			allWell: 'All well',
			correct: 'Correct',
			void: 'Void',
			voidTitle: 'Make this visit void',
			voidWords:
				'The number stays and the history keeps it; figures leave it out. Its demands are not touched; a major change told in it is taken back.',
			corrected: 'The visit is corrected',
			voided: 'The visit is void',
			settled: 'Decided',
			gone: 'This visit is not on this device',
			goneNote: 'Perhaps it has not arrived yet.'
		}
	},

	residents: {
		title: (community) => `${community} · Homes`,
		count: households,
		tabs: 'Kinds of households',
		tab: { all: 'All', unconfirmed: 'Unconfirmed', movedOut: 'Moved out' },
		list: 'Households',
		empty: 'No households yet',
		emptyNote: 'Imported at the founding, or added on visits.',
		foundNone: 'No such household',
		foundNoneNote: 'Try another name or door.',
		pickOne: 'Pick one on the left',
		back: 'Back to homes',
		address: 'Address',
		tier: 'Tier',
		groups: 'Groups',
		size: 'At home',
		phone: 'Phone',
		born: 'Age of the head',
		member: 'Linked member',
		noMember: 'Not linked yet',
		householdNo: 'Household number',
		unconfirmed: 'Unconfirmed: added on a visit, please confirm',
		confirm: 'Confirm',
		confirmSecond: 'The address is right, put it on the register',
		confirmed: 'Confirmed and saved. It is handed in by itself once online.',
		visits: 'Visits',
		noVisits: 'Not visited yet',
		demands: 'Demands',
		noDemands: 'No demands',
		noName: 'No name written',
		gone: 'This household is not on this device',
		goneNote: 'Perhaps it moved out, or has not arrived yet.'
	},

	figures: {
		title: (community) => `${community} · Figures`,
		quarter: 'Quarter',
		visits: 'Visits',
		visitsNote: 'Visits of this quarter, also not home and refused, without void ones',
		reached: 'Households reached',
		reachedNote: 'Different households met this quarter',
		coverage: (n) => `${n} of those on the register`,
		registered: 'Demands registered',
		registeredNote: 'Demands registered this quarter, without void ones',
		handledRate: 'Handled in time',
		handledRateNote: 'Of those registered this quarter and handled, how many were in time',
		met: 'Met',
		notHome: 'Not home',
		refused: 'Refused',
		visitTable: 'How visits went',
		stateTable: 'Where demands stand now',
		state: 'State now',
		number: 'Demands',
		result: 'Outcome',
		times: 'Visits',
		otherTable: 'Other figures',
		what: 'Figure',
		other: {
			'demands-closed': {
				name: 'Handled this quarter',
				note: 'By the day they were handled, whenever registered'
			},
			'demands-carried-over': {
				name: 'Carried over',
				note: 'Registered before and still not handled'
			},
			'demands-open': {
				name: 'Open now',
				note: 'New, accepted and with the office, whenever registered'
			},
			'demands-escalated': {
				name: 'With the office now',
				note: 'Handed up, and neither answered nor handed back'
			},
			'demands-closed-above': {
				name: 'Handled by the office',
				note: 'This quarter, by the day they were handled'
			},
			'sign-overdue': {
				name: 'Late to acknowledge',
				note: 'Past that deadline and not accepted'
			},
			'resolve-overdue': { name: 'Late to handle', note: 'Past that deadline and not handled' },
			households: { name: 'On the register', note: 'Households on the register now' }
		},
		empty: 'No figures of this quarter yet',
		emptyNote: 'They come with the first visit or demand handed in.',
		noAsOf: 'No figures have arrived yet',
		unitVisits: 'visits',
		unitHouseholds: 'households',
		unitDemands: 'demands',
		pendingNote: 'Counted from what was taken; what this device has not handed in is left out.'
	},

	import: {
		title: 'Import demands',
		subtitle: 'Excel (.xlsx) or CSV',
		back: 'Back to the inbox',
		notDesk: 'Only the community imports',
		choose: 'Choose a table',
		chooseHint:
			'It needs columns for number (编号), time (登记时间) and description (内容). Title rows and merged cells are fine.',
		chooseButton: 'Choose a file',
		chooseAnother: 'Another file',
		reading: 'Reading the table',
		checking: 'Comparing with what is here',
		fileProblem: 'This table cannot be read',
		label: 'Where these demands come from',
		labelHint:
			'A number is imported once from the same source. Another name of the source makes it another lot.',
		labelMissing: 'Please write the source',
		labelTooLong: 'Source: 40 characters at most',
		labelDefault: 'Imported table',
		header: (row) => `The heading is row ${row}`,
		columns: 'Columns found',
		columnAs: (column, field) => `"${column}" is the ${field}`,
		columnsUnused: (names) => `Columns not used: ${names}`,
		sheet: 'Which sheet',
		preview: 'Look before you import',
		counts: {
			new: 'New',
			here: 'Here already',
			undone: 'Imported and undone before',
			problem: 'With problems',
			conflict: 'Same number, other text'
		},
		countNotes: {
			new: 'are imported',
			here: 'are left out',
			undone: 'are imported again, with their number',
			problem: 'are left out; mend the table and come again',
			conflict: 'are left out; what is here stays'
		},
		problems: 'Rows with problems',
		problemRow: (row) => `Row ${row}`,
		problemsMore: (n) => `${counted(n, 'row')} more; mend these first`,
		conflictRow: (no) => `Number ${no} is here with other text, which stays`,
		sample: 'The first rows',
		unchanged: 'Not a letter is changed.',
		nothing: 'Nothing to import',
		start: (n) => `Import ${demands(n)}`,
		running: 'Importing',
		runningNote:
			'You can leave this page, it goes on. After closing the app choose the file again to go on.',
		cancelled: 'Stopped',
		cancelledNote: (n) =>
			`${demands(n)} imported and saved. Import again to go on, without doubles.`,
		goOn: 'Go on',
		failed: 'Not finished',
		doneTitle: (n) => `${demands(n)} imported`,
		doneNotes: 'Saved, and handed in by themselves once online. They are under "New" in the inbox.',
		toInbox: 'To the inbox',
		undo: 'Undo this import',
		undoSecond: (n) => `${demands(n)} become void`,
		undoTitle: 'Undo this import?',
		undoWords: (n, touched) =>
			touched > 0
				? `${demands(n)} become void, ${touched} of them accepted or handled already. Numbers and texts stay in the history; they can be imported again.`
				: `${demands(n)} become void. Numbers and texts stay in the history; they can be imported again.`,
		undoReason: 'Import undone',
		undoing: 'Undoing',
		undone: (n) => `${demands(n)} undone`,
		earlier: 'Earlier imports',
		earlierLine: (when, who) => `${when}, ${who}`,
		earlierCount: (n, voided) => (voided > 0 ? `${n} here, ${voided} undone or void` : demands(n)),
		again: 'Import another table'
	}
};
