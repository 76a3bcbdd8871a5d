/** Words of looking after the phone: handing over to the desk, storage, installing, what was lost. */
import { counted } from './counted.ts';
import type { Worded } from './messages.ts';
import type { phone as source } from './zh-cn-phone.ts';

const records = (n: number): string => counted(n, 'record');

export const phone: Worded<typeof source> = {
	carried: {
		by: (name) => `carried here from ${name}'s phone`,
		note: 'It is shown and goes out by itself once online. It stays registered under their name.'
	},

	bundle: {
		title: 'Give to the tablet',
		subtitle: 'Face to face, without a network',
		open: "Give to the community's tablet",
		row: (n) => (n > 0 ? `${n} not handed in, works offline too` : 'Nothing to give'),
		what: (n) => `${records(n)} not handed in`,
		refused: (n) => `${records(n)} not taken go along for the community to see`,
		handedOver: (n) => `${n} of them went into a file before; twice makes no doubles.`,
		forWhom: (org) => `An encrypted file that only the devices of ${org} can open.`,
		stays: 'All stays on this phone too and is handed in once online, without doubles.',
		staysRevoked:
			'All stays on this phone too. The device was stopped: it counts once the community writes it down.',
		photos: (n) =>
			`${counted(n, 'photo, signature or voice note', 'photos, signatures and voice notes')} on this phone still, sent once online. Please do not clear the phone.`,
		photosRevoked: (n) =>
			`${counted(n, 'photo, signature or voice note', 'photos, signatures and voice notes')} cannot go along and stay on this phone alone. Show them to the community and do not clear the phone.`,
		pack: 'Make the file',
		packing: 'Making the file',
		ready: (n) => `${records(n)} packed`,
		leftOut: (n) =>
			`${records(n)} signed with this phone's other key, from before or after it joined again, could not be packed. Please open the app online once and pack again, or have the community write them down.`,
		files: (n) => `It is much, so there are ${n} files. Please give all of them.`,
		share: 'Send it',
		shareSecond: 'By WeChat, Bluetooth and the like',
		save: 'Save as a file',
		saveSecond: 'Into "Downloads", then to the tablet',
		notShared: 'It was not sent. Send it again, or save it as a file.',
		saved: 'Saved into "Downloads".',
		shared: 'Given to the app you chose.',
		steps: 'On the tablet',
		stepList: ['Open Lianxinqiao, tap "Me"', 'Tap "Take from a phone"', 'Choose this file'],
		nothing: 'Nothing to give',
		nothingNote: 'Everything on this device is handed in.',
		noReceiver: 'No tablet is known yet',
		noReceiverNote:
			"Once the community's tablet and then this device have been online, it works. Nothing is lost, and it is handed in by itself once online.",
		noCertificate: 'The relay does not know this device yet',
		noCertificateNote:
			'Please open the app online once. Nothing is lost, and it is handed in by itself once online.',
		failed: 'The file was not made',
		failedNote:
			'This device cannot read or write just now. Try again; if it stays so, close the app and open it. Nothing is lost.',
		noDesk: 'Your duty is in no community, so there is no tablet to give to.',
		inApp: 'WeChat, QQ and DingTalk cannot save files. Please open it in the browser.',
		fileName: (stamp, part) => `lianxinqiao-${stamp}${part}.txt`,
		note: 'A file of Lianxinqiao: on the community\'s tablet open Lianxinqiao, tap "Me", then "Take from a phone", and choose this file. It is encrypted.'
	},

	take: {
		title: 'Take from a phone',
		subtitle: "What a member's phone packed into a file while offline",
		row: 'Take in what a phone could not hand in',
		rowOpen: (n) => `${records(n)} for the community to write down`,
		choose: 'Choose files',
		chooseSecond: 'Several at once are fine',
		taking: 'Taking in',
		taken: (name, n) => `${records(n)} taken from ${name}'s phone`,
		takenNote:
			'They are shown and go out by themselves once online. If the member hands them in too, they count once.',
		takenRefused: (n) =>
			`${records(n)} more had not been taken; they are listed below, please write down what can be.`,
		takenPhotos: (n) =>
			`${counted(n, 'photo, signature or voice note', 'photos, signatures and voice notes')} on the member's phone still; unless it was stopped, it sends them once online. Please do not clear it.`,
		problemTitle: (file) => `"${file}" was not taken`,
		problems: {
			'too-large': 'It is too big to be a file of Lianxinqiao.',
			'not-a-bundle': 'This is no file of Lianxinqiao, please choose again.',
			'newer-version': 'A newer version made this file. Please update this device online first.',
			damaged: 'It is not whole or was changed. Please have the phone make it again.',
			'other-realm': 'It belongs to another district.',
			'other-desk': 'It is meant for another community.',
			'no-key-here':
				'When it was made, the phone did not know this device. Let the phone go online once and make it again, or use another device of the community.',
			'not-authentic':
				'Its signatures do not fit, so nobody can say who wrote it. Nothing was taken.',
			'no-certificate': 'This device has not been online yet. Please go online once.',
			own: 'This device made it itself. Nothing to take, it is handed in once online.',
			'nothing-new': 'It was taken before and holds nothing new.',
			'storage-full': 'The device is full. Please make room, then choose it again.',
			'storage-broken': 'The device cannot store just now. Close the app, open it, choose it again.'
		},
		nothingTaken: 'What was here has not changed.',
		list: 'Taken',
		empty: 'Nothing taken yet',
		emptyNote: 'What was taken stands here, and whether it is handed in.',
		line: (name, n) => `${name}'s phone, ${records(n)}`,
		waiting: (n) => `${n} waiting to be handed in`,
		done: 'all handed in',
		refusals: (n) => `${records(n)} not taken`,
		refused: (kind, reason) => `${kind} not taken: ${reason}`,
		theirReason: {
			'device-revoked': 'the phone it was written on was stopped',
			'duty-ended': "its writer's duty here has ended"
		},
		refusedNote:
			'Please have the member mend it on the phone and hand in again, or register it here.',
		registerNote:
			'That phone was stopped and cannot mend it. Please register here what was written.',
		adoptNote: (name) =>
			`The phone of ${name} cannot hand this in. The community can write it down as it was written; it counts as said by ${name}.`,
		adopt: (kind) => `Write down: ${kind}`,
		adoptAll: (n) => `Write down all ${n}`,
		adopted: (n) => `${n} written down`,
		isAdopted: 'The community has written it down; no need to register it again.',
		mediaAlone: (n) =>
			`${counted(n, 'photo, signature or voice note', 'photos, signatures or voice notes')} and no words: nothing can be written down, it all stays on the phone.`,
		mediaStays: (n) =>
			`${counted(n, 'photo, signature or voice note', 'photos, signatures and voice notes')} stayed on the phone.`,
		said: 'What was written',
		field: 'Your duty takes no files. To give one, tap "Give to the community\'s tablet".'
	},

	receivers: {
		title: 'Devices that take files',
		note: 'Phones make files that all of these can open. Please stop those lost or unused.',
		here: 'This device',
		since: (when) => `since ${when}`,
		retire: 'Stop',
		retireTitle: 'Stop taking files here?',
		retireWords: 'It cannot open files made from now on. Other devices are not touched.',
		reason: 'Device no longer in use',
		keep: 'Keep it'
	},

	loss: {
		title: 'Data of this device',
		banner: 'Data on this device is missing',
		open: 'See what to do',
		none: 'All data is here',
		noneNote: 'Nothing was found missing.',
		last: (when) => `Last used ${when}.`,
		lost: (name) => `The browser cleared the data of ${name}`,
		lostNobody: 'The data on this device was cleared',
		lostNote:
			'What was handed in is safe and comes back when you join again; what was not is gone from this device.',
		lostSteps: [
			'Ask the community for a new invitation (the old device lost its data, please stop it)',
			'Tap "Join again", as the first time',
			'Write down again what was not handed in, from paper or memory; not what you gave to the tablet'
		],
		join: 'Join again',
		forget: 'OK, do not say it again',
		setBack: (name) => `The data of ${name} has gone back in time`,
		setBackNote:
			'Perhaps the phone was restored from a backup. What was handed in since comes back by itself; what was not is gone from this device.',
		setBackSteps: [
			'Go online, tap "Fetch what was handed in"',
			'See under "Visits" what is missing, and write it down again'
		],
		fetch: 'Fetch what was handed in'
	},

	shut: 'This device cannot store just now: do not close what you wrote. It is being tried again; if it stays so, copy it down and restart the browser.',

	nag: {
		unsent: (n, days) =>
			`${records(n)} not handed in for ${counted(days, 'day')}, only on this device.`,
		apple: (n, days) =>
			`${records(n)} not handed in for ${counted(days, 'day')}. An iPhone clears what is long unopened: go online or hand over soon.`,
		unsynced:
			'Offline for three days. An iPhone clears what is long unopened: please go online once.'
	},

	storage: {
		left: (left) => `${left} left`,
		records: (size) => `records ${size}`,
		app: (size) => `the app ${size}`,
		parts: (parts) => `Of it ${parts}`,
		free: 'How to make room',
		freeSteps: [
			'Go online first and hand in what waits',
			'Remove photos and videos you do not need, and the caches of other apps',
			'Do not use "clear data" of the browser: it clears what is not handed in'
		]
	},

	install: {
		title: 'Put on the home screen',
		subtitle: 'One tap to open, works offline, and data is safer',
		row: 'One tap to open, works offline',
		done: 'It is on the home screen.',
		now: 'Install now',
		coach: 'Put it on the home screen',
		coachNote: 'One tap to open, it works offline, and records are safer.',
		how: 'How',
		notNow: 'Not now',
		which: 'You have',
		steps: 'Step by step',
		notThere: 'Not on the home screen?',
		copy: 'Copy address',
		copied: 'Copied, please paste it into the browser',
		names: {
			apple: 'iPhone or iPad',
			huawei: 'Huawei, Honor',
			xiaomi: 'Xiaomi, Redmi',
			oppo: 'OPPO, OnePlus, realme',
			vivo: 'vivo, iQOO',
			android: 'Another Android phone',
			desktop: 'A computer',
			inApp: 'WeChat, QQ or DingTalk'
		},
		guides: {
			apple: [
				'Open this address in Safari',
				'Tap "Share" at the bottom (a box with an arrow up)',
				'Scroll down, tap "Add to Home Screen"',
				'Tap "Add" at the top right'
			],
			huawei: [
				"Tap the browser's menu at the bottom or top right (four dots)",
				'Tap "Add to", then "Home screen"',
				'If asked, tap "Allow" or "Add"'
			],
			xiaomi: [
				"Tap the browser's menu (three lines or dots)",
				'Tap "Add to Home screen"',
				'If asked, tap "Allow"'
			],
			oppo: [
				"Tap the browser's menu (three lines or dots)",
				'Tap "Add to Home screen" or "Send to Home screen"',
				'If asked, tap "Allow"'
			],
			vivo: [
				"Tap the browser's menu (three lines or dots)",
				'Tap "Add to Home screen" or "Add shortcut"',
				'If asked, tap "Allow"'
			],
			android: [
				"Tap the browser's menu at the top right (three dots)",
				'Tap "Install app" or "Add to Home screen"',
				'Tap "Install" or "Add"'
			],
			desktop: [
				"Click the install icon right of the address, or the browser's menu",
				'Click "Install Lianxinqiao" or "Apps, install this site"'
			],
			inApp: [
				'Tap "···" at the top right',
				'Tap "Open in browser" (在浏览器打开)',
				'In the browser open "Me" and tap "Put on the home screen"'
			]
		},
		missing: {
			apple: [
				'Swipe the home screen and look at the other pages',
				'Not there? Do it again in Safari: it cannot be done from WeChat'
			],
			huawei: [
				'Open "Settings", tap "Apps and services", then "Permission manager"',
				'Find your browser',
				'Set "Home screen shortcuts" to "Allow"',
				'Come back and try again'
			],
			xiaomi: [
				'Open "Settings", tap "Apps", then "Permissions"',
				'Tap "App permissions" and find your browser',
				'Set "Home screen shortcuts" to "Allow"',
				'Come back and try again'
			],
			oppo: [
				'Open "Settings", tap "Apps", then "App management"',
				'Find your browser, tap "Permissions"',
				'Set "Home screen shortcuts" to "Allow"',
				'Come back and try again'
			],
			vivo: [
				'Open "Settings", tap "Apps and permissions", then "Permission manager"',
				'Tap "Home screen shortcuts" and find your browser',
				'Set it to "Allow"',
				'Come back and try again'
			],
			android: [
				'Open "Settings", tap "Apps", find your browser',
				'Tap "Permissions" and allow "Home screen shortcuts"',
				'Come back and try again'
			],
			desktop: [],
			inApp: []
		}
	}
};
