/** Words of the first run: welcome, joining, founding a district, invitations, help. */
import { counted } from './counted.ts';
import { stoppedReason } from './en-common.ts';
import type { Worded } from './messages.ts';
import type { setup as source } from './zh-cn-setup.ts';

const persons = (n: number | string): string => counted(n, 'person', 'people');

export const setup: Worded<typeof source> = {
	comma: ', ',
	laterNote: 'The relay does not know this kind yet; it takes it by itself once updated.',
	firstSync: {
		first: (done, total) =>
			total > 0 ? `First sync: ${done} / ${total}, you can start` : 'First sync, you can start',
		rebuild: (done, total) => `Tidying this device: ${done} / ${total}, you can start`
	},
	syncReasons: {
		unreachable: { lead: 'No network now.', rest: 'It goes out by itself once online.' },
		'not-the-relay': {
			lead: 'This network wants a login.',
			rest: 'Open any web page to log in, then it goes out by itself.'
		},
		'storage-full': {
			lead: 'This device is full.',
			rest: 'Please make room. What is saved is safe.'
		},
		'relay-trouble': {
			lead: 'The relay does not answer.',
			rest: 'It is tried again in a while, nothing to do.'
		},
		'signed-out': {
			lead: 'You need to sign in again.',
			rest: 'That happens by itself. Nothing is lost.'
		},
		revoked: stoppedReason,
		'slow-down': {
			lead: 'It was too fast, the relay asks to wait.',
			rest: 'It is tried again in a while, nothing to do.'
		},
		'disk-full': {
			lead: 'The disk of the relay is full.',
			rest: 'Please tell the administrator. All is still on this device.'
		},
		'device-trouble': {
			lead: 'This device cannot read or write just now.',
			rest: 'Close the app and open it. What is saved is safe.'
		}
	},
	welcome: {
		title: 'Lianxinqiao',
		subtitle: "Visits, residents' demands and ledgers on three levels, also offline",
		demo: 'Try the demo',
		demoSecond: 'Four people, all data invented',
		found: 'Found a district',
		foundSecond: 'The first time in this district',
		join: 'I have an invitation',
		joinSecond: 'A QR code, a link or an 8-digit code',
		closed: 'This district is in use. Please join with an invitation from your community.',
		unreachable: 'The relay cannot be reached',
		unreachableNote: 'The first time needs a network. Please connect and try again.',
		making: 'Making the demo district',
		makingNote:
			'A district, four sub-districts, twelve communities, records of two quarters. About ten seconds.',
		stages: {
			organisations: 'Units',
			people: 'People',
			households: 'Households',
			records: 'Visits and demands of two quarters',
			done: 'Done'
		},
		chooseTitle: 'Whose view do you want to see?',
		chooseNote: 'One tap and you are in; you can switch at any time.',
		identity: (name, role) => `${name}, ${role}`,
		here: 'People on this device',
		goOn: (name) => `Go on as ${name}`
	},
	moveHere: {
		title: 'Move here',
		note: 'The icon does not see what you joined in the browser, so join once more.',
		steps: [
			'Open Lianxinqiao in the browser as before (Safari) and wait for "Synced" at the top right.',
			'Tap "Me", "My devices", "One more device", and get an 8-digit code.',
			'Come back, tap the button below and write the code. From then on use the icon.'
		],
		enter: 'Write the code'
	},
	noDuty: {
		title: 'No duty at present',
		words:
			'Your duty has ended or not begun; the ledgers left this device. Ask the community for a duty.',
		revokedTitle: 'This device was stopped',
		revokedWords:
			'The ledgers left this device. If the phone is still yours, ask the community for a new invitation.',
		welcome: 'To the first page, with a new invitation',
		kept: (n) => `${counted(n, 'record')} not handed in, kept on this device`,
		keptNote:
			"They stay whoever uses it. Pack them into a file for the community's tablet to hand in.",
		keptRevoked:
			"This device cannot hand them in any more. Pack them into a file for the community's tablet: the community writes them down in your name.",
		community: 'the community',
		nothingKept: 'All you said is handed in, nothing is left here.',
		attention: (n) => `${counted(n, 'record')} not taken, see`,
		forgotten: (n) => `${counted(n, 'unfinished form')} went with the ledgers`
	},
	join: {
		title: 'Join Lianxinqiao',
		bySecret: 'You have an invitation',
		codeLabel: '8-digit code',
		codeHint: 'The 8 digits on the slip or told by the community',
		look: 'See the invitation',
		forWhom: (name) => `This invitation is for ${name}`,
		term: { name: 'Name', role: 'Duty', org: 'Unit', expires: 'Holds until' },
		check: 'Last 4 digits of your mobile',
		checkHint: 'To make sure it is you',
		confirm: 'Join',
		confirmSecond: 'From now on this device speaks for you',
		notMe: 'Not me, back',
		joining: 'Joining',
		inApp: 'Please open it in the browser',
		inAppNote: 'WeChat, QQ and DingTalk keep no records, so you cannot join there.',
		inAppSteps: [
			'Tap "···" at the top right.',
			'Choose "Open in browser" (在浏览器打开).',
			'If it is not there, tap "Copy link" below, open the phone\'s browser and paste it into the address.'
		],
		notUsed: 'The invitation is not used up, it works in the browser.',
		copyLink: 'Copy link',
		copied: 'Copied, please paste it into the browser',
		copyFailed: 'Not copied, please hold the address below and copy it',
		errors: {
			'invitation-unknown': 'This invitation was not found. Please check the link or code.',
			'invitation-expired': 'This invitation has expired. Ask the community for another.',
			'invitation-used':
				'This invitation was used. If it was not you, please tell the community at once.',
			'invitation-revoked': 'This invitation was taken back. Ask the community for another.',
			'code-tries-exceeded':
				'Wrong too often, this code no longer works. Ask the community for another.',
			'check-failed': 'The last 4 digits are not right, please look again.',
			'proof-failed': 'This device could not prove its key. Open the app again and try.',
			'too-many-devices':
				'You have enough devices. Take one out of use under Devices first, or ask the community to.',
			'too-many-joins': 'Too many devices joined as you today, please try tomorrow.',
			'other-realm': 'This invitation is of another district. Please open that address.',
			'slow-down': 'Too many tries, please wait a minute.',
			unreachable: 'The relay cannot be reached. Try again once online.',
			'no-crypto': "This browser cannot encrypt. Please use the phone's own browser, with https.",
			'storage-full': 'This device is full. Please make room and try again.',
			fallback: 'It did not work, please try again.'
		},
		needCode: 'Please write the 8-digit code',
		needCheck: 'Please write the last 4 digits'
	},
	found: {
		title: 'Found a district',
		subtitle: 'Four steps, about five minutes. Have the table of units ready.',
		steps: ['Secret and name', 'Units', 'First people', 'Check'],
		closed: 'A district was founded here',
		closedNote: 'Please join with your invitation.',
		welcome: 'To the first page',
		restored: (when) =>
			`Name and people of ${when} are back. The secret and the table are never kept, please give them again.`,
		discard: 'Start anew',
		draftFailed: 'The draft does not fit, please do not close this page.',
		secret: 'One-time secret',
		secretHint: 'Printed when the relay first started. It is never kept in the draft.',
		name: 'Name of the district',
		nameHint: "It stands on everyone's pages",
		organisations: 'The table of units',
		organisationsNote:
			'Excel (.xlsx) or CSV, with columns for code (代码), name (名称) and code of the unit above (上级代码), better also level (层级). With the statistical division codes, code and name are enough.',
		inMemory: 'It stays in this page only; once closed, choose it again.',
		file: 'Table of units',
		chooseFile: 'Choose a file',
		chooseOther: 'Another file',
		sheet: 'Which sheet',
		reading: 'Reading the file',
		stop: 'Stop',
		kept: (n) => `${counted(n, 'unit')} can be used`,
		byLevel: (district, subdistricts, communities) =>
			[
				counted(district, 'district'),
				counted(subdistricts, 'sub-district'),
				counted(communities, 'community', 'communities')
			].join(', '),
		fileOf: (name, rows) => `${name}, ${counted(rows, 'row')}`,
		problems: (n) => `${counted(n, 'row')} with problems, left out`,
		goodGoOn: 'The good rows are used. To add the others, mend the file and choose it again.',
		problemRow: (row) => `Row ${row}`,
		moreProblems: (n) => `${counted(n, 'row')} more with problems, not listed`,
		people: 'One person on each level',
		peopleNote: 'They invite the others later.',
		noSuchLevel: (role) => `The table lacks this level, so nobody as: ${role}.`,
		person: {
			admin: 'Administrator',
			districtOfficer: 'Organisation department',
			subdistrictOfficer: 'Sub-district office',
			communitySecretary: 'Community secretary',
			member: 'Member'
		},
		personNote: {
			admin: 'People and invitations; sees nothing of residents',
			districtOfficer: 'Sees the figures of the district',
			subdistrictOfficer: 'Sees the figures of the sub-district',
			communitySecretary: 'Accepts the demands of the community',
			member: 'Visits households, in the community of the secretary'
		},
		personName: 'Name',
		phone: 'Mobile',
		phoneHint: 'If given, joining may ask for its last 4 digits',
		subdistrict: 'Which sub-district',
		community: 'Which community',
		noCommunities: 'This sub-district has no communities, please choose another above',
		subdistrictFirst: 'First choose the sub-district of the office',
		choose: 'Please choose',
		check: 'Look it over, then found',
		checkNote: 'Afterwards the secret no longer works.',
		secretGiven: 'Given, used only once',
		create: 'Found the district',
		creating: 'Founding',
		done: 'The district is founded',
		doneNote: 'Give each person their invitation. Each works once.',
		onlyHere:
			'They stand on this page only. Please print them, or give them one by one, before you close it.',
		printAll: 'Print slips',
		joinHere: 'I am the administrator, join on this computer',
		finish: 'All given',
		finishTitle: 'Are all invitations given?',
		finishWords: 'Once closed, they cannot be seen again.',
		errors: {
			'secret-wrong': 'The secret is not right, see what the relay printed when it started',
			'slow-down': 'Too many tries, please wait a minute.',
			'already-founded': 'A district was founded here.',
			malformed: 'The relay did not understand. Please check names and mobile numbers.',
			'too-big': 'The table of units is too big for the relay to take at once.',
			'organisation-refused':
				'The table has units that fit nowhere. Please check levels and units above.',
			'person-refused': 'A duty does not fit its unit. Please check the step of the people.',
			'disk-full': 'The disk of the relay is full, nothing was founded. Make room and try again.',
			unreachable:
				'The relay cannot be reached, nothing was founded. All is here, try again once online.',
			'not-the-relay': 'This network wants a login. Open any web page to log in, then try again.',
			fallback: 'Nothing was founded. All is here, please try again.'
		},
		need: {
			secret: 'Please write the one-time secret',
			name: 'Please write the name of the district',
			shorterName: 'Name of the district: 40 characters at most',
			organisations: 'Please choose the table of units',
			noGoodRow: 'Please choose another table, this one has no row that can be used',
			person: (role) => `${role}: please write the name`,
			shorterPerson: (role) => `${role}: 40 characters at most for the name`,
			phone: (role) => `${role}: please check the mobile number, digits only`,
			subdistrict: 'Please choose the sub-district of the office',
			community: 'Please choose the community of secretary and member'
		}
	},
	invitations: {
		link: 'Link',
		code: 'Code',
		codeSpoken: (first, second) => `${first} ${second}`,
		copy: 'Copy link',
		copied: 'Copied, please send it to them',
		copyFailed: 'Not copied, please hold the link above and copy it',
		expires: (when) => `Holds until ${when}`,
		scan: "Scan with the phone's browser",
		scanNote: 'Or open Lianxinqiao, tap "I have an invitation" and write the 8-digit code',
		qrOf: (name) => `QR code of the invitation for ${name}`,
		slipFor: (name) => `Invitation for ${name}`,
		slipTitle: 'Lianxinqiao invitation',
		states: {
			open: 'Not used',
			used: 'Joined',
			revoked: 'Taken back',
			expired: 'Expired',
			none: 'Not invited'
		},
		columns: {
			name: 'Name',
			role: 'Duty',
			org: 'Unit',
			state: 'Invitation',
			expires: 'Holds until',
			act: 'Act'
		},
		filters: {
			waiting: (n) => `Not joined ${n}`,
			joined: (n) => `Joined ${n}`,
			all: (n) => `All ${n}`
		},
		dates: {
			used: (when) => `joined ${when}`,
			open: (given, until) => `given ${given}, holds until ${until}`,
			over: (given, until) => `given ${given}, until ${until}`
		},
		noneHere: { waiting: 'All have joined', joined: 'Nobody has joined', all: 'Nobody to invite' },
		slips: {
			link: 'Print slips',
			title: 'Print slips',
			subtitle:
				'Eight on a sheet of A4, with the day until which they hold. Each is for one person and works once. They are in Chinese.',
			pick: 'For whom',
			all: (n) => `All who have not joined (${n})`,
			none: 'Nobody',
			nobody: 'All have joined, nothing to print',
			chosen: (n, sheets) => `${persons(n)}, ${counted(sheets, 'sheet')}`,
			left: (n) =>
				`${persons(n)} more with an unused invitation are left out. To print for them anew, choose them one by one below.`,
			missing: 'Please choose people first',
			replaces: 'has an unused invitation, which ends with this one',
			make: (n) => `Make ${counted(n, 'slip')}`,
			making: (made, all) => `Making slips, ${made} of ${all}`,
			notMade: (n) => `${counted(n, 'slip')} not made. Print these, then choose again`,
			ready: (n, sheets) => `${counted(n, 'slip')} on ${counted(sheets, 'sheet')}`,
			print: 'Print',
			again: 'Choose more',
			steps: [
				'Go online and scan with the browser; in WeChat tap "···" and "Open in browser".',
				'Check the name and write the last 4 digits of your mobile.',
				'Tap "Join".',
				'Put Lianxinqiao on the home screen as it says.'
			],
			stepNoPhone: 'Check the name.',
			noScan: (address) => `No scanner? Open ${address} and write the code`,
			cut: 'Cut along the dashes'
		},
		search: 'Find by name or unit',
		searchHint: 'A few letters will do',
		invite: 'Invite',
		inviteAgain: 'Invite again',
		how: 'How they get it',
		ways: { face: 'Face to face', slip: 'Printed slip' },
		wayNotes: {
			face: 'Holds 15 minutes, they scan it here',
			slip: 'Holds some days; with a mobile its last 4 digits are asked'
		},
		make: 'Make it',
		openOne: (until) => `There is an unused one, holding until ${until}.`,
		usedOne: (when) => `Joined with a device on ${when}. Another one adds a device.`,
		revoke: 'Take back the unused one',
		revoked: 'Taken back',
		print: 'Print this one',
		done: 'Given',
		onlyHere: 'It is shown only once, here; closed, it cannot be seen again.',
		count: persons,
		actFor: (act, name) => `${act}: ${name}`,
		inviteWhom: (name) => `Invite ${name}`,
		inviting: 'Inviting',
		more: '50 more',
		empty: 'Nobody to invite yet',
		emptyNote: 'Register people in the roster first, then invite.',
		noneFound: 'Nothing found, try other words',
		offline: 'Offline, invitations can neither be seen nor made. People can.',
		offlineTitle: 'Inviting needs a network',
		failed: 'It did not work',
		errors: {
			'not-yours': 'The level above invites this person.',
			'too-many-devices':
				'This person has enough devices. Take one out of use under Devices first.',
			'too-many-joins': 'Too many devices of this person joined today, please invite tomorrow.',
			'too-many-invitations': 'Too many invitations for today, please go on tomorrow.',
			unreachable: 'The relay cannot be reached. Try again once online.',
			'not-the-relay': 'This network wants a login. Open any web page to log in, then try again.',
			'no-session': 'Signing in again, please wait a moment.',
			'slow-down': 'Too fast, please wait a minute.',
			fallback: 'Please try again.'
		}
	},
	help: {
		title: 'Is this device good enough?',
		ok: 'Yes',
		missing: 'No',
		missingNeeded: 'No, and it must be',
		names: {
			secure: 'Secure connection (https)',
			crypto: 'Encryption',
			indexeddb: 'Storage',
			serviceworker: 'Opens offline',
			locks: 'One page at a time hands in',
			keys: 'Keys never leave the device',
			persisted: 'Storage is not cleared by itself',
			camera: 'Camera',
			microphone: 'Microphone'
		},
		todo: {
			secure: 'Please open the address with https; if it fails, tell the administrator.',
			crypto: "Please use the phone's own browser, or update the browser.",
			indexeddb:
				'Perhaps this is a private window: use a normal one. If the phone is full, make room.',
			serviceworker: "It works online but not offline. Update the browser, or use the phone's own.",
			locks: 'Please keep only one page of Lianxinqiao open.',
			keys: "Please update the browser, or use the phone's own.",
			persisted:
				'It is asked for with the first record; an icon on the home screen helps. Go online often.',
			camera: 'Records work as usual; photos come from the album.',
			microphone: 'Records work as usual, without voice notes.'
		},
		allGood: 'You can rely on this device.',
		notGood: "This device cannot be relied on yet. Use the phone's own browser, or update it."
	}
};
