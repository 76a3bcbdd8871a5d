/** Guards of shared drafts: who writes in them, how much, and what it may cost. */
import type { Guard } from './guard.ts';

export const guardsOfDrafts: readonly Guard[] = [
	{
		name: 'bounds: the shared drafts of a socket',
		file: 'sync-server/drafts/shared-drafts.ts',
		find: 'state.channels.size >= limits.draftsPerSocket || ',
		replaceWith: '',
		testFile: 'tests/contract/draft-bounds.test.ts',
		testName: 'drafts open on one socket: one more is denied, until one of them is closed'
	},
	{
		name: 'bounds: the memory of the thread of shared drafts',
		file: 'sync-server/drafts/thread.ts',
		find: 'maxOldGenerationSizeMb: heapMb, ',
		replaceWith: '',
		testFile: 'tests/contract/draft-bounds.test.ts',
		testName: 'memory of the thread: what needs more is refused, and the draft goes on'
	},
	{
		name: 'bounds: what an update of a shared draft promises',
		file: 'sync-server/drafts/job.ts',
		find: 'Y.parseUpdateMeta(update);',
		replaceWith: '',
		testFile: 'tests/contract/draft-bounds.test.ts',
		testName: 'structs that an update promises and does not hold take no room'
	},
	{
		name: 'bounds: what waits of a device that broke the thread of shared drafts',
		file: 'sync-server/drafts/open-drafts.ts',
		find: 'batch.filter(parts.admits)',
		replaceWith: 'batch',
		testFile: 'tests/contract/draft-attacks.test.ts',
		testName: 'has nothing more tried of what waits once one update took too long'
	},
	{
		name: 'bounds: what a person takes of the thread of shared drafts',
		file: 'sync-server/drafts/shares.ts',
		find: '(spent.get(person) ?? 0) > msPerMinute',
		replaceWith: 'false',
		testFile: 'tests/contract/draft-bounds.test.ts',
		testName:
			'what a person may cost the thread in a minute, with whichever devices: the rest waits for the next, and nothing is lost'
	},
	{
		name: 'bounds: the bytes of the pieces of a shared draft',
		file: 'sync-server/drafts/job.ts',
		find: 'size > MERGE_WHOLES * most || ',
		replaceWith: '',
		testFile: 'tests/contract/draft-bounds.test.ts',
		testName:
			'pieces of a draft are merged before their bytes are many, however little is left of them'
	},
	{
		name: 'bounds: what a socket says on shared drafts, also in vain',
		file: 'sync-server/drafts/shared-drafts.ts',
		find: "if (isTooFast(state)) return Promise.resolve('too-fast');",
		replaceWith: '',
		testFile: 'tests/contract/draft-bounds.test.ts',
		testName: 'what is said on drafts by one socket, also in vain, and who is there'
	},
	{
		name: 'bounds: sessions of one device in a shared draft',
		file: 'sync-server/drafts/job.ts',
		find: 'own.length > MOST_OF_ONE || ',
		replaceWith: '',
		testFile: 'tests/contract/draft-attacks.test.ts',
		testName: 'cannot take up all the sessions that may write in a draft'
	}
];
