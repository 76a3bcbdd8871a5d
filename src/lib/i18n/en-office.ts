/** Words of the sub-district office's own work: what communities handed up to it. */
import type { Worded } from './messages.ts';
import type { office as source } from './zh-cn-office.ts';

export const office: Worded<typeof source> = {
	title: 'Handed up',
	counts: (open, overdue) => (overdue > 0 ? `${open} open, ${overdue} overdue` : `${open} open`),
	only: 'Only for the sub-district office',
	onlyNote: 'What communities hand up is acknowledged and handled by the office here.',
	tabs: 'Kinds of demands',
	tab: { open: 'Open', done: 'Done' },
	community: 'Community',
	category: 'Category',
	all: 'All',
	list: 'Demands handed up',
	note: (community, when) => `${community}, handed up ${when}`,
	notTaken: 'To acknowledge',
	empty: { open: 'Nothing handed up is open', done: 'Nothing is done yet' },
	emptyNote: 'What communities hand up stands here once it is synced.',
	emptyHere: 'None like this',
	emptyHereNote: 'Try another community or category.',
	back: 'Back to the list',
	gone: 'This demand is not on this device',
	goneNote: 'Perhaps it was handed back, or has not arrived yet.',

	act: {
		take: 'Acknowledge',
		takeSecond: 'Name who is responsible',
		handle: 'Handled',
		handleSecond: 'Outcome and reply',
		reassign: 'Reassign',
		reassignSecond: 'Within the office',
		handBack: 'Hand back',
		handBackSecond: 'With a reason',
		amend: 'Correct the answer',
		amendSecond: 'Outcome or reply is wrong'
	},

	done: {
		take: (title) => `Acknowledged: ${title}`,
		handle: (title) => `Handled: ${title}`,
		reassign: (title) => `Reassigned: ${title}`,
		handBack: (title) => `Handed back: ${title}`,
		amend: (title) => `Answer corrected: ${title}`,
		settle: (title) => `Settled: ${title}`
	},
	tooLate: {
		handle: 'It is answered and cannot be taken back. What is wrong in it can be corrected.',
		handBack:
			'It is with the community again and cannot be taken back. To go on with it, ask them to hand it up again.'
	},

	assign: {
		title: { take: 'Acknowledge this demand', reassign: 'Who is responsible' },
		assignee: 'Responsible',
		missing: 'Please choose who is responsible',
		confirm: { take: 'Acknowledge', reassign: 'Reassign' }
	},

	handBack: {
		title: 'Hand back to the community',
		words:
			'The community handles it again, with the same deadline. The office then no longer holds what it says.'
	}
};
