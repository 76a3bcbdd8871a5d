/** Words of the register: buildings, doors, the people behind them, and who looks after which door. */
import { counted } from './counted.ts';
import type { Worded } from './messages.ts';
import type { homes as source } from './zh-cn-homes.ts';

const households = (n: number | string): string => counted(n, 'household');
const residents = (n: number | string): string => counted(n, 'resident');

export const homes: Worded<typeof source> = {
	tab: {
		buildings: 'Buildings',
		unconfirmed: 'Unconfirmed',
		gaps: 'Not linked',
		out: 'Off the register'
	},
	tabCount: (tab, n) => (n === 0 ? tab : `${tab} ${n}`),
	search: 'Find a person or a door',
	searchHint: 'Name, initials in pinyin, or door, such as cgx or 3-2-501',
	found: 'Found',
	foundMore: 'Show more',
	livesIn: (door) => door,
	livesHere: (name, relation) => `${name} (${relation})`,

	noBuilding: 'No building',
	noUnit: 'No unit',
	buildingTitle: (estate, building) => `${estate} ${building}`,
	doors: households,
	gaps: (n) => `${n} not linked`,
	gapsLeft: (n) => `${n} whose member has left`,
	gap: 'Not linked',
	gapLeft: 'Its member has left',
	unconfirmed: (n) => `${n} unconfirmed`,
	cared: (n) => `${n} priority or high risk`,
	linkedTo: (name) => `linked to ${name}`,
	never: 'never visited',
	lastVisit: (ago) => `visited ${ago}`,
	noEmpty: 'No households yet',
	noUnconfirmed: 'No door waits to be confirmed',
	noGaps: 'Every household is linked to a member',
	noOut: 'No household is off the register',
	pick: 'Pick doors',
	pickDone: 'Stop picking',
	pickHint: 'Tap the doors to be linked, as many as you like',
	picked: (n) => `${n} picked`,
	pickUnit: 'Pick this unit',
	pickAll: 'Pick the building',
	assign: 'Link to a member',
	assignCount: (n) => `Link ${households(n)}`,
	back: 'Back to buildings',
	backToList: 'Back to homes',

	tied: {
		title: 'Tied households',
		into: 'Merged into this one',
		merged: 'Doors merged in',
		from: 'Split from this one',
		off: 'Split off'
	},
	overview: {
		title: 'All households',
		doors: 'On the register',
		residents: 'Residents',
		cared: 'Priority or high risk',
		unconfirmed: 'Unconfirmed',
		gaps: 'Not linked',
		gapsNote: 'No member sees these on the phone',
		outside: 'Buildings in no grid',
		outsideNote: 'Put them into one under "Grids"',
		unconfirmedNote: 'Added on visits, waiting for you to confirm'
	},
	ways: {
		linking: 'Linking',
		linkingNote: 'Who looks after which building',
		import: 'Import households',
		add: 'Register a household'
	},

	act: {
		confirm: 'Confirm',
		confirmSecond: 'The address is right',
		merge: 'Merge',
		mergeSecond: 'Same as another',
		link: 'Change member',
		linkFirst: 'Link to a member',
		linkSecond: 'Who visits, from which day',
		correct: 'Correct',
		split: 'Split in two',
		moveOut: 'Moved out',
		return: 'Back on register',
		returnSecond: 'They moved back, or it was a mistake',
		unmerge: 'Undo the merge',
		unmergeSecond: 'They are two households',
		void: 'Void',
		unplan: 'Cancel the change'
	},
	reason: {
		moveOut: {
			title: 'Moved out',
			words: 'The household leaves the register; its visits and demands stay.'
		},
		return: {
			title: 'Back on the register',
			words: 'The household is on the register again, linked as before.'
		},
		unmerge: {
			title: 'Undo the merge',
			words:
				'The two part again, each with its own visits and demands, and what went along with the merge goes back.'
		},
		void: {
			title: 'Void this household',
			words:
				'Only where it was registered by mistake. Visits stay; the door leaves the register for good.'
		}
	},
	done: {
		confirm: 'Confirmed',
		merge: 'Merged',
		link: 'Link changed',
		unplan: 'Change cancelled, the member stays',
		correct: 'Corrected',
		split: 'Split in two',
		moveOut: 'Marked as moved out',
		return: 'Back on the register',
		unmerge: 'Merge undone',
		void: 'Voided',
		add: 'Household registered',
		person: 'Resident registered',
		personCorrected: 'Resident corrected',
		personMoved: 'Moved to another household',
		personLeft: 'Marked as left',
		personReturned: 'Lives here again',
		personVoided: 'Resident voided'
	},

	form: {
		addTitle: 'Register a household',
		addWords: 'The door first, the rest can follow.',
		addConfirm: 'Register',
		correctTitle: 'Correct the household',
		correctWords: 'Only what you change is written; what stood before stays in the history.',
		correctConfirm: 'Correct',
		nothing: 'The same as before, nothing to change.',
		estate: 'Estate',
		estateMissing: 'Please write the estate',
		buildingHint: 'Such as 3',
		unitHint: 'Such as 2',
		roomHint: 'Such as 501',
		roomMissing: 'Please write the door',
		yearWrong: 'Please write the year of birth with four digits, such as 1944',
		sizeWrong: 'Please write a number from 0 to 30',
		phoneWrong: 'Digits only please, such as 13800001123',
		tooLong: (field, most) => `Please keep "${field}" within ${most} characters`,
		reason: 'Why the change',
		reasonMissing: 'Please write why',
		same: 'This door is registered already',
		sameWords: (door) => `${door}. Where two families share a door, write 501-A and 501-B.`,
		unknown: 'not written'
	},
	merge: {
		title: 'Merge into a household',
		suggested: 'Doors that look alike',
		search: 'Find another',
		searchHint: 'Name, initials or door',
		found: 'Found',
		foundNone: 'Nothing found, try it another way',
		compareTitle: 'Are they the same?',
		from: 'To be merged',
		into: 'Into this one',
		note: 'The merged door no longer stands alone; its visits and demands count here. It can be undone at any time.',
		fills: (what) => `Filled in from the other: ${what}`,
		people: (n) => `${residents(n)} come along`,
		tooMany: 'That household has too many residents. Move them one by one first, then merge.',
		confirm: 'Merge',
		pickAnother: 'Pick another'
	},
	unmerge: {
		people: (n, names) => `${residents(n)} back in this household: ${names}`,
		emptied: (what) => `Taken from the other again, where the merge filled it in: ${what}`,
		member: {
			from: (name) => `This household goes back to its member: ${name}`,
			into: (name) => `The other household goes back to its member: ${name}`
		},
		stands: 'Changed since the merge, so it stays as it is:',
		standing: {
			field: (field, value) => `${field} of the other household: ${value}`,
			from: (name) => `Member of this household: ${name}`,
			into: (name) => `Member of the other household: ${name}`,
			person: (name, what) => `${name}: ${what}`,
			here: 'moved again since',
			left: 'marked as left',
			voided: 'voided'
		},
		lapsed:
			'Standing in and a planned change of member ended with the merge. Arrange them anew if needed.'
	},
	split: {
		title: 'Split in two',
		words:
			'Two families behind one door: make a new household and choose who goes along. Visits and demands stay with the old one.',
		room: 'Door of the new household',
		roomHint: 'So that it differs from the old one, such as 501-B',
		roomSame: 'The new door must differ from the old one',
		head: 'Head of the new household',
		people: 'Who goes along',
		tooMany: 'At most 17 people at a time',
		confirm: 'Split',
		fromThere: (door) => `split from ${door}`
	},
	link: {
		title: 'Link to a member',
		one: (door) => door,
		many: households,
		member: 'Who visits',
		memberMissing: 'Please choose a member',
		choose: 'Choose a member',
		nobody: 'Nobody for now',
		memberLine: (name, doors) => `${name} (has ${households(doors)})`,
		from: 'From which day',
		fromHint: 'A year back or ahead; on a later day the doors change hands when it comes',
		fromMissing: 'Please write from which day',
		fromWrong: 'Please choose a day within a year from today',
		note: 'They leave the phone of the member before; the history of visits and demands stays and the new member sees it.',
		confirm: 'Link',
		running: (n) => `Linking ${households(n)}`,
		noMembers: 'No members here yet. Register them under "Invitations" first.'
	},
	job: {
		runningNote:
			'You can go to other pages, it goes on. Closing the app stops it; do it again and it continues.',
		done: (n) => `${counted(n, 'record')} saved`,
		doneNote: 'Handed in by itself once online; members see it after their next sync.',
		nothing: 'It was so already, nothing to change.',
		cancelled: 'Stopped',
		cancelledNote: (n) => `${counted(n, 'record')} saved so far. Do it again to go on.`,
		failed: 'Not finished',
		busy: 'Something else is still under way, so this was not begun. Press again when it is done; what you filled in is still here.',
		close: 'OK'
	},

	grids: {
		title: (community) => `${community} · Grids`,
		subtitle: (grids, outside) =>
			outside === 0
				? counted(grids, 'grid')
				: `${counted(grids, 'grid')}, ${counted(outside, 'building')} in none`,
		open: 'Grids',
		list: 'Grids',
		called: (no, name) => (name === '' ? `Grid ${no}` : `Grid ${no} ${name}`),
		line: (grid, words) => `${grid}: ${words}`,
		between: '; ',
		ledBy: (name) => `Leader ${name}`,
		noChief: 'No leader yet',
		chiefLeft: 'The leader is no longer on duty',
		wholeEstate: 'The whole estate',
		noBuildings: 'No buildings yet',
		outside: 'Buildings in no grid',
		outsideNote: 'Every building belongs to a grid. Press "Change" to put them into one.',
		outsideCount: (n) => `${counted(n, 'building')} in none`,
		sameNumber: (no) => `"${no}" is the number of another grid. Choose another one`,
		overlap: (what, grid) => `${what} is in ${grid}. Take it out there first`,
		empty: 'No grids yet',
		emptyNote:
			'Divide the buildings, name a leader for each grid, and link a whole grid to a member.',
		backLinking: 'Back to linking',
		add: 'New grid',
		change: 'Change',
		remove: 'Remove',
		removeTitle: (grid) => `Remove ${grid}?`,
		removeWords:
			'Its buildings are in no grid then. Households, links and visits stay as they are.',
		addTitle: 'New grid',
		changeTitle: (grid) => `Change ${grid}`,
		formWords: 'Choose the buildings of this grid.',
		no: 'Grid number',
		noHint: 'Such as 01',
		noMissing: 'Give it a number',
		name: 'Name of the grid',
		chief: 'Grid leader',
		chiefChoose: 'Not yet',
		ranges: (estate) => `Buildings of ${estate}`,
		inOther: (building, grid) => `${building} (${grid})`,
		noRegister: 'The register has no buildings yet. Import households first.',
		save: 'Save',
		stored: 'Grids saved',
		filter: 'Grid',
		all: 'All grids',
		none: 'In no grid',
		fact: 'Grid',
		noneInGrid: 'No households in this grid',
		print: 'Print the table of grids',
		sheet: {
			title: 'Table of grids',
			head: (community) => `${community}: grids`,
			unit: (community) => `By: ${community}`,
			day: (day) => `Date: ${day}`,
			count: (n) => counted(n, 'grid'),
			columns: {
				no: 'No.',
				grid: 'Grid',
				name: 'Name',
				chief: 'Leader',
				ranges: 'Buildings',
				doors: 'Households',
				members: 'Members',
				gaps: 'Not linked'
			},
			total: 'Total',
			outside: 'In no grid',
			none: 'none',
			print: 'Print',
			signs: ['Signed for the community:', 'Made by:', '(seal)']
		}
	},

	linking: {
		title: (community) => `${community} · Linking`,
		subtitle: (doors, gaps) =>
			gaps === 0
				? `All ${households(doors)} are linked`
				: `${households(doors)}, ${gaps} not linked`,
		tabs: 'View',
		tab: { buildings: 'By building', grids: 'By grid', members: 'By member' },
		assign: 'Link',
		assignGaps: 'Only those not linked',
		byUnit: 'By unit',
		nobody: 'Nobody yet',
		memberDoors: 'Linked households',
		memberCared: 'Priority or high risk',
		handOver: 'Hand over',
		handOverTitle: (name) => `Who takes over from ${name}?`,
		handOverWords: (doors) =>
			`${households(doors)} together; open demands go with their household.`,
		left: 'No longer on duty, still has households',
		some: (names, more) => (more === 0 ? names.join(', ') : `${names.join(', ')} and ${more} more`),
		empty: 'No households yet',
		emptyNote: 'Import them first, or let members add them on visits.',
		back: 'Back to homes'
	},

	import: {
		title: 'Import households',
		subtitle: 'The whole register from Excel or CSV',
		back: 'Back to homes',
		notDesk: 'Households are imported by the community.',
		hint: 'A row for each person or each household. It needs a door or address and a name or head of household. Identity numbers only tell birth date and sex, and are not kept.',
		estate: 'Where the table names no estate',
		estateHint: 'Such as 梧桐里小区; leave it empty if the table has it',
		previewNote:
			'Look first, nothing is imported yet. What is on the register stays as it is unless you choose to update it.',
		fresh: 'New',
		here: 'On the register already',
		count: (homes, people) => `${households(homes)}, ${residents(people)}`,
		differing: 'Differ from the table',
		places: (n) => counted(n, 'entry', 'entries'),
		differingNote: 'On the register already; the table tells otherwise.',
		differs: (who, what) => `${who}: ${what}`,
		change: (field, from, to) => `${field} from "${from}" to "${to}"`,
		empty: 'nothing',
		update: 'Update from the table',
		updateHint: 'Empty cells clear nothing. To take it back, correct each household by hand.',
		updateOnly: (n) => `Update ${counted(n, 'entry', 'entries')} from the table`,
		and: '; ',
		reason: 'Updated by an import of households',
		leftOut: 'Rows left out',
		leftEmpty: 'Cells left empty for now',
		sample: 'The first ones',
		start: (homes, people) => `Register ${households(homes)}, ${residents(people)}`,
		divided: 'Into grids',
		dividedCount: (n) => counted(n, 'building'),
		divide: (n) => `Put ${counted(n, 'building')} into grids`,
		nothing: 'Nothing new to register.',
		running: 'Registering households and residents',
		undoing: 'Undoing the import',
		undo: 'Undo the import',
		undoTitle: 'Undo this import?',
		undoWords: (homes, people) =>
			`The ${households(homes)} and ${residents(people)} of this import become void. Visits and demands are not touched.`,
		undoReason: 'Import undone'
	},

	person: {
		title: 'People at home',
		none: 'Nobody is registered here yet',
		add: 'Register a resident',
		addTitle: 'Register a resident',
		correctTitle: 'Correct the resident',
		confirm: 'Save',
		name: 'Name',
		nameMissing: 'Please write the name',
		sex: 'Sex',
		birth: 'Date of birth',
		birthHint: 'As much as you know: 1944, 1944-03 or 1944-03-05',
		birthWrong: 'Please write it like 1944, 1944-03 or 1944-03-05',
		relation: 'Relation to the head',
		phone: 'Phone',
		politics: 'Political status',
		careTags: 'Needs care',
		more: 'Health, work, insurance',
		skills: 'Skills',
		skillsHint: 'Several with commas between, for instance haircuts, repairs',
		skillsMost: (most) => `At most ${most} skills`,
		skillLong: (longest) => `At most ${longest} characters each`,
		consentHint: 'The day they were told what is kept and why, and agreed',
		consentFuture: 'That day has not come yet',
		consentMinor: 'Under 14 a guardian has to agree',
		consented: (parts) => `Agreed: ${parts}`,
		disability: (kind, grade) => [`Disability: ${kind}`, grade].filter(Boolean).join(', '),
		insured: (words) => `Insurance: ${words}`,
		skilled: (words) => `Skills: ${words}`,
		noId: 'No identity number is needed; please write none anywhere else either.',
		move: 'Move',
		moveTitle: (name) => `Where does ${name} live now?`,
		leave: 'Left',
		leaveTitle: (name) => `${name} no longer lives here`,
		leaveWords: 'The name is struck off this household; the history keeps it.',
		why: 'Why',
		whyMissing: 'Please choose why',
		return: 'Lives here again',
		returnWords: 'Back on the list of this household.',
		void: 'Void',
		voidWords: 'Only where it was registered by mistake.',
		change: (name) => `Correct ${name}`,
		actions: (name) => `${name}: correct, move, left`,
		left: 'Left',
		leftOnes: (n) => `${n} left`,
		age: (years) => `aged ${years}`
	}
};
