/** Words of what protects residents' data: erasing it on request, how long it is kept, who looked at it. */
import { counted } from './counted.ts';
import type { Worded } from './messages.ts';
import type { privacy as source } from './zh-cn-privacy.ts';

const years = (n: number): string => counted(n, 'year');

export const privacy: Worded<typeof source> = {
	restricted: {
		lead: 'Restricted.',
		note: 'Its time of keeping is over. It is kept for the record: only the community secretary sees it, and nobody changes it.'
	},
	erasure: {
		title: 'Legal erasure',
		row: 'When a resident asks for their data to be erased',
		subtitle: 'Personal Information Protection Law, article 47',
		only: 'The community secretary erases.',
		onlyNote:
			'Ask the resident to come to the community with an identity document; the secretary checks it.',
		open: 'Legal erasure…',
		openHome: 'Erase this household…',
		openSpoken: (name) => `Legal erasure: ${name}`,
		gone: 'This record was not found',
		goneNote: 'Perhaps it is erased already, or has not arrived on this device.',
		back: 'Back',

		how: 'How to erase',
		howSteps: [
			'The person comes to the community with an identity document and a written request, to be checked face to face.',
			'Find the household or person under "Homes" and tap "Legal erasure…".',
			'See what will be erased, type the phrase, then confirm.'
		],
		what: {
			home: (door) => `Erase this household: ${door}`,
			person: (name) => `Erase this person: ${name}`,
			demand: (title) => `Erase this demand: ${title}`,
			visit: (line) => `Erase this visit: ${line}`
		},
		ground: 'Ground',
		grounds: {
			requested: 'Asked for',
			unlawful: 'Should not be here',
			expired: 'Time is over'
		},
		groundNotes: {
			requested: 'By the person or guardian, checked face to face',
			unlawful: 'They were not told, or it is not needed',
			expired: 'The time of keeping has ended'
		},
		groundMissing: 'Please choose the ground',
		goes: 'What goes',
		goesWords: (counts) =>
			`${counts}: names, phones, addresses, what was written, photos, signatures and voice notes, also in the history of each step.`,
		stays: 'What stays',
		staysNote:
			"Number, date, category and count: figures do not change, but tell nobody's name. And who erased, when and on which ground.",
		beyond: 'What is out of reach',
		beyondNote: 'Exported tables, printed paper and old backups: please destroy them too.',
		other: 'Where else this person is named',
		otherNote: 'What is ticked goes too, with what it says of others. Please look at each of them.',
		otherNone: 'No visit or demand names this person.',
		namedInHome: (door) => `${door} names this person as head or by phone`,
		namedInHomeNote:
			'Only the resident would go; the household keeps it. Please erase the household instead; you can choose who stays.',
		toHome: 'Erase the household instead',
		stay: 'Who stays',
		stayNote:
			'Who is ticked is kept: the door is registered anew and they move there. Its former visits and demands are all erased.',
		type: (phrase) => `Type: ${phrase}`,
		typeHint: 'So that nothing goes by mistake',
		typeWrong: (phrase) => `Please type "${phrase}"`,
		word: 'erase',
		submit: 'Next: look once more',
		ask: 'It cannot be brought back. Are you sure?',
		askWords: (counts) =>
			`${counts} will be erased: at the relay at once, on other devices as soon as they connect.`,
		confirm: 'Erase',
		keep: 'Not now',
		running: 'Ordering the erasure',
		failed: 'Not all was ordered',
		failedNote: (words) => `${words}\nWhat was ordered is done; order again to go on.`,
		done: 'The erasure is ordered',
		doneNote: 'It is done as soon as there is a network. Below you see how far it is.',

		terms: {
			title: 'By itself when its time is over',
			note: 'Counted from 1 January of the next year. The relay does it on the day, devices follow. Figures do not change.',
			of: {
				visit: 'Visits',
				demand: 'Demands that have ended',
				handling: 'Handling notes',
				draft: 'Draft replies',
				resident: 'Residents (left, void, or their household moved out)',
				household: 'Households (moved out, merged or void)',
				person: 'Cards of people (left or void)',
				duty: 'Ended duties (names of who acted)'
			},
			ends: {
				restricted: (n) =>
					`restricted after ${years(n)}: only the secretary sees it, nobody changes it`,
				erased: (n) => `erased after ${years(n)}`
			},
			rules: {
				personal: 'Personal Information Protection Law, articles 19 and 47',
				archive:
					"the State Archives' rule on filing and retention of official documents; Personal Information Protection Law, article 47"
			},
			line: (ends, rule) => `${ends.join('; ')}. By ${rule}.`
		},
		byItself: 'By itself, time over',

		past: 'Done so far',
		none: 'Nothing was erased yet',
		more: '50 more',
		line: (when, who) => `${when}, ${who}`,
		waiting: 'Waiting to be handed in',
		waitingNote: 'Still on this device; it is done once online.',
		erased: 'Erased at the relay',
		allDevices: 'All devices have connected since, and erased it.',
		silent: (n) =>
			`${counted(n, 'device has', 'devices have')} not connected yet and will erase it then.`,
		silentLook: 'See which',
		unknownDevices: 'Online you can see which devices have not erased it.'
	},
	reveals: {
		title: 'Who looked',
		row: 'Who looked at phone numbers of residents',
		subtitle: 'Numbers are covered; each uncovering is noted here',
		show: 'Show number',
		registered: (masked) => `Now ${masked}; leave empty to keep it`,
		showOf: (name) => `Show the number of ${name}`,
		only: 'Seen by the community secretary, the office and the district.',
		onlyNote: 'The numbers you uncovered yourself are noted too.',
		none: 'Nobody has uncovered a number',
		noneNote:
			"Each uncovering of a resident's number stands here; those made offline once they are handed in.",
		line: (who, whose, what) => `${who} looked at the ${what} of ${whose}`,
		someRecord: 'a resident',
		fields: { phone: 'phone' },
		more: '50 more'
	},
	count: {
		household: (n) => counted(n, 'household'),
		resident: (n) => counted(n, 'resident'),
		visit: (n) => counted(n, 'visit'),
		demand: (n) => counted(n, 'demand'),
		handling: (n) => counted(n, 'handling note'),
		other: (n) => counted(n, 'other record')
	},
	join: ', '
};
