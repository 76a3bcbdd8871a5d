/** Guards of what a person may do with all their devices, and of who joins, invites and signs in. */
import type { Guard } from './guard.ts';

export const guardsOfPeople: readonly Guard[] = [
	{
		name: 'bounds: devices in use of a person',
		file: 'sync-server/people/may-join.ts',
		find: "if (inUse >= limits.devicesPerPerson + more) return 'too-many-devices';",
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-devices.test.ts',
		testName:
			'[R4] devices in use of a person: one more joins once one is taken out of use, those above give two more'
	},
	{
		name: 'bounds: devices in use of a person, where an invitation is used',
		file: 'sync-server/people/invitations.ts',
		find: 'if (tooMany !== null) return fail(tooMany);',
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-devices.test.ts',
		testName:
			'[R4] devices in use of a person: one more joins once one is taken out of use, those above give two more'
	},
	{
		name: 'bounds: devices that join as one person in a day',
		file: 'sync-server/people/may-join.ts',
		find: "joined >= limits.joinsPerPersonPerDay ? 'too-many-joins' : null",
		replaceWith: 'null',
		testFile: 'tests/contract/bounds-of-devices.test.ts',
		testName: '[R4] devices that join as one person in a day, whatever became of those before'
	},
	{
		name: 'bounds: invitations one person gives in a day',
		file: 'sync-server/http/rates.ts',
		find: 'const wait = await waitFor(invitations, by, people.length);',
		replaceWith: 'const wait = 0;',
		testFile: 'tests/contract/bounds-of-invitations.test.ts',
		testName:
			'[R4] invitations that one person gives in a day, and of them those for the same person'
	},
	{
		name: 'bounds: invitations for one and the same person in a day',
		file: 'sync-server/http/rates.ts',
		find: 'waitFor(invitationsOfOne, pair, 1)',
		replaceWith: '0',
		testFile: 'tests/contract/bounds-of-invitations.test.ts',
		testName:
			'[R4] invitations that one person gives in a day, and of them those for the same person'
	},
	{
		name: 'bounds: invitations on one sheet for the same person',
		file: 'sync-server/routes/enrol.ts',
		find: '.refine((people) => new Set(people).size === people.length)',
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-invitations.test.ts',
		testName: '[R4] a sheet has one slip for each, and nobody twice'
	},
	{
		name: 'bounds: invitations that nobody used are forgotten',
		file: 'sync-server/people/ended.ts',
		find: 'await toTheEnd(() => people.dropUnused(at - UNUSED_KEPT));',
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-invitations.test.ts',
		testName:
			'[R4] an invitation that nobody used is forgotten a month after it ran out, however many there are'
	},
	{
		name: 'bounds: invitations and devices listed in one turn',
		file: 'sync-server/turns.ts',
		find: '			await turn();\n			yield each;',
		replaceWith: '			yield each;',
		testFile: 'tests/contract/bounds-of-invitations.test.ts',
		testName: '[R4] others have their turn while many invitations and devices are listed'
	},
	{
		name: 'malformed: a NUL in a body',
		file: 'sync-server/http/bodies.ts',
		find: 'return holdsNul(json) ? undefined : json;',
		replaceWith: 'return json;',
		testFile: 'tests/contract/malformed.test.ts',
		testName: '[E6] a NUL is malformed at every door'
	},
	{
		name: 'malformed: ids of people and devices can be printed',
		file: 'src/domain/ids.ts',
		find: '.regex(/^[^\\p{Cc}\\p{Cs}]*$/u)',
		replaceWith: '',
		testFile: 'tests/contract/malformed.test.ts',
		testName: 'ids hold no sign that cannot be printed, and those of before are read'
	},
	{
		name: 'bounds: sessions of one device',
		file: 'sync-server/people/sessions.ts',
		find: 'await people.dropSessions(device, limits.sessionsPerDevice - 1);',
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-sessions.test.ts',
		testName:
			'[R4] sessions of one device: one more ends the one that would end first, and nobody else’s'
	},
	{
		name: 'bounds: sessions of one device begin no more often',
		file: 'sync-server/people/sessions.ts',
		find: "if (waitMs > 0) return { ok: false, code: 'slow-down', waitMs };",
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-sessions.test.ts',
		testName: '[R4] how often a device signs in, whatever others say in its name'
	},
	{
		name: 'bounds: sessions that are over are forgotten',
		file: 'sync-server/people/ended.ts',
		find: 'await toTheEnd(() => people.dropExpired(at));',
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-sessions.test.ts',
		testName: '[R4] sessions that are over are forgotten once a day, however many there are'
	},
	{
		name: 'bounds: bytes of entries in a day',
		file: 'sync-server/routes/entries.ts',
		find: 'if (await rates.isDayFull(session.person))',
		replaceWith: 'if (false)',
		testFile: 'tests/contract/bounds.test.ts',
		testName:
			'[R4] the bytes a person hands in in a day with whichever devices, those of refused entries too: more is taken later'
	},
	{
		name: 'bounds: bytes of entries in a day, of all devices of a person',
		file: 'sync-server/routes/entries.ts',
		find: 'await rates.kept(session.person, bytes);',
		replaceWith: 'await rates.kept(session.device, bytes);',
		testFile: 'tests/contract/bounds.test.ts',
		testName:
			'[R4] the bytes a person hands in in a day with whichever devices, those of refused entries too: more is taken later'
	},
	{
		name: 'bounds: photos in a day, of all devices of a person',
		file: 'sync-server/media/store.ts',
		find: 'WHERE u.person = ? AND u.at > ?',
		replaceWith: 'WHERE u.device = ? AND u.at > ?',
		testFile: 'tests/contract/media.test.ts',
		testName: '[R4] photos that a person brings in a day, with whichever devices'
	},
	{
		name: 'bounds: a refused entry counts as ten',
		file: 'sync-server/routes/entries.ts',
		find: 'if (refused > 0) await rates.entries(session.device, (REFUSED_COUNTS - 1) * refused);',
		replaceWith: '',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] an entry that is refused counts as ten'
	},
	{
		name: 'bounds: an address with a port behind it is the same',
		file: 'sync-server/http/addresses.ts',
		find: ".split(',').map(namedAddress)",
		replaceWith: ".split(',').map((each) => each.trim())",
		testFile: 'tests/contract/bounds-of-addresses.test.ts',
		testName: '[R4] a port that a proxy writes behind an address is no other address'
	},
	{
		name: 'bounds: the addresses of one network are one',
		file: 'sync-server/http/rates.ts',
		find: 'waitFor(open, countedAddress(address), 1)',
		replaceWith: 'waitFor(open, address, 1)',
		testFile: 'tests/contract/bounds-of-addresses.test.ts',
		testName: '[R4] who has many addresses of one network asks no more often than with one'
	},
	{
		name: 'sessions: an enrolment that is told again opens none',
		file: 'sync-server/routes/enrol.ts',
		find: 'if (isFirst) giveCookie',
		replaceWith: 'giveCookie',
		testFile: 'tests/contract/enrol.test.ts',
		testName: 'an answer lost on the way is given again to the same key, and to no other'
	}
];
