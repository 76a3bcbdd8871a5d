/** Words of a visit beyond its first line: meetings, hazards, photos, voice notes, signatures, review. */
import { counted } from './counted.ts';
import type { Worded } from './messages.ts';
import type { visit as source } from './zh-cn-visit.ts';

export const visit: Worded<typeof source> = {
	purpose: {
		routine: 'Regular visit',
		condolence: 'Comfort',
		policy: 'Tell of policies',
		inspection: 'Look for hazards',
		followUp: 'Follow-up'
	},
	hazard: { security: 'Security', fire: 'Fire', sanitation: 'Sanitation', other: 'Other' },
	state: { done: 'To review', reviewed: 'Reviewed', returned: 'Returned', voided: 'Void' },

	more: 'More',
	moreNote: 'All optional, leave it closed if there is nothing',
	lines: 'one on each line',

	meeting: {
		record: 'Record a meeting',
		recordSecond: 'Without a household',
		title: 'Where was it?',
		step: 'Meeting',
		name: (place) => `Meeting: ${place}`,
		called: 'Meeting',
		place: 'Place',
		placeHint: 'Such as: pavilion below building 3',
		placeMissing: 'Please write where it was',
		attendance: 'How many came',
		speakers: 'Who spoke most',
		speakersHint: 'Name or title, such as: Lao Li of building 3',
		peopleUnit: 'people'
	},

	who: {
		purpose: 'Why you went',
		companions: 'Who went with you',
		companion: (n) => `No. ${n}`,
		companionName: 'Name',
		companionPost: 'Post',
		addCompanion: 'Add a companion',
		dropCompanion: (n) => `Remove no. ${n}`,
		companionNameMissing: 'Please write the name, or remove it'
	},
	when: {
		dayHint: 'Now, unless you change it. Visits of the last year can be handed in',
		tooOld: 'A visit can be written down within a year, please check the year',
		otherDay: (when) => `This is the visit of ${when}`,
		otherDayNote: 'If it was at another time, change it under More'
	},
	consent: 'They were told what this is for, and agree',
	consentHint: 'If not, leave it open; you can hand in all the same',

	hazards: {
		legend: 'Hazards',
		nth: (n) => `No. ${n}`,
		kind: 'Kind',
		kindMissing: 'Please choose the kind',
		text: 'What is it',
		textMissing: 'Please write what it is, or remove it',
		add: 'Add a hazard',
		drop: (n) => `Remove no. ${n}`,
		line: (kind, text) => `${kind}: ${text}`,
		full: 'Ten at most'
	},
	policyTold: 'Policies you told of',
	tooMany: (n) => `At most ${counted(n, 'line')}`,
	lineTooLong: (n) => `At most ${n} characters on each line`,

	photos: {
		title: 'Photos, voice notes and signatures',
		step: 'Photos, voice notes and signatures',
		label: 'Photos',
		mark: (most) => `optional, ${most} at most`,
		take: 'Take a photo',
		choose: 'From the album',
		storing: 'Saving',
		note: 'Of things, not of identity cards or medical papers.',
		photo: (n) => `Photo ${n}`,
		look: (n) => `See photo ${n}`,
		drop: (n) => `Delete photo ${n}`,
		caption: (n) => `What photo ${n} shows`,
		full: (most) => `There are ${most} already. Delete one to take another.`,
		beyond: (n) =>
			n === 1 ? '1 more was chosen and left out.' : `${n} more were chosen and left out.`,
		notPicture: 'This file is no photo, please choose another.',
		unreadable:
			'One photo cannot be opened and was left out, please take it again. The others are not touched.',
		storageBroken: 'The photo was not saved, please take it again. What you wrote is still here.',
		onWay: 'Still on the phone that took it; it can be seen once it has arrived',
		unreachable: 'Offline: only the small picture can be seen',
		gone: 'This photo cannot be opened',
		close: 'Close the photo',
		again: 'Try again',
		waiting: 'Not at the community yet'
	},

	keepProblems: {
		'too-big': 'This photo is too big to be made smaller, please take it again.',
		'storage-full':
			'There is no room for this photo. Please make room and take it again. What you wrote is still here.',
		'storage-broken':
			'The photo was not saved, please take it again. What you wrote is still here.',
		'too-many-waiting':
			'Too many photos and recordings wait to be sent. Go online for a while, then go on; records can be written as usual.'
	},

	voice: {
		label: 'Voice notes',
		mark: (most) => `optional, ${most} at most`,
		record: 'Record',
		opening: 'Opening the microphone',
		speaking: 'Recording. Press Stop when you are done',
		endsSoon: 'Nearly 2 minutes: it stops by itself',
		stop: 'Stop',
		keeping: 'Saving',
		note: 'Tell the other person before you record. 2 minutes each at most.',
		full: (most) => `There are ${most} already. Delete one to record another.`,
		found: (length) =>
			`The recording broke off last time. The ${length} that were recorded are below; delete them if you do not want them.`,
		length: (seconds) =>
			seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`,
		count: (n) => counted(n, 'voice note'),
		nth: (n, length) => `Voice note ${n}, ${length}`,
		play: 'Play',
		playNth: (n, length) => `Play voice note ${n}, ${length}`,
		pause: 'Stop',
		pauseNth: (n) => `Stop voice note ${n}`,
		heard: (n) => `How far voice note ${n} was heard`,
		drop: 'Delete',
		dropNth: (n) => `Delete voice note ${n}`,
		fetching: 'Fetching',
		nothing: 'Nothing was recorded, please record it again.',
		storageBroken:
			'The recording was not saved, please record it again. What you wrote is still here.',
		elsewhere: 'Another page is recording. Please stop it there first.',
		noMicrophone: {
			unsupported: 'This browser cannot record. Please write instead.',
			denied:
				'The browser does not allow the microphone. To record, allow it in the settings of the browser; the visit can be handed in without.',
			none: 'No microphone was found. Please write instead.',
			taken:
				'The microphone cannot be used just now, perhaps a call is on. Record later; the visit can be handed in without.'
		},
		keepProblems: {
			'too-big': 'This recording is too big to be kept. Please record several short ones.',
			'storage-full':
				'There is no room for a recording. Please make room and record again. What you wrote is still here.',
			'storage-broken':
				'The recording was not saved, please record it again. What you wrote is still here.',
			'too-many-waiting':
				'Too many photos and recordings wait to be sent. Go online for a while; records can be written as usual.'
		},
		unheard: {
			'on-its-way': 'Still on the phone that recorded it; it can be heard once it has arrived.',
			unreachable: 'Offline: it can be heard once you are online.',
			broken: 'This recording cannot be opened.',
			unplayable:
				'This device cannot play the recording. Please update the browser, or use another device.'
		}
	},

	sending: {
		'slow-down':
			'Too many photos and recordings for today, the rest follows tomorrow; records go on.',
		'disk-full':
			'There is no room for photos and recordings at the relay, they follow later; records go on.',
		other:
			'Some photos or recordings were not sent, they are tried again by themselves; records go on.'
	},

	sign: {
		interviewee: 'Signature of whom you met',
		visitor: 'Signature of the visitor',
		pad: 'Write the name in the box with a finger',
		again: 'Sign again',
		signed: (who, when) => (who === '' ? when : `${who} · ${when}`),
		orally: 'Cannot sign, confirmed orally',
		done: 'Signed',
		image: (what) => `Picture: ${what}`,
		storageBroken: 'The signature was not saved, please sign again. What you wrote is still here.'
	},

	location: {
		label: 'Note where the visit was',
		hint: 'Only roughly, about a hundred metres; you can hand in without it',
		asking: 'Finding the location',
		found: (accuracy) => `Noted, within about ${accuracy} m (WGS-84)`,
		failed: 'Not found; you can hand in without it.',
		denied: 'The browser does not allow it; you can hand in without it.',
		words: (lat, lng, accuracy) => `${lat}° N, ${lng}° E, within about ${accuracy} m (WGS-84)`
	},

	shortWay: {
		written: 'Already written in this visit:',
		writtenNote:
			'All of it will be handed in, so there is no need to tick “All well”. Please continue and look at it once more.',
		title: 'Leave these out?',
		leftOut: (way) => `You chose “${way}”. This is written and will not be handed in:`,
		leftOutNote: 'Once handed in it cannot be found again. To keep it, press “Go back” below.',
		back: 'Go back, keep all of it'
	},

	check: {
		photos: 'Photos and signatures',
		media: 'Photos, voice notes and signatures',
		photosN: (n) => counted(n, 'photo'),
		signedBy: 'Signed by whom you met',
		visitorSigned: 'Signed by the visitor',
		orally: 'Confirmed orally',
		meeting: (place, people, span) =>
			people === '' ? `${place}, ${span}` : `${place}, ${people}, ${span}`,
		people: (n) => counted(n, 'person', 'people'),
		consent: 'Told and agreed to',
		purpose: (words) => `Purpose: ${words}`,
		companions: (words) => `With: ${words}`,
		policy: (words) => `Policies: ${words}`,
		located: 'Location noted'
	},
	companion: (name, post) => (post === '' ? name : `${name} (${post})`),

	correct: {
		door: 'Which household was visited',
		doorChange: 'Another one',
		doorKeep: 'The one before',
		doorFind: 'Find the right one',
		doorHint: 'A name from the home or a door, such as 301',
		doorNone: 'No such household',
		doorNot: 'No household named',
		doorAlong: 'The demands and the major change told in this visit go to this household too.',
		doorAsks: 'Look again at who was met, the groups and how many live there.',
		doorReason: 'It was another door',
		photos: 'Photos',
		photosNote: 'Photos you cross out are no longer shown at the community either.',
		voiceNote: 'Recordings you delete are no longer offered at the community either.',
		endsBefore: 'The end must come after the start',
		signAnew: 'Whom was met signs again',
		visitorSignAnew: 'The visitor signs again',
		dropSignature: 'Remove the signature of whom was met',
		dropVisitorSignature: 'Remove the signature of the visitor',
		dropLocation: 'Remove the location',
		emptied: 'Declined: only the door and the time stay',
		emptiedNote:
			'What was written, photographed, spoken and signed, and the location, are no longer part of this visit; the history tells that they were changed.'
	},

	add: {
		act: 'Add',
		second: 'A sentence, a photo or a voice note',
		title: 'Add to this visit',
		note: 'What was written stays, this stands after it.',
		words: 'What to add',
		missing: 'Please write a sentence, or add a photo or a voice note',
		done: 'Saved. It is handed in by itself once online.',
		line: (when, photos) => (photos === '' ? when : `${when}, ${photos}`),
		term: (when) => `Added ${when}`,
		drop: 'Take this addition back',
		dropWords:
			'Only what was added by mistake. The words are struck out and can still be read; photos and voice notes that came with them are no longer shown.',
		dropOf: (words, when) => `${words}, ${when}`,
		dropped: (why) => `Taken back: ${why}`,
		photos: (n) => counted(n, 'photo')
	},

	review: {
		act: 'Reviewed',
		second: 'This visit is written clearly',
		done: 'The visit is reviewed',
		return: 'Return',
		returnTitle: 'Return this visit',
		returnWords: 'Write what to change; the member sees it on the phone.',
		returned: 'The visit is returned',
		returnedWaits: 'Review it once the visitor has mended it.',
		ours: 'For the community to correct',
		oursNote:
			'Somebody else looks after this door now, and the visitor sees this visit no more. Tap "Correct" to mend it here.',
		returnedFor: (why) => `Returned: ${why}`,
		returnedNote: 'Please correct it or add to it, then hand in.',
		mend: 'Mend it',
		of: (name) => `Returned: ${name}`,
		by: (who, when) => `${who}, ${when}`,
		own: 'Your own visits are reviewed by someone else',
		filter: 'Review',
		all: 'All'
	}
};
