/**
 * Guards of how much anybody may use, and of who reads and is seen, as `guards.mjs` has them.
 * @type {{ guard: string, file: string, text: string, off: string, noticed: string, test: string }[]}
 */
export const guardsOfBounds = [
	{
		guard: 'bounds: a body',
		file: 'sync-server/http/bodies.ts',
		text: "if (size > most) throw answered(problem(context, 'too-big'));",
		off: '',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] a body, of a stranger and of a device'
	},
	{
		guard: 'bounds: the values of a body',
		file: 'sync-server/http/bodies.ts',
		text: "if (values > jsonValues) return 'too many values';",
		off: '',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] [E6] a body of more values than the bound is not parsed, whatever its texts hold'
	},
	{
		guard: 'bounds: bodies held at once',
		file: 'sync-server/http/bodies.ts',
		text: "if (!context.get('room').take(part.length)) throw new NoRoom();",
		off: '',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] bodies held at once: one for which there is no room comes again, and finds some when another has gone'
	},
	{
		guard: 'bounds: and by them the memory of a relay under attack',
		file: 'sync-server/http/bodies.ts',
		text: "if (!context.get('room').take(part.length)) throw new NoRoom();",
		off: "context.get('room').take(part.length);",
		noticed: 'tests/contract/memory.test.ts',
		test: '[R4] its memory grows no further than the README says, however often all of it is said'
	},
	{
		guard: 'bounds: one of each before another of anybody',
		file: 'sync-server/judging/deliver.ts',
		text: 'queue.push(who, {',
		off: "queue.push('', {",
		noticed: 'tests/contract/fair-turns.test.ts',
		test: '[R4] a commit does not wait for the hundred that another device handed in before it'
	},
	{
		guard: 'bounds: the entries of a record',
		file: 'sync-server/judging/judge-commit.ts',
		text: "if (isFull(before, judged, entry)) return refusal(entry, 'record-full');",
		off: '',
		noticed: 'tests/contract/bounds-of-records.test.ts',
		test: '[R4] the entries of a record: one more is refused to its author, twice as many to its desk'
	},
	{
		guard: 'bounds: what the entries of a record leave standing',
		file: 'sync-server/judging/judge-commit.ts',
		text: '(before?.bytes ?? 0) <= times * bytesPerRecord',
		off: 'true',
		noticed: 'tests/contract/bounds-of-records.test.ts',
		test: '[R4] the bytes that stand of a record, which each of its entries writes anew'
	},
	{
		guard: 'bounds: a full record can be ended',
		file: 'sync-server/judging/judge-commit.ts',
		text: "return verdict === 'noted' || kindOf(kind)?.ends !== true;",
		off: 'return true;',
		noticed: 'tests/contract/bounds-of-records.test.ts',
		test: '[R4] a full record can be ended, once, and is restricted and erased as any other'
	},
	{
		guard: 'bounds: photos that are not whole yet',
		file: 'sync-server/media/store.ts',
		text: 'const parts = there.filter((part) => part !== grows);',
		off: 'const parts = there.filter(() => false);',
		noticed: 'tests/contract/media.test.ts',
		test: '[R4] a photo that is not whole yet counts as the largest, for whoever brings it and for all; it can be gone on with'
	},
	{
		guard: 'bounds: who asks for health at once shares one probe',
		file: 'sync-server/routes/health.ts',
		text: '(answer ??= ask()',
		off: '(answer = ask()',
		noticed: 'tests/contract/routes.test.ts',
		test: '[R4] many who ask at once cost the store one probe, and a question of metrics the sockets one look'
	},
	{
		guard: 'bounds: the frames of a socket',
		file: 'sync-server/sockets/pace.ts',
		text: 'frames <= framesPer10s',
		off: 'true',
		noticed: 'tests/contract/bounds-of-sockets.test.ts',
		test: '[R4] frames, pongs among them, and bytes of one socket'
	},
	{
		guard: 'bounds: the bytes of a socket',
		file: 'sync-server/sockets/pace.ts',
		text: 'line.bytesRead - readBefore <= bytesPer10s',
		off: 'true',
		noticed: 'tests/contract/bounds-of-sockets.test.ts',
		test: '[R4] frames, pongs among them, and bytes of one socket'
	},
	{
		guard: 'bounds: the bytes of a socket that ends no frame',
		file: 'sync-server/sockets/pace.ts',
		text: "line.on('data', () => void count(0));",
		off: '',
		noticed: 'tests/contract/bounds-of-sockets.test.ts',
		test: '[R4] bytes of one socket, of which no frame comes to an end'
	},
	{
		guard: 'bounds: the pieces of a frame',
		file: 'sync-server/sockets/sync.ts',
		text: 'maxFragments: limits.framePieces',
		off: 'maxFragments: 0',
		noticed: 'tests/contract/bounds-of-sockets.test.ts',
		test: '[R4] pieces of a frame, though they hold nothing'
	},
	{
		guard: 'bounds: what goes to many readers in one turn',
		file: 'sync-server/sockets/channels.ts',
		text: 'bytes > TURN_BYTES || ',
		off: '',
		noticed: 'tests/contract/bounds-of-sockets.test.ts',
		test: '[R4] what goes to many readers in one turn of the event loop, and all of them get all'
	},
	{
		guard: 'bounds: how many readers something little goes to in one turn',
		file: 'sync-server/sockets/channels.ts',
		text: ' || told === TURN_READERS',
		off: '',
		noticed: 'tests/contract/bounds-of-sockets.test.ts',
		test: '[R4] what is little goes to six hundred readers in one turn, and all of them get it'
	},
	{
		guard: 'bounds: how many sockets are asked in one turn whether they are there',
		file: 'sync-server/sockets/sync.ts',
		text: 'inRoundsOf(TURN_SOCKETS, ',
		off: 'inRoundsOf(Infinity, ',
		noticed: 'tests/contract/bounds-of-sockets.test.ts',
		test: '[R4] of sockets that came together a hundred are asked in one turn whether they are there'
	},
	{
		guard: 'bounds: how many sockets are told in one turn that something moved',
		file: 'sync-server/sockets/notices.ts',
		text: 'inTurnsOf(TURN_SOCKETS, ',
		off: 'inTurnsOf(Infinity, ',
		noticed: 'tests/contract/bounds-of-sockets.test.ts',
		test: '[R4] of sockets that something moved for a hundred are told in one turn, and all of them are'
	},
	{
		guard: 'bounds: an end that held nothing is read again',
		file: 'sync-server/sockets/pieces.ts',
		text: ' || held.taken === 0',
		off: '',
		noticed: 'tests/contract/pieces.test.ts',
		test: 'what is read at an end that held nothing is read again once something came'
	},
	{
		guard: 'bounds: what follows an end is read on',
		file: 'sync-server/sockets/pieces.ts',
		text: 'each.held = { ...held, isLast: false };',
		off: 'each.held = held;',
		noticed: 'tests/contract/pieces.test.ts',
		test: '[L1] who comes to what was the end goes on from there, as all who stood there do'
	},
	{
		guard: 'bounds: answers that nobody reads',
		file: 'sync-server/http/app.ts',
		text: "if (end) whenAnswered(context.get('exchange'), end);",
		off: 'end?.();',
		noticed: 'tests/contract/bounds-of-answers.test.ts',
		test: '[R4] answers that nobody reads count as requests at once, until their connection is gone'
	},
	{
		guard: 'bounds: large answers need room',
		file: 'sync-server/http/app.ts',
		text: "if (!room.take(bytes)) return comeAgain(context, 'busy');",
		off: '',
		noticed: 'tests/contract/bounds-of-answers.test.ts',
		test: '[R4] large answers need room while they are held; small ones go on'
	},
	{
		guard: 'bounds: entries judged in one turn',
		file: 'sync-server/judging/judge-commit.ts',
		text: 'await parts.turn();',
		off: '',
		noticed: 'tests/contract/bounds-of-records.test.ts',
		test: '[R4] others have their turn while many entries of one large record are judged'
	},
	{
		guard: 'bounds: the shared drafts of a socket',
		file: 'sync-server/drafts/shared-drafts.ts',
		text: 'state.channels.size >= limits.draftsPerSocket || ',
		off: '',
		noticed: 'tests/contract/draft-bounds.test.ts',
		test: 'drafts open on one socket: one more is denied, until one of them is closed'
	},
	{
		guard: 'bounds: the memory of the thread of shared drafts',
		file: 'sync-server/drafts/thread.ts',
		text: 'maxOldGenerationSizeMb: heapMb, ',
		off: '',
		noticed: 'tests/contract/draft-bounds.test.ts',
		test: 'memory of the thread: what needs more is refused, and the draft goes on'
	},
	{
		guard: 'bounds: what an update of a shared draft promises',
		file: 'sync-server/drafts/job.ts',
		text: 'Y.parseUpdateMeta(update);',
		off: '',
		noticed: 'tests/contract/draft-bounds.test.ts',
		test: 'structs that an update promises and does not hold take no room'
	},
	{
		guard: 'bounds: what waits of a device that broke the thread of shared drafts',
		file: 'sync-server/drafts/open-drafts.ts',
		text: 'batch.filter(parts.admits)',
		off: 'batch',
		noticed: 'tests/contract/draft-attacks.test.ts',
		test: 'has nothing more tried of what waits once one update took too long'
	},
	{
		guard: 'bounds: what a person takes of the thread of shared drafts',
		file: 'sync-server/drafts/shares.ts',
		text: '(spent.get(person) ?? 0) > msPerMinute',
		off: 'false',
		noticed: 'tests/contract/draft-bounds.test.ts',
		test: 'what a person may cost the thread in a minute, with whichever devices: the rest waits for the next, and nothing is lost'
	},
	{
		guard: 'bounds: the bytes of the pieces of a shared draft',
		file: 'sync-server/drafts/job.ts',
		text: 'size > MERGE_WHOLES * most || ',
		off: '',
		noticed: 'tests/contract/draft-bounds.test.ts',
		test: 'pieces of a draft are merged before their bytes are many, however little is left of them'
	},
	{
		guard: 'bounds: what a socket says on shared drafts, also in vain',
		file: 'sync-server/drafts/shared-drafts.ts',
		text: "if (isTooFast(state)) return Promise.resolve('too-fast');",
		off: '',
		noticed: 'tests/contract/draft-bounds.test.ts',
		test: 'what is said on drafts by one socket, also in vain, and who is there'
	},
	{
		guard: 'presence: a flood of it goes on in rounds',
		file: 'sync-server/sockets/presence.ts',
		text: 'const ROUND_MS = 200;',
		off: 'const ROUND_MS = 1;',
		noticed: 'tests/contract/draft-bounds.test.ts',
		test: 'who is there is told in rounds, the newest at last'
	},
	{
		guard: 'permission: it is looked up again of whose duty changed',
		file: 'sync-server/judging/directory.ts',
		text: "if (row?.family === 'duty') touched.set(row.person, version);",
		off: '',
		noticed: 'tests/contract/sync.test.ts',
		test: '[R5] a duty that ends closes its channels before anything more is sent'
	},
	{
		guard: 'permission: and of who acts where the tree has changed, not of everybody',
		file: 'sync-server/judging/directory.ts',
		text: 'standing(before, org) !== standing(after, org)',
		off: 'true',
		noticed: 'tests/contract/permission.test.ts',
		test: 'another name of an organisation is nobody’s, a new one is theirs who act above it'
	},
	{
		guard: 'presence: a client id belongs to who used it first, at whichever relay',
		file: 'sync-server/sockets/presence.ts',
		text: 'if (before && !isOwn && !isMoving(before, person, clock)) continue;',
		off: '',
		noticed: 'tests/contract/postgres/presence.test.ts',
		test: '[R3] who speaks as a client of somebody at another relay is not heard'
	},
	{
		guard: 'presence: whose relay died is gone',
		file: 'sync-server/sockets/presence.ts',
		text: 'heardAt < since',
		off: 'heardAt < since - 1e9',
		noticed: 'tests/contract/postgres/presence.test.ts',
		test: '[R3] whose relay was killed is gone once the time is over, unless it came back at another'
	},
	{
		guard: 'presence: other relays hear a flood in a few calls',
		file: 'sync-server/sockets/elsewhere.ts',
		text: 'const ROUND_MS = 200;',
		off: 'const ROUND_MS = 5;',
		noticed: 'tests/contract/postgres/presence.test.ts',
		test: '[R4] a flood of presence goes on in a few calls, and others are heard meanwhile'
	},
	{
		guard: 'presence: nobody has many states waiting for other relays',
		file: 'sync-server/sockets/elsewhere.ts',
		text: 'if (isTooMuch || ',
		off: 'if (',
		noticed: 'tests/contract/postgres/presence.test.ts',
		test: '[R4] in a call each person has a turn, the newest of a client alone, and nobody has many waiting'
	},
	{
		guard: 'bounds: connections of who asked ahead on too many',
		file: 'sync-server/http/connections.ts',
		text: 'if (!isProxy) void turnAway',
		off: 'if (socket.destroyed) void turnAway',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] who asked ahead on too many connections has the next closed before anything of it is read'
	},
	{
		guard: 'bounds: ledgers that a device asks about',
		file: 'sync-server/routes/scope.ts',
		text: 'await parts.rates.askedAbout(device, Math.max(named.length, Object.keys(hold).length));',
		off: '',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] each hundred ledgers that a device asks about costs it one request more'
	},
	{
		guard: 'bounds: sessions of one device in a shared draft',
		file: 'sync-server/drafts/job.ts',
		text: 'own.length > MOST_OF_ONE || ',
		off: '',
		noticed: 'tests/contract/draft-attacks.test.ts',
		test: 'cannot take up all the sessions that may write in a draft'
	},
	{
		guard: 'bounds: bodies that are no JSON',
		file: 'sync-server/http/bodies.ts',
		text: "if (json === undefined) await context.get('unreadable')?.();",
		off: '',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] a body that is no JSON counts as twenty requests of its device'
	},
	{
		guard: 'bounds: requests of one connection before their answers',
		file: 'sync-server/http/connections.ts',
		text: 'waiting >= unansweredPerConnection',
		off: 'false',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] requests of one connection that wait for their answers: one more closes it, unanswered'
	},
	{
		guard: 'bounds: files, and whatever else is asked beside the doors',
		file: 'sync-server/http/app.ts',
		text: 'await rates.files(addressOf(context))',
		off: '0',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] the rate of an address that asks for files, those that are not there too, apart from doors'
	},
	{
		guard: 'bounds: health, of a relay that is only alive too',
		file: 'sync-server/routes/health.ts',
		text: 'await rates.health(addressOf(context))',
		off: '0',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] the rate of an address that asks for health, apart from what it asks at other doors'
	},
	{
		guard: 'outages: one is told once, however many meet it',
		file: 'sync-server/operations/outages.ts',
		text: 'if (known === undefined) begin(code, cause);',
		off: 'if (true) begin(code, cause);',
		noticed: 'tests/contract/outages.test.ts',
		test: '[R4] an outage is told once when it begins, and once when it is over, with how many met it'
	},
	{
		guard: 'outages: readers who wait say nothing of their own',
		file: 'sync-server/relay.ts',
		text: 'if (!outages.meets(cause)) log.error(codeOf(cause), said);',
		off: 'log.error(codeOf(cause), said);',
		noticed: 'tests/contract/postgres/outages.test.ts',
		test: '[R4] readers who wait for it and all who ask are told of once, by a name of its own'
	},
	{
		guard: 'outages: a full disk under the photos is none of the relay’s own faults',
		file: 'sync-server/operations/outages.ts',
		text: 'DISK_CODES.has(String(cause.code))',
		off: 'false',
		noticed: 'tests/contract/outages.test.ts',
		test: '[R8] photos that their disk cannot take are put off, and brought again once it can'
	},
	{
		guard: 'erasure: a file that was forgotten goes, though its relay was killed',
		file: 'sync-server/media/sweep.ts',
		text: 'upload !== null ||',
		off: '',
		noticed: 'tests/contract/sweeping.test.ts',
		test: '[A4] of a photo that was forgotten no file outlives the next start, though its relay was killed in between'
	}
];
