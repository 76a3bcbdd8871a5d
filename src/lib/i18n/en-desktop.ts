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
		closed: 'Closed'
	}
};
