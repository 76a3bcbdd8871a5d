/** Words of the round: what is due, putting off, standing in, the paper, and what a desk writes down for others. */
import { counted } from './counted.ts';
import type { Worded } from './messages.ts';
import type { round as source } from './zh-cn-round.ts';

const households = (n: number): string => counted(n, 'household');

export const round: Worded<typeof source> = {
	postponeReason: {
		away: 'The family is away',
		askedLater: 'They asked for another day',
		ill: 'The visitor is ill',
		weather: 'Bad weather',
		other: 'Something else'
	},

	day: {
		in: (n) => ['Today', 'Tomorrow'][n] ?? `In ${n} days`,
		week: 'In a week',
		other: 'Another day',
		which: 'Which day',
		missing: 'Please choose when to come again',
		past: 'Please write today or a later day',
		tooFar: (n) => `At most ${counted(n, 'day')} from now`
	},

	postpone: {
		open: 'Another day',
		title: 'Visit another day',
		words: (name) => `${name} is left out today; you are reminded on that day.`,
		why: 'Why another day',
		whyMissing: 'Please choose why',
		note: 'Anything else',
		noteTooLong: 'Please write less, 200 characters at most',
		until: 'Which day',
		confirm: 'Save',
		told: (day, why) => `Put off on ${day}: ${why}`
	},

	change: {
		what: {
			illness: 'In hospital, or an illness got worse',
			death: 'A death in the family',
			accident: 'An accident or a disaster',
			danger: 'A serious hazard',
			livelihood: 'Lost work or income',
			leftAlone: 'Whoever cared for them is gone',
			conflict: 'A conflict at home got worse',
			other: 'Something else of weight',
			tierRaised: 'Became a high-risk household'
		},
		title: 'A major change',
		ask: 'Has anything of weight changed at home?',
		askHint: (hours) => `If so, somebody is to be met here within ${counted(hours, 'hour')}`,
		none: 'No',
		told: (what, when) => `${what} (told ${when})`,
		withNote: (what, note) => `${what}: ${note}`,
		by: (moment) => `To be met by ${moment}`,
		late: (moment) => `Nobody was met by ${moment}: go soon`,
		isDue: 'Major change',
		isLate: 'Late',
		next: (hours) => `A major change: within ${counted(hours, 'hour')}`,
		open: 'Tell of a major change',
		words: (name, hours) =>
			`${name} is a high-risk household. Once this is saved, somebody is to be met there within ${counted(hours, 'hour')}.`,
		withdraw: 'Take this change back',
		withdrawWords:
			'Only what was told by mistake. Nobody is asked to come for it any more; the history keeps it.',
		which: 'What changed',
		missing: 'Please choose what changed',
		confirm: 'Save'
	},

	slip: {
		title: 'Door note',
		note: 'Copy it by hand, or print it and put it in the door. It says nothing about the household. It is in Chinese, for the residents.',
		hello: 'Hello!',
		came: (community, name, day) =>
			`I am ${name}, a volunteer of ${community}. I came to see you on ${day}, but you were out.`,
		again: (day) => `I will come again on ${day}.`,
		call: (phone) => `If you need anything, call the community: ${phone}.`,
		noPhone: 'If you need anything, come to the community office.',
		copy: 'Copy',
		copied: 'Copied',
		copyFailed: 'This browser does not copy, please write it by hand.',
		print: 'Print'
	},

	lent: {
		mine: (day) => `lent until ${day}`,
		theirs: (day) => `standing in until ${day}`
	},

	sheet: {
		open: "Print today's round",
		title: 'Round sheet',
		head: (community) => `Round sheet of ${community}`,
		who: (name) => `Visitor: ${name}`,
		day: (day) => `Date: ${day}`,
		count: (n) => households(n),
		note: 'Give it to the community to be written down. It holds addresses: keep it safe and show it to nobody.',
		columns: {
			no: 'No.',
			door: 'Door, head',
			last: 'Last visit, open',
			met: 'When, whom',
			home: 'Who lives there',
			situation: 'At home, hardships',
			demand: 'Demands, suggestions, hazards',
			signature: 'Next visit, signature'
		},
		box: (words) => `□ ${words}`,
		round: ['Came along:', 'Purpose:', 'Policies explained:'],
		blanks: {
			from: 'From ___:___',
			to: 'to ___:___',
			who: 'Name: ______ to the head:',
			size: '___ people',
			groups: 'Groups:',
			allWell: 'All well',
			solved: 'Solved on the spot:',
			consent: 'Agreed',
			next: 'Next on ___',
			signature: 'Signed:'
		},
		never: 'never',
		openCount: (n) => `${n} open`,
		changed: 'Major change',
		print: 'Print',
		empty: 'No household is due today',
		emptyNote: 'Nothing to print.',
		all: 'Also those not due yet',
		nobody: 'No household is linked to this member',
		signs: ['Visitor:', 'Received by:', 'Written down on:']
	},

	rounds: {
		open: 'Rounds and paper visits',
		title: 'Rounds',
		subtitle: 'Who visits whom, who stands in, and visits on paper.',
		list: 'Members and volunteers',
		doors: (n) => households(n),
		noDoors: 'no households linked',
		lentOut: (n) => `${n} lent`,
		standsIn: (n) => `stands in for ${n}`,
		empty: 'No members or volunteers here yet',
		emptyNote: 'Add people first, then link households.',
		adopt: 'Write down what a member sent',
		phone: 'Phone of the community on door notes',
		phoneHint: 'Door notes left where nobody is home give this number.',
		phoneWrong: 'Please write the phone number in digits',
		phoneSave: 'Save number',
		phoneSaved: 'Saved',
		back: 'Back to rounds'
	},

	person: {
		gone: 'This member was not found',
		goneNote: 'Perhaps no longer in this community, or not arrived yet.',
		print: 'Print the round',
		record: 'Write down a visit',
		lend: 'Lend the round',
		due: (n) => `${n} due today`,
		list: 'Linked households',
		subtitle: (total, due) => `${households(total)}, ${due}`,
		lending: 'Standing in now',
		lendingOf: (name, n, day) => `${name} for ${households(n)}, until ${day}`,
		end: 'End it now',
		endTitle: 'End standing in?',
		endWords: (name) => `They go back, and leave the phone of ${name}.`
	},

	lend: {
		title: 'Lend the round',
		words:
			'Who stands in sees and visits these households until that day. The linked member stays the same.',
		to: 'Who stands in',
		pick: 'Please choose someone',
		toMissing: 'Please choose who stands in',
		until: 'Until which day (included)',
		untilMissing: 'Please choose until which day',
		untilPast: 'Please write today or a later day',
		which: 'Which households',
		whole: (n) => (n === 1 ? 'The only one' : `All ${n}`),
		some: 'Some of them',
		doors: 'Which',
		doorsMissing: 'Please choose households',
		confirm: 'Lend'
	},

	record: {
		title: (name) => `A visit of ${name}`,
		subtitle: 'As it stands on paper. The record says that you wrote it down.',
		doorMissing: 'Please choose the household',
		dayMissing: 'Please write the day of the visit',
		dayFuture: 'This day is still to come',
		timeHint: 'Such as 9:30 or 14:30',
		timeWrong: 'Please write the time like 9:30',
		outcome: 'Outcome',
		outcomeMissing: 'Please choose the outcome',
		interviewee: 'Met',
		intervieweeMissing: 'Please write who was met',
		allWell: 'All well, nothing to note',
		changes: 'At home',
		demands: 'Demands',
		demandsNote: 'One box for each matter; empty ones do not count.',
		demand: (n) => `No. ${n}`,
		demandTooLong: 'Please write less, 10,000 characters at most',
		another: 'Add another',
		next: 'Next visit',
		nextPast: 'The next visit must come after this one',
		tooLong: (n) => `Please write less, ${n} characters at most`,
		by: (clerk) => `written down by ${clerk}`,
		written: 'Written down at the desk',
		submit: 'Save',
		saved: 'Written down',
		savedNotes: [
			'Kept here, handed in by itself once online.',
			"It also appears on the member's phone."
		],
		door: 'Household',
		who: 'Visitor',
		again: 'Another one',
		toPerson: 'Back to the member'
	},

	handOver: {
		open: 'Let the community write it',
		title: 'Let the community write it down',
		words:
			'Your duty ended too long ago to hand this in. Send the text below to someone of the community, who writes it down under your name.',
		careful: 'The text is sealed: only the community’s devices can read it.',
		text: 'Text to send',
		copy: 'Copy text',
		copied: 'Copied, now send it to the community',
		copyFailed: 'This browser does not copy, please hold the text and copy it.',
		share: 'Send to the community',
		done: 'They have it, remove it here',
		head: (name, n) => `[Lianxinqiao, to be written down] ${name}, ${counted(n, 'record')}`,
		tail: 'To the community: paste the whole text under "Rounds, write down what a member sent".'
	},

	adopt: {
		title: 'Write down what a member sent',
		subtitle: 'Paste the whole text from the member, look at it, then write it down.',
		text: 'Text from the member',
		read: 'Look at it',
		unreadable: 'This text cannot be read. Please let the member copy and send all of it again.',
		otherCommunity: 'It belongs to another community and cannot be written down here.',
		from: (name) => `From ${name}`,
		saidAt: (when) => `written ${when}`,
		submit: 'Save',
		saved: 'Written down',
		toRounds: 'Back to rounds'
	}
};
