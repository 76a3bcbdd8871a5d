/** Guards of how much anybody may use, and of who reads and is seen. */
import type { Guard } from './guard.ts';

export const guardsOfBounds: readonly Guard[] = [
	{
		name: 'bounds: a body',
		file: 'sync-server/http/bodies.ts',
		find: "if (size > most) throw answered(problem(context, 'too-big'));",
		replaceWith: '',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] a body, of a stranger and of a device'
	},
	{
		name: 'bounds: the values of a body',
		file: 'sync-server/http/bodies.ts',
		find: "if (values > jsonValues) return 'too many values';",
		replaceWith: '',
		testFile: 'tests/contract/bounds.test.ts',
		testName:
			'[R4] [E6] a body of more values than the bound is not parsed, whatever its texts hold'
	},
	{
		name: 'bounds: bodies held at once',
		file: 'sync-server/http/bodies.ts',
		find: "if (!context.get('room').take(part.length)) throw new NoRoom();",
		replaceWith: '',
		testFile: 'tests/contract/bounds.test.ts',
		testName:
			'[R4] bodies held at once: one for which there is no room comes again, and finds some when another has gone'
	},
	{
		name: 'bounds: and by them the memory of a relay under attack',
		file: 'sync-server/http/bodies.ts',
		find: "if (!context.get('room').take(part.length)) throw new NoRoom();",
		replaceWith: "context.get('room').take(part.length);",
		testFile: 'tests/contract/memory.test.ts',
		testName:
			'[R4] its memory grows no further than the README says, however often all of it is said'
	},
	{
		name: 'bounds: one of each before another of anybody',
		file: 'sync-server/judging/deliver.ts',
		find: 'queue.push(who, {',
		replaceWith: "queue.push('', {",
		testFile: 'tests/contract/fair-turns.test.ts',
		testName: '[R4] a commit does not wait for the hundred that another device handed in before it'
	},
	{
		name: 'bounds: the entries of a record',
		file: 'sync-server/judging/judge-commit.ts',
		find: "if (isFull(before, judged, entry)) return refusal(entry, 'record-full');",
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-records.test.ts',
		testName:
			'[R4] the entries of a record: one more is refused to its author, twice as many to its desk'
	},
	{
		name: 'bounds: what the entries of a record leave standing',
		file: 'sync-server/judging/judge-commit.ts',
		find: '(before?.bytes ?? 0) <= times * bytesPerRecord',
		replaceWith: 'true',
		testFile: 'tests/contract/bounds-of-records.test.ts',
		testName: '[R4] the bytes that stand of a record, which each of its entries writes anew'
	},
	{
		name: 'bounds: a full record can be ended',
		file: 'sync-server/judging/judge-commit.ts',
		find: "return verdict === 'noted' || kindOf(kind)?.ends !== true;",
		replaceWith: 'return true;',
		testFile: 'tests/contract/bounds-of-records.test.ts',
		testName: '[R4] a full record can be ended, once, and is restricted and erased as any other'
	},
	{
		name: 'bounds: photos that are not whole yet',
		file: 'sync-server/media/store.ts',
		find: 'const parts = there.filter((part) => part !== grows);',
		replaceWith: 'const parts = there.filter(() => false);',
		testFile: 'tests/contract/media.test.ts',
		testName:
			'[R4] a photo that is not whole yet counts as the largest, for whoever brings it and for all; it can be gone on with'
	},
	{
		name: 'bounds: who asks for health at once shares one probe',
		file: 'sync-server/routes/health.ts',
		find: '(answer ??= ask()',
		replaceWith: '(answer = ask()',
		testFile: 'tests/contract/routes.test.ts',
		testName:
			'[R4] many who ask at once cost the store one probe, and a question of metrics the sockets one look'
	},
	{
		name: 'bounds: the frames of a socket',
		file: 'sync-server/sockets/pace.ts',
		find: 'frames <= framesPer10s',
		replaceWith: 'true',
		testFile: 'tests/contract/bounds-of-sockets.test.ts',
		testName: '[R4] frames, pongs among them, and bytes of one socket'
	},
	{
		name: 'bounds: the bytes of a socket',
		file: 'sync-server/sockets/pace.ts',
		find: 'line.bytesRead - readBefore <= bytesPer10s',
		replaceWith: 'true',
		testFile: 'tests/contract/bounds-of-sockets.test.ts',
		testName: '[R4] frames, pongs among them, and bytes of one socket'
	},
	{
		name: 'bounds: the bytes of a socket that ends no frame',
		file: 'sync-server/sockets/pace.ts',
		find: "line.on('data', () => void count(0));",
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-sockets.test.ts',
		testName: '[R4] bytes of one socket, of which no frame comes to an end'
	},
	{
		name: 'bounds: the pieces of a frame',
		file: 'sync-server/sockets/sync.ts',
		find: 'maxFragments: limits.framePieces',
		replaceWith: 'maxFragments: 0',
		testFile: 'tests/contract/bounds-of-sockets.test.ts',
		testName: '[R4] pieces of a frame, though they hold nothing'
	},
	{
		name: 'bounds: what goes to many readers in one turn',
		file: 'sync-server/sockets/channels.ts',
		find: 'bytes > TURN_BYTES || ',
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-sockets.test.ts',
		testName:
			'[R4] what goes to many readers in one turn of the event loop, and all of them get all'
	},
	{
		name: 'bounds: how many readers something little goes to in one turn',
		file: 'sync-server/sockets/channels.ts',
		find: ' || told === TURN_READERS',
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-sockets.test.ts',
		testName: '[R4] what is little goes to six hundred readers in one turn, and all of them get it'
	},
	{
		name: 'bounds: how many sockets are asked in one turn whether they are there',
		file: 'sync-server/sockets/sync.ts',
		find: 'inRoundsOf(TURN_SOCKETS, ',
		replaceWith: 'inRoundsOf(Infinity, ',
		testFile: 'tests/contract/bounds-of-sockets.test.ts',
		testName:
			'[R4] of sockets that came together a hundred are asked in one turn whether they are there'
	},
	{
		name: 'bounds: how many sockets are told in one turn that something moved',
		file: 'sync-server/sockets/notices.ts',
		find: 'inTurnsOf(TURN_SOCKETS, ',
		replaceWith: 'inTurnsOf(Infinity, ',
		testFile: 'tests/contract/bounds-of-sockets.test.ts',
		testName:
			'[R4] of sockets that something moved for a hundred are told in one turn, and all of them are'
	},
	{
		name: 'bounds: an end that held nothing is read again',
		file: 'sync-server/sockets/pieces.ts',
		find: ' || held.taken === 0',
		replaceWith: '',
		testFile: 'tests/contract/pieces.test.ts',
		testName: 'what is read at an end that held nothing is read again once something came'
	},
	{
		name: 'bounds: what follows an end is read on',
		file: 'sync-server/sockets/pieces.ts',
		find: 'each.held = { ...held, isLast: false };',
		replaceWith: 'each.held = held;',
		testFile: 'tests/contract/pieces.test.ts',
		testName: '[L1] who comes to what was the end goes on from there, as all who stood there do'
	},
	{
		name: 'bounds: answers that nobody reads',
		file: 'sync-server/http/app.ts',
		find: "if (end) whenAnswered(context.get('exchange'), end);",
		replaceWith: 'end?.();',
		testFile: 'tests/contract/bounds-of-answers.test.ts',
		testName:
			'[R4] answers that nobody reads count as requests at once, until their connection is gone'
	},
	{
		name: 'bounds: large answers need room',
		file: 'sync-server/http/app.ts',
		find: "if (!room.take(bytes)) return comeAgain(context, 'busy');",
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-answers.test.ts',
		testName: '[R4] large answers need room while they are held; small ones go on'
	},
	{
		name: 'bounds: entries judged in one turn',
		file: 'sync-server/judging/judge-commit.ts',
		find: 'await parts.turn();',
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-records.test.ts',
		testName: '[R4] others have their turn while many entries of one large record are judged'
	},
	{
		name: 'presence: a flood of it goes on in rounds',
		file: 'sync-server/sockets/presence.ts',
		find: 'const ROUND_MS = 200;',
		replaceWith: 'const ROUND_MS = 1;',
		testFile: 'tests/contract/draft-bounds.test.ts',
		testName: 'who is there is told in rounds, the newest at last'
	},
	{
		name: 'permission: it is looked up again of whose duty changed',
		file: 'sync-server/judging/directory.ts',
		find: "if (row?.family === 'duty') touched.set(row.person, version);",
		replaceWith: '',
		testFile: 'tests/contract/sync.test.ts',
		testName: '[R5] a duty that ends closes its channels before anything more is sent'
	},
	{
		name: 'permission: and of who acts where the tree has changed, not of everybody',
		file: 'sync-server/judging/directory.ts',
		find: 'standing(before, org) !== standing(after, org)',
		replaceWith: 'true',
		testFile: 'tests/contract/permission.test.ts',
		testName: 'another name of an organisation is nobody’s, a new one is theirs who act above it'
	},
	{
		name: 'presence: a client id belongs to who used it first, at whichever relay',
		file: 'sync-server/sockets/presence.ts',
		find: 'if (before && !isOwn && !isMoving(before, person, clock)) continue;',
		replaceWith: '',
		testFile: 'tests/contract/postgres/presence.test.ts',
		testName: '[R3] who speaks as a client of somebody at another relay is not heard'
	},
	{
		name: 'presence: whose relay died is gone',
		file: 'sync-server/sockets/presence.ts',
		find: 'heardAt < since',
		replaceWith: 'heardAt < since - 1e9',
		testFile: 'tests/contract/postgres/presence.test.ts',
		testName:
			'[R3] whose relay was killed is gone once the time is over, unless it came back at another'
	},
	{
		name: 'presence: other relays hear a flood in a few calls',
		file: 'sync-server/sockets/elsewhere.ts',
		find: 'const ROUND_MS = 200;',
		replaceWith: 'const ROUND_MS = 5;',
		testFile: 'tests/contract/postgres/presence.test.ts',
		testName: '[R4] a flood of presence goes on in a few calls, and others are heard meanwhile'
	},
	{
		name: 'presence: nobody has many states waiting for other relays',
		file: 'sync-server/sockets/elsewhere.ts',
		find: 'if (isTooMuch || ',
		replaceWith: 'if (',
		testFile: 'tests/contract/postgres/presence.test.ts',
		testName:
			'[R4] in a call each person has a turn, the newest of a client alone, and nobody has many waiting'
	},
	{
		name: 'bounds: connections of who asked ahead on too many',
		file: 'sync-server/http/connections.ts',
		find: 'if (!isProxy) void turnAway',
		replaceWith: 'if (socket.destroyed) void turnAway',
		testFile: 'tests/contract/bounds.test.ts',
		testName:
			'[R4] who asked ahead on too many connections has the next closed before anything of it is read'
	},
	{
		name: 'bounds: ledgers that a device asks about',
		file: 'sync-server/routes/scope.ts',
		find: 'await parts.rates.askedAbout(device, Math.max(named.length, Object.keys(hold).length));',
		replaceWith: '',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] each hundred ledgers that a device asks about costs it one request more'
	},
	{
		name: 'bounds: bodies that are no JSON',
		file: 'sync-server/http/bodies.ts',
		find: "if (json === undefined) await context.get('unreadable')?.();",
		replaceWith: '',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] a body that is no JSON counts as twenty requests of its device'
	},
	{
		name: 'bounds: requests of one connection before their answers',
		file: 'sync-server/http/connections.ts',
		find: 'waiting >= unansweredPerConnection',
		replaceWith: 'false',
		testFile: 'tests/contract/bounds.test.ts',
		testName:
			'[R4] requests of one connection that wait for their answers: one more closes it, unanswered'
	},
	{
		name: 'bounds: files, and whatever else is asked beside the doors',
		file: 'sync-server/http/app.ts',
		find: 'await rates.files(addressOf(context))',
		replaceWith: '0',
		testFile: 'tests/contract/bounds.test.ts',
		testName:
			'[R4] the rate of an address that asks for files, those that are not there too, apart from doors'
	},
	{
		name: 'bounds: health, of a relay that is only alive too',
		file: 'sync-server/routes/health.ts',
		find: 'await rates.health(addressOf(context))',
		replaceWith: '0',
		testFile: 'tests/contract/bounds.test.ts',
		testName:
			'[R4] the rate of an address that asks for health, apart from what it asks at other doors'
	},
	{
		name: 'outages: one is told once, however many meet it',
		file: 'sync-server/operations/outages.ts',
		find: 'if (known === undefined) begin(code, cause);',
		replaceWith: 'if (true) begin(code, cause);',
		testFile: 'tests/contract/outages.test.ts',
		testName:
			'[R4] an outage is told once when it begins, and once when it is over, with how many met it'
	},
	{
		name: 'outages: readers who wait say nothing of their own',
		file: 'sync-server/relay.ts',
		find: 'if (!outages.meets(cause)) log.error(codeOf(cause), said);',
		replaceWith: 'log.error(codeOf(cause), said);',
		testFile: 'tests/contract/postgres/outages.test.ts',
		testName: '[R4] readers who wait for it and all who ask are told of once, by a name of its own'
	},
	{
		name: 'outages: a full disk under the photos is none of the relay’s own faults',
		file: 'sync-server/operations/outages.ts',
		find: 'DISK_CODES.has(String(cause.code))',
		replaceWith: 'false',
		testFile: 'tests/contract/outages.test.ts',
		testName: '[R8] photos that their disk cannot take are put off, and brought again once it can'
	},
	{
		name: 'erasure: a file that was forgotten goes, though its relay was killed',
		file: 'sync-server/media/sweep.ts',
		find: 'upload !== null ||',
		replaceWith: '',
		testFile: 'tests/contract/sweeping.test.ts',
		testName:
			'[A4] of a photo that was forgotten no file outlives the next start, though its relay was killed in between'
	}
];
