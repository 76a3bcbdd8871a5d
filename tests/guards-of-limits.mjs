/**
 * Guards of the rows of `sync-server/limits.ts` that `guards-of-bounds.mjs` does not name, as `guards.mjs` has them.
 * @type {{ guard: string, file: string, text: string, off: string, noticed: string, test: string }[]}
 */
export const guardsOfLimits = [
	{
		guard: 'bounds: what waits of a ledger for who takes nothing',
		file: 'sync-server/sockets/channels.ts',
		text: 'if (!isAtStart || !hasRoom || !isWhole)',
		off: 'if (!isAtStart || !isWhole)',
		noticed: 'tests/contract/slow-readers.test.ts',
		test: '[R4] of a ledger that goes on no more waits than the bound, and all of it comes in the end'
	},
	{
		guard: 'bounds: what moved is told once to who takes nothing',
		file: 'sync-server/sockets/notices.ts',
		text: ' || listener.ws.bufferedAmount > waitingBytes / 2',
		off: '',
		noticed: 'tests/contract/slow-readers.test.ts',
		test: '[R4] of what moved meanwhile it is told once, when there is room'
	},
	{
		guard: 'bounds: what waits of a shared draft for who takes nothing',
		file: 'sync-server/drafts/draft-channel.ts',
		text: 'if (ws.bufferedAmount + message.length > waitingBytes) return fallBehind(channel);',
		off: '',
		noticed: 'tests/contract/slow-readers.test.ts',
		test: '[R4] of a shared draft nothing waits for who holds too much, and the whole comes with the room'
	},
	{
		guard: 'bounds: who asks and takes nothing is dropped',
		file: 'sync-server/sockets/sync.ts',
		text: 'ws.bufferedAmount > limits.waitingBytes',
		off: 'false',
		noticed: 'tests/contract/bounds-of-sockets.test.ts',
		test: '[R4] a socket that asks and asks but reads nothing is dropped, and may come back'
	},
	{
		guard: 'bounds: what waits of a socket to be worked on',
		file: 'sync-server/drafts/shared-drafts.ts',
		text: "if (channel.state.waiting + bytesOf(asked) > limits.waitingBytes) return 'too-fast';",
		off: '',
		noticed: 'tests/contract/draft-bounds.test.ts',
		test: 'bytes of one socket that wait to be worked on'
	},
	{
		guard: 'bounds: a kibibyte of presence',
		file: 'sync-server/sockets/presence.ts',
		text: 'update.length > AWARENESS_BYTES',
		off: 'false',
		noticed: 'tests/contract/draft-bounds.test.ts',
		test: 'who is there is told in a kibibyte, and nothing of more'
	},
	{
		guard: 'bounds: what is given back to a restored store',
		file: 'sync-server/routes/offer.ts',
		text: 'await rates.entries(session.device, elements.length)',
		off: '0',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] what a device gives back to a restored store counts among its entries'
	},
	{
		guard: 'bounds: connections',
		file: 'sync-server/http/connections.ts',
		text: 'all > connections',
		off: 'false',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] connections: one more is told when to come back, and finds room when one has gone'
	},
	{
		guard: 'bounds: connections of an address',
		file: 'sync-server/http/connections.ts',
		text: 'own >= connectionsPerAddress && !isProxy',
		off: 'false',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] connections of one address, but not of a proxy, which speaks for many'
	},
	{
		guard: 'bounds: the head of a request',
		file: 'sync-server/relay.ts',
		text: 'maxHeaderSize: limits.headerBytes,',
		off: '',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] what may come, and how long it may take, before anybody is known'
	},
	{
		guard: 'bounds: how long a head may take',
		file: 'sync-server/relay.ts',
		text: 'headersTimeout: limits.headersMs,',
		off: '',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] what may come, and how long it may take, before anybody is known'
	},
	{
		guard: 'bounds: how long a request may take',
		file: 'sync-server/relay.ts',
		text: 'requestTimeout: limits.requestMs,',
		off: '',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] what may come, and how long it may take, before anybody is known'
	},
	{
		guard: 'bounds: a body of a stranger',
		file: 'sync-server/http/app.ts',
		text: "context.set('bodyBytes', limits.openBodyBytes);",
		off: "context.set('bodyBytes', limits.bodyBytes);",
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] a body, of a stranger and of a device'
	},
	{
		guard: 'bounds: the body of a founding',
		file: 'sync-server/routes/found.ts',
		text: "context.set('bodyBytes', limits.foundBodyBytes);",
		off: "context.set('bodyBytes', 2 * limits.foundBodyBytes);",
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] a body, of a stranger and of a device'
	},
	{
		guard: 'bounds: requests of an address',
		file: 'sync-server/http/app.ts',
		text: 'await rates.open(addressOf(context))',
		off: '0',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] the rate of an address, at doors and at guessing'
	},
	{
		guard: 'bounds: sockets among the requests of an address',
		file: 'sync-server/sockets/admit.ts',
		text: 'await rates.open(askerOf(request, trustedProxies))',
		off: '0',
		noticed: 'tests/contract/bounds-of-sockets.test.ts',
		test: '[R4] sockets count among the requests of an address'
	},
	{
		guard: 'bounds: guesses of an address',
		file: 'sync-server/routes/enrol.ts',
		text: 'await rates.openingFailed(addressOf(context));',
		off: '',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] the rate of an address, at doors and at guessing'
	},
	{
		guard: 'bounds: how long an answer may be read',
		file: 'sync-server/http/app.ts',
		text: 'closeUnread(exchange, limits.answerMs);',
		off: '',
		noticed: 'tests/contract/bounds-of-answers.test.ts',
		test: '[R4] an answer that is read crumb by crumb is cut off in the end'
	},
	{
		guard: 'bounds: the nesting of a body',
		file: 'sync-server/http/bodies.ts',
		text: "if (depth > jsonDepth) return 'nested too deep';",
		off: '',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] [E6] a body nested deeper than the bound is not parsed, whatever its texts hold'
	},
	{
		guard: 'bounds: requests of a device',
		file: 'sync-server/http/app.ts',
		text: 'await rates.request(session.device)',
		off: '0',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] the rate of a device: requests, requests at once, entries'
	},
	{
		guard: 'bounds: requests of a device at once',
		file: 'sync-server/http/rates.ts',
		text: 'if (now >= limits.requestsAtOnce) return null;',
		off: '',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] the rate of a device: requests, requests at once, entries'
	},
	{
		guard: 'bounds: the entries of a hand-in',
		file: 'sync-server/routes/entries.ts',
		text: 'entries.length > parts.limits.batchEntries',
		off: 'false',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] the rate of a device: requests, requests at once, entries'
	},
	{
		guard: 'bounds: entries of a device',
		file: 'sync-server/routes/entries.ts',
		text: 'await rates.entries(session.device, entries.length)',
		off: '0',
		noticed: 'tests/contract/bounds.test.ts',
		test: '[R4] the rate of a device: requests, requests at once, entries'
	},
	{
		guard: 'bounds: a piece of a photo',
		file: 'sync-server/routes/media.ts',
		text: "context.set('bodyBytes', limits.mediaPieceBytes);",
		off: '',
		noticed: 'tests/contract/media.test.ts',
		test: '[R4] sizes, ranges and a device are held to their bounds'
	},
	{
		guard: 'bounds: photos in a day',
		file: 'sync-server/routes/media.ts',
		text: 'if (brought + range.total > limits.mediaBytesPerDay)',
		off: 'if (false)',
		noticed: 'tests/contract/media.test.ts',
		test: '[R4] sizes, ranges and a device are held to their bounds'
	},
	{
		guard: 'bounds: all photos',
		file: 'sync-server/routes/media.ts',
		text: 'size < limits.mediaBytes',
		off: 'true',
		noticed: 'tests/contract/media.test.ts',
		test: '[R4] sizes, ranges and a device are held to their bounds'
	},
	{
		guard: 'bounds: what photos leave free',
		file: 'sync-server/routes/media.ts',
		text: 'bavail * bsize > limits.freeBytes',
		off: 'true',
		noticed: 'tests/contract/media.test.ts',
		test: '[R4] sizes, ranges and a device are held to their bounds'
	},
	{
		guard: 'bounds: sockets',
		file: 'sync-server/sockets/sync.ts',
		text: 'sockets.size >= limits.sockets',
		off: 'false',
		noticed: 'tests/contract/sync.test.ts',
		test: 'for which there is no room is told when to knock again'
	},
	{
		guard: 'bounds: sockets of a device',
		file: 'sync-server/sockets/sync.ts',
		text: 'makeRoom(own, limits.socketsPerDevice, REPLACED);',
		off: '',
		noticed: 'tests/contract/bounds-of-sockets.test.ts',
		test: '[R4] sockets of a device, though it will not hear that they are closed'
	},
	{
		guard: 'bounds: ledgers on a socket',
		file: 'sync-server/sockets/sync.ts',
		text: 'socket.channels.size >= limits.channelsPerSocket',
		off: 'false',
		noticed: 'tests/contract/bounds-of-sockets.test.ts',
		test: '[R4] ledgers open on one socket'
	},
	{
		guard: 'bounds: the bytes of a frame',
		file: 'sync-server/sockets/sync.ts',
		text: 'maxPayload: limits.frameBytes',
		off: 'maxPayload: 0',
		noticed: 'tests/contract/sync.test.ts',
		test: 'that sends too much at once or too large a frame is closed'
	},
	{
		guard: 'bounds: the bytes of a shared draft',
		file: 'sync-server/drafts/job.ts',
		text: 'isUnsure && Y.encodeStateAsUpdate(doc).length > most',
		off: 'false',
		noticed: 'tests/contract/draft-attacks.test.ts',
		test: 'cannot make a draft larger than one frame'
	},
	{
		guard: 'bounds: the time of work on a shared draft',
		file: 'sync-server/drafts/thread.ts',
		text: 'if (spent >= budgetMs) discard(busy);',
		off: 'if (false) discard(busy);',
		noticed: 'tests/contract/draft-attacks.test.ts',
		test: 'whose update takes too long ends its thread, not the draft, and is barred for a while'
	},
	{
		guard: 'bounds: a socket that is silent',
		file: 'sync-server/sockets/sync.ts',
		text: 'if (socket.heardAt < socket.saidAt) return socket.ws.terminate();',
		off: '',
		noticed: 'tests/contract/sync.test.ts',
		test: 'that is silent to a ping is dropped, one that answers is not'
	}
];
