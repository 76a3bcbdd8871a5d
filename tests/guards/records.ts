/** Guards of what is recorded: durability, order, who says and who reads it, how long it is kept. */
import type { Guard } from './guard.ts';

export const guardsOfRecords: readonly Guard[] = [
	{
		name: 'clock: a demand changes hands on the planned day, not before',
		file: 'src/domain/kinds/demand-planning.ts',
		find: "if (from > dayOf(stamp.receivedAt)) return { noted: 'contradiction' };",
		replaceWith: '',
		testFile: 'tests/unit/domain/demand-planning.test.ts',
		testName: 'until then the next one reads nothing of it'
	},
	{
		name: 'fsync: a commit is on the disk before it is answered',
		file: 'sync-server/store/sqlite.ts',
		find: 'PRAGMA synchronous = FULL',
		replaceWith: 'PRAGMA synchronous = OFF',
		testFile: 'tests/contract/durability.test.ts',
		testName: '[R1] every commit is on the disk before it is answered'
	},
	{
		name: 'fsync: what COMMIT did is asked of PostgreSQL where it did not answer in time',
		file: 'sync-server/store/postgres.ts',
		find: 'return settle(pool, committing, new Unavailable(cause));',
		replaceWith: 'return { cause };',
		testFile: 'tests/contract/postgres/commits.test.ts',
		testName: '[R1] a COMMIT that outlasts the patience of its relay is told as what it was'
	},
	{
		name: 'fsync: PostgreSQL answers a commit once it is on the disk',
		file: 'sync-server/store/postgres.ts',
		find: '-c synchronous_commit=on',
		replaceWith: '-c jit=off',
		testFile: 'tests/contract/postgres/commits.test.ts',
		testName: '[R1] COMMIT answers once it is on the disk, whatever the database is set to'
	},
	{
		name: 'uniqueness: a text is judged once',
		file: 'sync-server/judging/judge-commit.ts',
		find: 'before.some((answer) => answer !== null)',
		replaceWith: 'before.some(() => false)',
		testFile: 'tests/contract/entries.test.ts',
		testName: 'and text again gives the first receipt again, and nothing new'
	},
	{
		name: 'signature: a text is its signed one',
		file: 'sync-server/judging/verify.ts',
		find: '!(await isSignedByAside(keyOf(device.publicKey), signed))',
		replaceWith: 'false',
		testFile: 'tests/contract/entries.test.ts',
		testName: 'with one bit of any signed field changed is refused'
	},
	{
		name: 'audience: a ledger is sent to its readers alone',
		file: 'sync-server/sockets/sync.ts',
		find: '&& isReadable(socket.prefixes, ledger)',
		replaceWith: '',
		testFile: 'tests/contract/sync.test.ts',
		testName: 'a foreign, unknown or old-epoch channel is denied, and the socket goes on'
	},
	{
		name: 'audience: a ledger is read as JSON by its readers alone',
		file: 'sync-server/routes/ledgers.ts',
		find: ' || !isReadable(prefixes, ledger)',
		replaceWith: '',
		testFile: 'tests/contract/routes.test.ts',
		testName: 'of nobody, of others or asked for wrongly is refused'
	},
	{
		name: 'audience: a photo is read by who reads a record that names it',
		file: 'sync-server/media/store.ts',
		find: 'some((ledger) => isReadable(prefixes, ledger))',
		replaceWith: 'some(() => true)',
		testFile: 'tests/contract/media.test.ts',
		testName: '[R8] a photo is read by who reads a ledger that names it, and by nobody else'
	},
	{
		name: 'audience: a shared draft is opened by who reads its record',
		file: 'sync-server/drafts/shared-drafts.ts',
		find: 'some((ledger) => isReadable(prefixes, ledger))',
		replaceWith: 'some(() => true)',
		testFile: 'tests/contract/shared-drafts.test.ts',
		testName: '[A2] is opened by nobody who may not read the desk'
	},
	{
		name: 'jitter: devices do not come back together',
		file: 'src/lib/sync/back-off.ts',
		find: 'Math.round(ceiling * random())',
		replaceWith: 'Math.round(ceiling)',
		testFile: 'tests/unit/app/coming-back.test.ts',
		testName:
			'[R4] of 500 sockets that a relay loses at once, few are opened again in the same second'
	},
	{
		name: 'epoch: nothing is stored in a database that went back',
		file: 'sync-server/judging/deliver.ts',
		find: 'if (!isSure) throw new WentBack();',
		replaceWith: '',
		testFile: 'tests/contract/postgres/went-back.test.ts',
		testName: '[R6] nothing is stored where a transaction is not sure of its store'
	},
	{
		name: 'epoch: a database that went back is noticed by whoever only listens',
		file: 'sync-server/store/postgres-news.ts',
		find: 'if (!(await isSure())) return;',
		replaceWith: '',
		testFile: 'tests/contract/postgres/went-back.test.ts',
		testName: '[R6] relays that nobody asks notice it too, and go on in one epoch'
	},
	{
		name: 'disk: a full one is answered as such, and not as a fault',
		file: 'sync-server/http/app.ts',
		find: 'return problem(context, outage ?? ',
		replaceWith: 'return problem(context, null ?? ',
		testFile: 'tests/contract/durability.test.ts',
		testName: '[R1] a full disk: no receipt, a clear code, nothing half written, and it recovers'
	},
	{
		name: 'disk: what it cannot take is not put off as an entry that cannot be judged',
		file: 'sync-server/judging/judge-commit.ts',
		find: 'if (parts.isUnwritable(cause)) throw cause;',
		replaceWith: '',
		testFile: 'tests/contract/durability.test.ts',
		testName: '[R1] a full disk: no receipt, a clear code, nothing half written, and it recovers'
	},
	{
		name: 'disk: a relay with too little room is not ready',
		file: 'src/domain/operations.ts',
		find: 'return freeShare < LEAST_FREE_SHARE;',
		replaceWith: 'return freeShare < 0;',
		testFile: 'tests/contract/routes.test.ts',
		testName:
			'a relay says that it is not ready, and why: no room on the disk, a store that takes nothing'
	},
	{
		name: 'drain: a balancer hears that a relay is stopping',
		file: 'sync-server/relay.ts',
		find: ' && !isDraining',
		replaceWith: '',
		testFile: 'tests/contract/routes.test.ts',
		testName:
			'a relay that is told to stop says so to a balancer first, and serves until that has seen it'
	},
	{
		name: 'drain: and the relay serves until then',
		file: 'sync-server/serve.ts',
		find: 'await relay.drain();',
		replaceWith: '',
		testFile: 'tests/contract/routes.test.ts',
		testName:
			'a relay that is told to stop says so to a balancer first, and serves until that has seen it'
	},
	{
		name: 'revocation: a device that one relay takes out of use is closed at another',
		file: 'sync-server/relay.ts',
		find: 'for (const device of news.devices) sync.closeDevice(device);',
		replaceWith: '',
		testFile: 'tests/contract/postgres/revoked.test.ts',
		testName: '[R5] a socket at a relay that is woken is closed within two seconds'
	},
	{
		name: 'clock: what failed when the day turned is tried again',
		file: 'sync-server/judging/clock.ts',
		find: 'if (begunOn === today) left = work;',
		replaceWith: '',
		testFile: 'tests/contract/clock.test.ts',
		testName: '[F4] what fails when the day turns is reported, and tried again in the next minute'
	},
	{
		name: 'clock: what cannot be judged is said again within the day',
		file: 'sync-server/judging/clock.ts',
		find: 'if (later.length > 0) putOff =',
		replaceWith: 'if (false) putOff =',
		testFile: 'tests/contract/clock.test.ts',
		testName: '[F4] what the relay cannot judge is said again within the day, without another walk'
	},
	{
		name: 'erasure: a record is read in pages, and others have their turn',
		file: 'sync-server/ledgers/write-elements.ts',
		find: 'await turn();',
		replaceWith: '',
		testFile: 'tests/contract/erasing.test.ts',
		testName:
			'[A4] a record is erased however many entries it has, and others have their turn meanwhile'
	},
	{
		name: 'news: the first look tells what there is',
		file: 'sync-server/store/postgres-news.ts',
		find: 'if (ledgers.length',
		replaceWith: 'if (upTo > 0 && ledgers.length',
		testFile: 'tests/contract/postgres/directory.test.ts',
		testName: '[R5] what was written before a relay first looked for news is heard by that look'
	},
	{
		name: 'news: what could not be taken in is told',
		file: 'sync-server/store/postgres-news.ts',
		find: 'if (!isFailing && !isOver) onBroken(cause);',
		replaceWith: '',
		testFile: 'tests/contract/postgres/nodes.test.ts',
		testName: '[R2] what one could not take in is told to it again'
	},
	{
		name: 'news: one draft that cannot be read keeps none from the others',
		file: 'sync-server/drafts/shared-drafts.ts',
		find: 'else await catchUp(draft, last);',
		replaceWith: 'else await atWork.catchUp(room, last);',
		testFile: 'tests/contract/postgres/shared-drafts.test.ts',
		testName:
			'where one draft cannot be read, the others are told all the same, and it is once it can be'
	},
	{
		name: 'erasure: what is deleted is overwritten',
		file: 'sync-server/store/sqlite.ts',
		find: 'PRAGMA secure_delete = ON',
		replaceWith: 'PRAGMA secure_delete = OFF',
		testFile: 'tests/contract/erasing.test.ts',
		testName:
			'[A4] no file of the store holds what was erased, from its commit on; the audit finds all whole'
	},
	{
		name: 'erasure: the log of the store is emptied',
		file: 'sync-server/store/sqlite.ts',
		find: "return prepared('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;",
		replaceWith: 'return true;',
		testFile: 'tests/contract/erasing.test.ts',
		testName:
			'[A4] no file of the store holds what was erased, from its commit on; the audit finds all whole'
	},
	{
		name: 'epoch: a database that came from elsewhere is another',
		file: 'sync-server/store/postgres-tables.ts',
		find: "before !== undefined && known.get('home') === home",
		replaceWith: 'before !== undefined',
		testFile: 'tests/contract/postgres/dump.test.ts',
		testName: 'a restored dump is whole, and devices go on with it at several relays'
	},
	{
		name: 'retention: who lived in a household that moved out goes too',
		file: 'src/domain/retention.ts',
		find: "isHousehold(home) && home.state !== 'merged' ? leftRegisterAt(home) : null",
		replaceWith: 'null',
		testFile: 'tests/contract/retention-of-people.test.ts',
		testName:
			'[A4] a year on, whoever left is erased, and who lived in a household that moved out; nobody else'
	},
	{
		name: 'retention: by a card of which nothing is left nobody is invited',
		file: 'sync-server/judging/directory.ts',
		find: '!isGone && ',
		replaceWith: '',
		testFile: 'tests/contract/retention-of-people.test.ts',
		testName:
			'[A4] a year on, whoever left is erased, and who lived in a household that moved out; nobody else'
	},
	{
		name: 'retention: a duty is erased by nobody before its time',
		file: 'src/domain/kinds/erasure.ts',
		find: "	'duty',\n",
		replaceWith: '',
		testFile: 'tests/contract/retention-of-people.test.ts',
		testName:
			'[A4] who acted is named as long as the archive is kept, by no order before, and then by no file and device'
	},
	{
		name: 'tag: only what this relay wrote re-enters with its receipt',
		file: 'sync-server/judging/re-enter.ts',
		find: '|| keys.tag(opened.chain) !== opened.tag',
		replaceWith: '',
		testFile: 'tests/contract/restored.test.ts',
		testName: '[L2] with a forged head, tag or place is not vouched for'
	}
];
