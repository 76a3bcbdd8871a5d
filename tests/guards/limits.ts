/** Guards of the rows of `sync-server/limits.ts` that `guards-of-bounds.mjs` does not name. */
import type { Guard } from './guard.ts';

export const guardsOfLimits: readonly Guard[] = [
	{
		name: 'bounds: what waits of a ledger for who takes nothing',
		file: 'sync-server/sockets/channels.ts',
		find: 'if (!isAtStart || !hasRoom || !isWhole)',
		replaceWith: 'if (!isAtStart || !isWhole)',
		testFile: 'tests/contract/slow-readers.test.ts',
		testName:
			'[R4] of a ledger that goes on no more waits than the bound, and all of it comes in the end'
	},
	{
		name: 'bounds: what moved is told once to who takes nothing',
		file: 'sync-server/sockets/notices.ts',
		find: ' || listener.ws.bufferedAmount > waitingBytes / 2',
		replaceWith: '',
		testFile: 'tests/contract/slow-readers.test.ts',
		testName: '[R4] of what moved meanwhile it is told once, when there is room'
	},
	{
		name: 'bounds: what waits of a shared draft for who takes nothing',
		file: 'sync-server/drafts/draft-channel.ts',
		find: 'if (ws.bufferedAmount + message.length > waitingBytes) return fallBehind(channel);',
		replaceWith: '',
		testFile: 'tests/contract/slow-readers.test.ts',
		testName:
			'[R4] of a shared draft nothing waits for who holds too much, and the whole comes with the room'
	},
	{
		name: 'bounds: who asks and takes nothing is dropped',
		file: 'sync-server/sockets/sync.ts',
		find: 'ws.bufferedAmount > limits.waitingBytes',
		replaceWith: 'false',
		testFile: 'tests/contract/bounds-of-sockets.test.ts',
		testName: '[R4] a socket that asks and asks but reads nothing is dropped, and may come back'
	},
	{
		name: 'bounds: what waits of a socket to be worked on',
		file: 'sync-server/drafts/shared-drafts.ts',
		find: "if (channel.state.waiting + bytesOf(asked) > limits.waitingBytes) return 'too-fast';",
		replaceWith: '',
		testFile: 'tests/contract/draft-bounds.test.ts',
		testName: 'bytes of one socket that wait to be worked on'
	},
	{
		name: 'bounds: a kibibyte of presence',
		file: 'sync-server/sockets/presence.ts',
		find: 'update.length > AWARENESS_BYTES',
		replaceWith: 'false',
		testFile: 'tests/contract/draft-bounds.test.ts',
		testName: 'who is there is told in a kibibyte, and nothing of more'
	},
	{
		name: 'bounds: what is given back to a restored store',
		file: 'sync-server/routes/offer.ts',
		find: 'await rates.entries(session.device, elements.length)',
		replaceWith: '0',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] what a device gives back to a restored store counts among its entries'
	},
	{
		name: 'bounds: connections',
		file: 'sync-server/http/connections.ts',
		find: 'all > connections',
		replaceWith: 'false',
		testFile: 'tests/contract/bounds.test.ts',
		testName:
			'[R4] connections: one more is told when to come back, and finds room when one has gone'
	},
	{
		name: 'bounds: connections of an address',
		file: 'sync-server/http/connections.ts',
		find: 'own >= connectionsPerAddress && !isProxy',
		replaceWith: 'false',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] connections of one address, but not of a proxy, which speaks for many'
	},
	{
		name: 'bounds: the head of a request',
		file: 'sync-server/relay.ts',
		find: 'maxHeaderSize: limits.headerBytes,',
		replaceWith: '',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] what may come, and how long it may take, before anybody is known'
	},
	{
		name: 'bounds: how long a head may take',
		file: 'sync-server/relay.ts',
		find: 'headersTimeout: limits.headersMs,',
		replaceWith: '',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] what may come, and how long it may take, before anybody is known'
	},
	{
		name: 'bounds: how long a request may take',
		file: 'sync-server/relay.ts',
		find: 'requestTimeout: limits.requestMs,',
		replaceWith: '',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] what may come, and how long it may take, before anybody is known'
	},
	{
		name: 'bounds: a body of a stranger',
		file: 'sync-server/http/app.ts',
		find: "context.set('bodyBytes', limits.openBodyBytes);",
		replaceWith: "context.set('bodyBytes', limits.bodyBytes);",
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] a body, of a stranger and of a device'
	},
	{
		name: 'bounds: the body of a founding',
		file: 'sync-server/routes/found.ts',
		find: "context.set('bodyBytes', limits.foundBodyBytes);",
		replaceWith: "context.set('bodyBytes', 2 * limits.foundBodyBytes);",
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] a body, of a stranger and of a device'
	},
	{
		name: 'bounds: requests of an address',
		file: 'sync-server/http/app.ts',
		find: 'await rates.open(addressOf(context))',
		replaceWith: '0',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] the rate of an address, at doors and at guessing'
	},
	{
		name: 'bounds: sockets among the requests of an address',
		file: 'sync-server/sockets/admit.ts',
		find: 'await rates.open(askerOf(request, trustedProxies))',
		replaceWith: '0',
		testFile: 'tests/contract/bounds-of-sockets.test.ts',
		testName: '[R4] sockets count among the requests of an address'
	},
	{
		name: 'bounds: guesses of an address',
		file: 'sync-server/routes/enrol.ts',
		find: 'await rates.openingFailed(addressOf(context));',
		replaceWith: '',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] the rate of an address, at doors and at guessing'
	},
	{
		name: 'bounds: how long an answer may be read',
		file: 'sync-server/http/app.ts',
		find: 'closeUnread(exchange, limits.answerMs);',
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-answers.test.ts',
		testName: '[R4] an answer that is read crumb by crumb is cut off in the end'
	},
	{
		name: 'bounds: the nesting of a body',
		file: 'sync-server/http/bodies.ts',
		find: "if (depth > jsonDepth) return 'nested too deep';",
		replaceWith: '',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] [E6] a body nested deeper than the bound is not parsed, whatever its texts hold'
	},
	{
		name: 'bounds: requests of a device',
		file: 'sync-server/http/app.ts',
		find: 'await rates.request(session.device)',
		replaceWith: '0',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] the rate of a device: requests, requests at once, entries'
	},
	{
		name: 'bounds: requests of a device at once',
		file: 'sync-server/http/rates.ts',
		find: 'if (now >= limits.requestsAtOnce) return null;',
		replaceWith: '',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] the rate of a device: requests, requests at once, entries'
	},
	{
		name: 'bounds: the entries of a hand-in',
		file: 'sync-server/routes/entries.ts',
		find: 'entries.length > parts.limits.batchEntries',
		replaceWith: 'false',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] the rate of a device: requests, requests at once, entries'
	},
	{
		name: 'bounds: entries of a device',
		file: 'sync-server/routes/entries.ts',
		find: 'await rates.entries(session.device, entries.length)',
		replaceWith: '0',
		testFile: 'tests/contract/bounds.test.ts',
		testName: '[R4] the rate of a device: requests, requests at once, entries'
	},
	{
		name: 'bounds: a piece of a photo',
		file: 'sync-server/routes/media.ts',
		find: "context.set('bodyBytes', limits.mediaPieceBytes);",
		replaceWith: '',
		testFile: 'tests/contract/media.test.ts',
		testName: '[R4] sizes, ranges and a device are held to their bounds'
	},
	{
		name: 'bounds: photos in a day',
		file: 'sync-server/routes/media.ts',
		find: 'if (brought + range.total > limits.mediaBytesPerDay)',
		replaceWith: 'if (false)',
		testFile: 'tests/contract/media.test.ts',
		testName: '[R4] sizes, ranges and a device are held to their bounds'
	},
	{
		name: 'bounds: all photos',
		file: 'sync-server/routes/media.ts',
		find: 'size < limits.mediaBytes',
		replaceWith: 'true',
		testFile: 'tests/contract/media.test.ts',
		testName: '[R4] sizes, ranges and a device are held to their bounds'
	},
	{
		name: 'bounds: what photos leave free',
		file: 'sync-server/routes/media.ts',
		find: 'bavail * bsize > limits.freeBytes',
		replaceWith: 'true',
		testFile: 'tests/contract/media.test.ts',
		testName: '[R4] sizes, ranges and a device are held to their bounds'
	},
	{
		name: 'bounds: sockets',
		file: 'sync-server/sockets/sync.ts',
		find: 'sockets.size >= limits.sockets',
		replaceWith: 'false',
		testFile: 'tests/contract/sync.test.ts',
		testName: 'for which there is no room is told when to knock again'
	},
	{
		name: 'bounds: sockets of a device',
		file: 'sync-server/sockets/sync.ts',
		find: 'makeRoom(own, limits.socketsPerDevice, REPLACED);',
		replaceWith: '',
		testFile: 'tests/contract/bounds-of-sockets.test.ts',
		testName: '[R4] sockets of a device, though it will not hear that they are closed'
	},
	{
		name: 'bounds: ledgers on a socket',
		file: 'sync-server/sockets/sync.ts',
		find: 'socket.channels.size >= limits.channelsPerSocket',
		replaceWith: 'false',
		testFile: 'tests/contract/bounds-of-sockets.test.ts',
		testName: '[R4] ledgers open on one socket'
	},
	{
		name: 'bounds: the bytes of a frame',
		file: 'sync-server/sockets/sync.ts',
		find: 'maxPayload: limits.frameBytes',
		replaceWith: 'maxPayload: 0',
		testFile: 'tests/contract/sync.test.ts',
		testName: 'that sends too much at once or too large a frame is closed'
	},
	{
		name: 'bounds: the bytes of a shared draft',
		file: 'sync-server/drafts/job.ts',
		find: 'isUnsure && Y.encodeStateAsUpdate(doc).length > most',
		replaceWith: 'false',
		testFile: 'tests/contract/draft-attacks.test.ts',
		testName: 'cannot make a draft larger than one frame'
	},
	{
		name: 'bounds: the time of work on a shared draft',
		file: 'sync-server/drafts/thread.ts',
		find: 'if (spent >= budgetMs) discard(busy);',
		replaceWith: 'if (false) discard(busy);',
		testFile: 'tests/contract/draft-attacks.test.ts',
		testName:
			'whose update takes too long ends its thread, not the draft, and is barred for a while'
	},
	{
		name: 'bounds: a socket that is silent',
		file: 'sync-server/sockets/sync.ts',
		find: 'if (socket.heardAt < socket.saidAt) return socket.ws.terminate();',
		replaceWith: '',
		testFile: 'tests/contract/sync.test.ts',
		testName: 'that is silent to a ping is dropped, one that answers is not'
	}
];
