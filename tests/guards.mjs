// `npm run guards`: each guard of the relay is switched off in a copy of the tree, and the test that must fail is run;
// `npm run guards -- audience` takes those alone whose name holds this.
import { spawnSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { guardsOfBounds } from './guards-of-bounds.mjs';
import { guardsOfCopies } from './guards-of-copies.mjs';
import { guardsOfLimits } from './guards-of-limits.mjs';
import { guardsOfPeople } from './guards-of-people.mjs';

/**
 * What is switched off: one text in one file, put in the place of another; and by which test that is noticed.
 * @type {{ guard: string, file: string, text: string, off: string, noticed: string, test: string }[]}
 */
const guards = [
	...guardsOfBounds,
	...guardsOfCopies,
	...guardsOfLimits,
	...guardsOfPeople,
	{
		guard: 'clock: a demand changes hands on the planned day, not before',
		file: 'src/domain/kinds/demand-planning.ts',
		text: "if (from > dayOf(stamp.receivedAt)) return { noted: 'contradiction' };",
		off: '',
		noticed: 'tests/unit/domain/demand-planning.test.ts',
		test: 'until then the next one reads nothing of it'
	},
	{
		guard: 'fsync: a commit is on the disk before it is answered',
		file: 'sync-server/store/sqlite.ts',
		text: 'PRAGMA synchronous = FULL',
		off: 'PRAGMA synchronous = OFF',
		noticed: 'tests/contract/durability.test.ts',
		test: '[R1] every commit is on the disk before it is answered'
	},
	{
		guard: 'fsync: what COMMIT did is asked of PostgreSQL where it did not answer in time',
		file: 'sync-server/store/postgres.ts',
		text: 'return settle(pool, committing, new Unavailable(cause));',
		off: 'return { cause };',
		noticed: 'tests/contract/postgres/commits.test.ts',
		test: '[R1] a COMMIT that outlasts the patience of its relay is told as what it was'
	},
	{
		guard: 'fsync: PostgreSQL answers a commit once it is on the disk',
		file: 'sync-server/store/postgres.ts',
		text: '-c synchronous_commit=on',
		off: '-c jit=off',
		noticed: 'tests/contract/postgres/commits.test.ts',
		test: '[R1] COMMIT answers once it is on the disk, whatever the database is set to'
	},
	{
		guard: 'uniqueness: a text is judged once',
		file: 'sync-server/judging/judge-commit.ts',
		text: 'before.some((answer) => answer !== null)',
		off: 'before.some(() => false)',
		noticed: 'tests/contract/entries.test.ts',
		test: 'and text again gives the first receipt again, and nothing new'
	},
	{
		guard: 'signature: a text is its signed one',
		file: 'sync-server/judging/verify.ts',
		text: '!(await isSignedByAside(keyOf(device.publicKey), signed))',
		off: 'false',
		noticed: 'tests/contract/entries.test.ts',
		test: 'with one bit of any signed field changed is refused'
	},
	{
		guard: 'audience: a ledger is sent to its readers alone',
		file: 'sync-server/sockets/sync.ts',
		text: '&& isReadable(socket.prefixes, ledger)',
		off: '',
		noticed: 'tests/contract/sync.test.ts',
		test: 'a foreign, unknown or old-epoch channel is denied, and the socket goes on'
	},
	{
		guard: 'audience: a ledger is read as JSON by its readers alone',
		file: 'sync-server/routes/ledgers.ts',
		text: ' || !isReadable(prefixes, ledger)',
		off: '',
		noticed: 'tests/contract/routes.test.ts',
		test: 'of nobody, of others or asked for wrongly is refused'
	},
	{
		guard: 'audience: a photo is read by who reads a record that names it',
		file: 'sync-server/media/store.ts',
		text: 'some((ledger) => isReadable(prefixes, ledger))',
		off: 'some(() => true)',
		noticed: 'tests/contract/media.test.ts',
		test: '[R8] a photo is read by who reads a ledger that names it, and by nobody else'
	},
	{
		guard: 'audience: a shared draft is opened by who reads its record',
		file: 'sync-server/drafts/shared-drafts.ts',
		text: 'some((ledger) => isReadable(prefixes, ledger))',
		off: 'some(() => true)',
		noticed: 'tests/contract/shared-drafts.test.ts',
		test: '[A2] is opened by nobody who may not read the desk'
	},
	{
		guard: 'jitter: devices do not come back together',
		file: 'src/lib/sync/back-off.ts',
		text: 'Math.round(ceiling * random())',
		off: 'Math.round(ceiling)',
		noticed: 'tests/unit/app/coming-back.test.ts',
		test: '[R4] of 500 sockets that a relay loses at once, few are opened again in the same second'
	},
	{
		guard: 'epoch: nothing is stored in a database that went back',
		file: 'sync-server/judging/deliver.ts',
		text: 'if (!isSure) throw new WentBack();',
		off: '',
		noticed: 'tests/contract/postgres/went-back.test.ts',
		test: '[R6] nothing is stored where a transaction is not sure of its store'
	},
	{
		guard: 'epoch: a database that went back is noticed by whoever only listens',
		file: 'sync-server/store/postgres-news.ts',
		text: 'if (!(await isSure())) return;',
		off: '',
		noticed: 'tests/contract/postgres/went-back.test.ts',
		test: '[R6] relays that nobody asks notice it too, and go on in one epoch'
	},
	{
		guard: 'disk: a full one is answered as such, and not as a fault',
		file: 'sync-server/http/app.ts',
		text: 'return problem(context, outage ?? ',
		off: 'return problem(context, null ?? ',
		noticed: 'tests/contract/durability.test.ts',
		test: '[R1] a full disk: no receipt, a clear code, nothing half written, and it recovers'
	},
	{
		guard: 'disk: what it cannot take is not put off as an entry that cannot be judged',
		file: 'sync-server/judging/judge-commit.ts',
		text: 'if (parts.isUnwritable(cause)) throw cause;',
		off: '',
		noticed: 'tests/contract/durability.test.ts',
		test: '[R1] a full disk: no receipt, a clear code, nothing half written, and it recovers'
	},
	{
		guard: 'disk: a relay with too little room is not ready',
		file: 'src/domain/operations.ts',
		text: 'return freeShare < LEAST_FREE_SHARE;',
		off: 'return freeShare < 0;',
		noticed: 'tests/contract/routes.test.ts',
		test: 'a relay says that it is not ready, and why: no room on the disk, a store that takes nothing'
	},
	{
		guard: 'drain: a balancer hears that a relay is stopping',
		file: 'sync-server/relay.ts',
		text: ' && !isDraining',
		off: '',
		noticed: 'tests/contract/routes.test.ts',
		test: 'a relay that is told to stop says so to a balancer first, and serves until that has seen it'
	},
	{
		guard: 'drain: and the relay serves until then',
		file: 'sync-server/serve.ts',
		text: 'await relay.drain();',
		off: '',
		noticed: 'tests/contract/routes.test.ts',
		test: 'a relay that is told to stop says so to a balancer first, and serves until that has seen it'
	},
	{
		guard: 'revocation: a device that one relay takes out of use is closed at another',
		file: 'sync-server/relay.ts',
		text: 'for (const device of news.devices) sync.closeDevice(device);',
		off: '',
		noticed: 'tests/contract/postgres/revoked.test.ts',
		test: '[R5] a socket at a relay that is woken is closed within two seconds'
	},
	{
		guard: 'clock: what failed when the day turned is tried again',
		file: 'sync-server/judging/clock.ts',
		text: 'if (begunOn === today) left = work;',
		off: '',
		noticed: 'tests/contract/clock.test.ts',
		test: '[F4] what fails when the day turns is reported, and tried again in the next minute'
	},
	{
		guard: 'clock: what cannot be judged is said again within the day',
		file: 'sync-server/judging/clock.ts',
		text: 'if (later.length > 0) putOff =',
		off: 'if (false) putOff =',
		noticed: 'tests/contract/clock.test.ts',
		test: '[F4] what the relay cannot judge is said again within the day, without another walk'
	},
	{
		guard: 'erasure: a record is read in pages, and others have their turn',
		file: 'sync-server/ledgers/write-elements.ts',
		text: 'await turn();',
		off: '',
		noticed: 'tests/contract/erasing.test.ts',
		test: '[A4] a record is erased however many entries it has, and others have their turn meanwhile'
	},
	{
		guard: 'news: the first look tells what there is',
		file: 'sync-server/store/postgres-news.ts',
		text: 'if (ledgers.length',
		off: 'if (upTo > 0 && ledgers.length',
		noticed: 'tests/contract/postgres/directory.test.ts',
		test: '[R5] what was written before a relay first looked for news is heard by that look'
	},
	{
		guard: 'news: what could not be taken in is told',
		file: 'sync-server/store/postgres-news.ts',
		text: 'if (!isFailing && !isOver) onBroken(cause);',
		off: '',
		noticed: 'tests/contract/postgres/nodes.test.ts',
		test: '[R2] what one could not take in is told to it again'
	},
	{
		guard: 'news: one draft that cannot be read keeps none from the others',
		file: 'sync-server/drafts/shared-drafts.ts',
		text: 'else await catchUp(draft, last);',
		off: 'else await atWork.catchUp(room, last);',
		noticed: 'tests/contract/postgres/shared-drafts.test.ts',
		test: 'where one draft cannot be read, the others are told all the same, and it is once it can be'
	},
	{
		guard: 'erasure: what is deleted is overwritten',
		file: 'sync-server/store/sqlite.ts',
		text: 'PRAGMA secure_delete = ON',
		off: 'PRAGMA secure_delete = OFF',
		noticed: 'tests/contract/erasing.test.ts',
		test: '[A4] no file of the store holds what was erased, from its commit on; the audit finds all whole'
	},
	{
		guard: 'erasure: the log of the store is emptied',
		file: 'sync-server/store/sqlite.ts',
		text: "return prepared('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;",
		off: 'return true;',
		noticed: 'tests/contract/erasing.test.ts',
		test: '[A4] no file of the store holds what was erased, from its commit on; the audit finds all whole'
	},
	{
		guard: 'epoch: a database that came from elsewhere is another',
		file: 'sync-server/store/postgres-tables.ts',
		text: "before !== undefined && known.get('home') === home",
		off: 'before !== undefined',
		noticed: 'tests/contract/postgres/dump.test.ts',
		test: 'a restored dump is whole, and devices go on with it at several relays'
	},
	{
		guard: 'retention: who lived in a household that moved out goes too',
		file: 'src/domain/retention.ts',
		text: "isHousehold(home) && home.state !== 'merged' ? leftRegisterAt(home) : null",
		off: 'null',
		noticed: 'tests/contract/retention-of-people.test.ts',
		test: '[A4] a year on, whoever left is erased, and who lived in a household that moved out; nobody else'
	},
	{
		guard: 'retention: by a card of which nothing is left nobody is invited',
		file: 'sync-server/judging/directory.ts',
		text: '!isGone && ',
		off: '',
		noticed: 'tests/contract/retention-of-people.test.ts',
		test: '[A4] a year on, whoever left is erased, and who lived in a household that moved out; nobody else'
	},
	{
		guard: 'retention: a duty is erased by nobody before its time',
		file: 'src/domain/kinds/erasure.ts',
		text: "	'duty',\n",
		off: '',
		noticed: 'tests/contract/retention-of-people.test.ts',
		test: '[A4] who acted is named as long as the archive is kept, by no order before, and then by no file and device'
	},
	{
		guard: 'tag: only what this relay wrote re-enters with its receipt',
		file: 'sync-server/judging/re-enter.ts',
		text: '|| keys.tag(opened.chain) !== opened.tag',
		off: '',
		noticed: 'tests/contract/restored.test.ts',
		test: '[L2] with a forged head, tag or place is not vouched for'
	}
];

const [word = ''] = process.argv.slice(2);
const chosen = guards.filter(({ guard }) => guard.includes(word));
const root = resolve(import.meta.dirname, '..');
const copy = mkdtempSync(join(tmpdir(), 'lxq-guards-'));
let blind = 0;
try {
	const left = new Set(
		['node_modules', '.git', 'build', 'data', '.out'].map((name) => root + sep + name)
	);
	cpSync(root, copy, { recursive: true, filter: (path) => !left.has(path) });
	symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
	for (const { guard, file, text, off, noticed, test } of chosen) {
		const path = join(copy, file);
		const source = readFileSync(path, 'utf8');
		if (source.split(text).length !== 2)
			throw new Error(`guards: ${file} holds not exactly once: ${text}`);
		// A test that fails anyway notices nothing.
		const isGood = outcomeOf(noticed, test) === 'passed';
		writeFileSync(
			path,
			source.replace(text, () => off)
		);
		const isNoticed = isGood && outcomeOf(noticed, test) === 'failed';
		writeFileSync(path, source);
		if (!isNoticed) blind += 1;
		console.log(`${isNoticed ? 'noticed' : 'NOT NOTICED'}: ${guard} → ${noticed}: ${test}`);
	}
} finally {
	rmSync(copy, { recursive: true, force: true });
}
console.log(`${chosen.length - blind} of ${chosen.length} guards are proven`);
process.exitCode = blind === 0 ? 0 : 1;

/**
 * Runs one test of the copy.
 * @param {string} file
 * @param {string} name
 * @returns {string} `passed`, `failed`, or what else became of it
 */
function outcomeOf(file, name) {
	const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
	const exactly = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	const report = join(copy, 'guards.json');
	rmSync(report, { force: true });
	const flags = ['run', file, '-t', exactly, '--reporter=json', `--outputFile=${report}`];
	const { stderr } = spawnSync(process.execPath, [vitest, ...flags], {
		cwd: copy,
		encoding: 'utf8'
	});
	if (!existsSync(report)) throw new Error(`guards: ${file} cannot be run: ${stderr}`);
	/** @type {{ testResults: { assertionResults: { title: string, status: string }[] }[] }} */
	const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
	const found = testResults.flatMap(({ assertionResults }) => assertionResults);
	// On either store.
	const named = found.filter(({ title }) => title === name).map(({ status }) => status);
	return named.find((status) => status === 'failed') ?? named[0] ?? 'not found';
}
