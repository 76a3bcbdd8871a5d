/** Words of the sub-district and district desks. */
import { counted } from './counted.ts';
import type { Worded } from './messages.ts';
import type { desktop as source } from './zh-cn-desktop.ts';

export const desktop: Worded<typeof source> = {
	board: {
		title: { subdistrictOfficer: 'Overview', districtOfficer: 'The whole district' },
		asOf: (when) => `Data as of ${when}`,
		neverSynced: 'No data yet',
		withDevices: (asOf, reported, all) => `${asOf}, ${reported}/${all} devices have handed in`,
		attention: {
			sign: 'Late to acknowledge',
			resolve: 'Late to handle',
			escalated: 'With the office',
			escalatedNote: 'open',
			escalatedLook: 'See',
			carried: 'Carried over',
			quiet: 'Communities not visited'
		},
		pieces: (n) => String(n),
		communities: (n) => String(n),
		inCommunities: (n) => `in ${counted(n, 'community', 'communities')}`,
		kpi: {
			coverage: {
				name: 'Visit coverage',
				unit: 'households',
				definition: 'Households met this quarter ÷ households on the register'
			},
			visits: {
				name: 'Visits',
				unit: 'visits',
				definition: 'Visits this quarter, also where nobody was home, without void ones'
			},
			registered: {
				name: 'Demands',
				unit: 'demands',
				definition: 'Demands registered this quarter, without void ones'
			},
			inTime: {
				name: 'Handled in time',
				unit: 'demands',
				definition:
					'Of the demands registered and handled this quarter, those within their deadline'
			},
			open: {
				name: 'Open',
				unit: 'demands',
				definition: 'New, accepted and with the office now, with those carried over'
			}
		},
		comparedUp: (n) => `${n} above last quarter`,
		comparedDown: (n) => `${n} below last quarter`,
		comparedSame: 'As last quarter',
		byCommunity: 'By community',
		bySubdistrict: 'By sub-district',
		quarter: 'Quarter',
		columns: {
			unit: 'Unit',
			visits: 'Visits',
			met: 'Met',
			notHome: 'Not home',
			reached: 'Reached',
			households: 'On register',
			coverage: 'Reached',
			registered: 'Registered',
			waiting: 'New',
			accepted: 'Accepted',
			handled: 'Handled',
			declined: 'Declined',
			merged: 'Merged',
			inTime: 'In time',
			open: 'Open',
			overdue: 'Late'
		},
		groups: { visits: 'Visits', demands: 'Demands (registered this quarter)', now: 'Now' },
		smallNumbers: 'Below 10 cases only "n/m" is written, without percent or ranks.',
		overdueCount: (n) => String(n),
		empty: 'No data of communities yet. It appears by itself once they hand in.',
		openUnit: (name) => `Communities of ${name}`,
		back: 'Back to the district',
		coverage: {
			title: 'Visited as planned',
			note: (hours) =>
				`Until today: households met within their cadence ÷ households on the register; a high-risk one not met within ${counted(hours, 'hour')} of a major change does not count`,
			tier: (tier, days) => `${tier}, ${counted(days, 'day')}`,
			cases: (met, doors) => `${met}/${doors}`,
			noDoors: 'No such households'
		},
		trend: {
			title: 'The last 12 weeks',
			note: 'Seven days each, until today',
			week: 'Days',
			span: (from, to) => `${from} to ${to}`,
			lines: { visits: 'Visits', registered: 'Registered', closed: 'Handled' },
			lastOf: (line, n) => `${line} ${n}`
		},
		steps: 'How far the demands are',
		stepsNote: 'Where the demands registered this quarter stand now',
		everyone:
			'Sub-district and district see the same figures: numbers, dates and counts, nothing of residents.'
	},
	units: {
		title: 'Organisation',
		empty: 'No units have arrived yet',
		emptyNote: 'They appear by themselves after the first sync.',
		search: 'Find by name, code or who is in charge',
		noneFound: 'Nothing found, try other words',
		counts: (subdistricts, communities, others) =>
			[
				counted(subdistricts, 'sub-district'),
				counted(communities, 'community', 'communities'),
				...(others > 0 ? [counted(others, 'department')] : [])
			].join(', '),
		communities: (n) => counted(n, 'community', 'communities'),
		departments: 'Departments',
		official: (name, role) => `${name}, ${role}`,
		code: (code) => `Code ${code}`,
		noOfficials: 'Nobody in charge yet',
		noCommunities: 'No communities yet',
		closed: 'Closed',
		add: 'Add a unit',
		look: 'Look',
		lookAt: (name) => `Look at ${name}`,
		sentenceGap: ' ',
		new: {
			title: 'Add a unit',
			titleOf: (level) => `Add: ${level}`,
			notYours: 'Units are added by the district, communities by their sub-district too.',
			subtitle:
				'For one that was forgotten when the district was founded, or is new. It works offline.',
			submit: 'Add',
			level: 'Level',
			parent: 'Stands under',
			choose: 'Please choose',
			name: 'Name',
			nameHint: 'In full, as it stands on papers',
			code: 'Statistical division code',
			codeHint: '12 digits; leave it empty if there is none, and one is made up',
			need: {
				level: 'Please choose the level',
				parent: 'Please choose what it stands under',
				name: 'Please write the name',
				shorterName: (n) => `Please write a shorter name, at most ${n} characters`,
				sameName: (parent, name) =>
					`${parent} has "${name}" already. Please check, do not add it twice`,
				code: 'A code has 12 digits, please check; leave it empty if there is none',
				codeTaken: (name) => `This code is that of "${name}", please check`,
				codeElsewhere: (parent, digits) =>
					`Codes under ${parent} all begin with ${digits}, please check`
			}
		},
		unit: {
			facts: 'Unit',
			code: 'Code',
			officials: 'In charge',
			gone: 'This unit was not found',
			goneNote: 'It may not have reached this device yet.',
			added: (name) => `${name} is added`,
			renamed: (name) => `It is now called ${name}`,
			next: 'Next: register who is in charge, then invite them',
			nextNote: (role) => `There is no ${role} yet, so nobody takes what comes here.`,
			register: (role) => `Register: ${role}`,
			mend: 'Rename and close',
			rename: 'Rename',
			renameTitle: (name) => `Rename ${name}`,
			renameNote:
				'Only the name changes, no record and no figure. The former name stays in the history.',
			renameSubmit: 'Rename',
			describe: 'Correct particulars',
			describeTitle: (name) => `Particulars of ${name}`,
			describeNote:
				'Nothing is required: leave empty what is not known. Everybody in the district can read it.',
			described: 'Particulars corrected',
			close: 'Close',
			closeTitle: (name) => `Close ${name}`,
			closeNote:
				'This cannot be undone, and nobody can be given a role here any more. Its records, ledgers and figures stay and can be looked up.',
			closeMembers: 'Please have its secretary end the roles of members and volunteers first.',
			closeDoors: (n) =>
				`What is known of ${counted(n, 'household')} stays where it is, and goes to no other community by itself.`,
			blocked: (name) => `${name} cannot be closed yet`,
			stillHere: (names) =>
				`Still in charge: ${names}. Please end their roles under "People" first.`,
			stillBelow: (names) => `Still under it: ${names}. Please close those first.`,
			stillOpen: (n) => `${counted(n, 'demand')} not handled yet. Please finish first.`,
			closedFor: (reason) => `Why: ${reason}`
		}
	}
};
