/**
 * Guards of what a person may do with all their devices, and of who joins, invites and signs in, as `guards.mjs` has them.
 * @type {{ guard: string, file: string, text: string, off: string, noticed: string, test: string }[]}
 */
export const guardsOfPeople = [
	{
		guard: 'bounds: devices in use of a person',
		file: 'sync-server/people/may-join.ts',
		text: "if (inUse >= limits.devicesPerPerson + more) return 'too-many-devices';",
		off: '',
		noticed: 'tests/contract/bounds-of-devices.test.ts',
		test: '[R4] devices in use of a person: one more joins once one is taken out of use, those above give two more'
	},
	{
		guard: 'bounds: devices in use of a person, where an invitation is used',
		file: 'sync-server/people/invitations.ts',
		text: 'if (tooMany !== null) return fail(tooMany);',
		off: '',
		noticed: 'tests/contract/bounds-of-devices.test.ts',
		test: '[R4] devices in use of a person: one more joins once one is taken out of use, those above give two more'
	},
	{
		guard: 'bounds: devices that join as one person in a day',
		file: 'sync-server/people/may-join.ts',
		text: "joined >= limits.joinsPerPersonPerDay ? 'too-many-joins' : null",
		off: 'null',
		noticed: 'tests/contract/bounds-of-devices.test.ts',
		test: '[R4] devices that join as one person in a day, whatever became of those before'
	},
	{
		guard: 'bounds: invitations one person gives in a day',
		file: 'sync-server/http/rates.ts',
		text: 'const wait = await waitFor(invitations, by, people.length);',
		off: 'const wait = 0;',
		noticed: 'tests/contract/bounds-of-invitations.test.ts',
		test: '[R4] invitations that one person gives in a day, and of them those for the same person'
	},
	{
		guard: 'bounds: invitations for one and the same person in a day',
		file: 'sync-server/http/rates.ts',
		text: 'waitFor(invitationsOfOne, pair, 1)',
		off: '0',
		noticed: 'tests/contract/bounds-of-invitations.test.ts',
		test: '[R4] invitations that one person gives in a day, and of them those for the same person'
	},
	{
		guard: 'bounds: invitations on one sheet for the same person',
		file: 'sync-server/routes/enrol.ts',
		text: '.refine((people) => new Set(people).size === people.length)',
		off: '',
		noticed: 'tests/contract/bounds-of-invitations.test.ts',
		test: '[R4] a sheet has one slip for each, and nobody twice'
	},
	{
		guard: 'bounds: invitations that nobody used are forgotten',
		file: 'sync-server/people/ended.ts',
		text: 'await toTheEnd(() => people.dropUnused(at - UNUSED_KEPT));',
		off: '',
		noticed: 'tests/contract/bounds-of-invitations.test.ts',
		test: '[R4] an invitation that nobody used is forgotten a month after it ran out, however many there are'
	},
	{
		guard: 'bounds: invitations and devices listed in one turn',
		file: 'sync-server/turns.ts',
		text: '			await turn();\n			yield each;',
		off: '			yield each;',
		noticed: 'tests/contract/bounds-of-invitations.test.ts',
		test: '[R4] others have their turn while many invitations and devices are listed'
	},
	{
		guard: 'malformed: a NUL in a body',
		file: 'sync-server/http/bodies.ts',
		text: 'return holdsNul(json) ? undefined : json;',
		off: 'return json;',
		noticed: 'tests/contract/malformed.test.ts',
		test: '[E6] a NUL is malformed at every door'
	},
	{
		guard: 'malformed: ids of people and devices can be printed',
		file: 'src/domain/ids.ts',
		text: '.regex(/^[^\\p{Cc}\\p{Cs}]*$/u)',
		off: '',
		noticed: 'tests/contract/malformed.test.ts',
		test: 'ids hold no sign that cannot be printed, and those of before are read'
	},
	{
		guard: 'bounds: sessions of one device',
		file: 'sync-server/people/sessions.ts',
		text: 'await people.dropSessions(device, limits.sessionsPerDevice - 1);',
		off: '',
		noticed: 'tests/contract/bounds-of-sessions.test.ts',
		test: '[R4] sessions of one device: one more ends the one that would end first, and nobody else’s'
	},
	{
		guard: 'bounds: sessions of one device begin no more often',
		file: 'sync-server/people/sessions.ts',
		text: "if (waitMs > 0) return { ok: false, code: 'slow-down', waitMs };",
		off: '',
		noticed: 'tests/contract/bounds-of-sessions.test.ts',
		test: '[R4] how often a device signs in, whatever others say in its name'
	},
	{
		guard: 'bounds: sessions that are over are forgotten',
		file: 'sync-server/people/ended.ts',
		text: 'await toTheEnd(() => people.dropExpired(at));',
		off: '',
		noticed: 'tests/contract/bounds-of-sessions.test.ts',
		test: '[R4] sessions that are over are forgotten once a day, however many there are'
	},
	{
		guard: 'bounds: bytes of entries in a day',
		file: 'sync-server/routes/entries.ts',
		text: 'if (await rates.isDayFull(session.person))',
		off: 'if (false)',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] the bytes a person hands in in a day with whichever devices, those of refused entries too: more is taken later'
	},
	{
		guard: 'bounds: bytes of entries in a day, of all devices of a person',
		file: 'sync-server/routes/entries.ts',
		text: 'await rates.kept(session.person, bytes);',
		off: 'await rates.kept(session.device, bytes);',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] the bytes a person hands in in a day with whichever devices, those of refused entries too: more is taken later'
	},
	{
		guard: 'bounds: photos in a day, of all devices of a person',
		file: 'sync-server/media/store.ts',
		text: 'WHERE u.person = ? AND u.at > ?',
		off: 'WHERE u.device = ? AND u.at > ?',
		noticed: 'tests/contract/media.test.ts',
		test: '[R4] photos that a person brings in a day, with whichever devices'
	},
	{
		guard: 'bounds: a refused entry counts as ten',
		file: 'sync-server/routes/entries.ts',
		text: 'if (refused > 0) await rates.entries(session.device, (REFUSED_COUNTS - 1) * refused);',
		off: '',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] an entry that is refused counts as ten'
	},
	{
		guard: 'bounds: an address with a port behind it is the same',
		file: 'sync-server/http/addresses.ts',
		text: ".split(',').map(namedAddress)",
		off: ".split(',').map((each) => each.trim())",
		noticed: 'tests/contract/bounds-of-addresses.test.ts',
		test: '[R4] a port that a proxy writes behind an address is no other address'
	},
	{
		guard: 'bounds: the addresses of one network are one',
		file: 'sync-server/http/rates.ts',
		text: 'waitFor(open, countedAddress(address), 1)',
		off: 'waitFor(open, address, 1)',
		noticed: 'tests/contract/bounds-of-addresses.test.ts',
		test: '[R4] who has many addresses of one network asks no more often than with one'
	},
	{
		guard: 'sessions: an enrolment that is told again opens none',
		file: 'sync-server/routes/enrol.ts',
		text: 'if (isFirst) giveCookie',
		off: 'giveCookie',
		noticed: 'tests/contract/enrol.test.ts',
		test: 'an answer lost on the way is given again to the same key, and to no other'
	}
];
