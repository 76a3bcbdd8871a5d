/** Guards of copies and of what is restored from them. */
import type { Guard } from './guard.ts';

export const guardsOfCopies: readonly Guard[] = [
	{
		name: 'copies: nobody waits for who reads the file while a text is erased',
		file: 'sync-server/store/sqlite.ts',
		find: "db.exec('PRAGMA busy_timeout = 0');",
		replaceWith: '',
		testFile: 'tests/contract/read-meanwhile.test.ts',
		testName:
			'[A4] receipts come at once while somebody reads; the text is gone as soon as nobody does'
	},
	{
		name: 'copies: of the nights the newest fourteen stay',
		file: 'sync-server/copies/kept-copies.ts',
		find: 'most: 14',
		replaceWith: 'most: 15',
		testFile: 'tests/contract/torn-store.test.ts',
		testName: 'of the copies of nights the newest fourteen stay, once the new one is verified'
	},
	{
		name: 'copies: of the screen none stays longer than thirty days',
		file: 'sync-server/relay.ts',
		find: '() => copies.clear(),',
		replaceWith: '',
		testFile: 'tests/contract/operations.test.ts',
		testName:
			'[A4] a copy of the screen that is older than thirty days goes, though none is made any more'
	},
	{
		name: 'copies: what a restore replaced stays no longer than a copy',
		file: 'sync-server/relay.ts',
		find: '() => clearReplaced(config.dataDir, now()),',
		replaceWith: '',
		testFile: 'tests/contract/replaced.test.ts',
		testName: '[A4] what was erased is gone with the replaced store thirty days after the restore'
	},
	{
		name: 'restored: a lost phone stays out of use',
		file: 'sync-server/people/revoked.ts',
		find: 'if (!before.has(device)) await',
		replaceWith: 'if (false) await',
		testFile: 'tests/contract/revoked-devices.test.ts',
		testName:
			'[R6] who was revoked after the copy stays revoked, enrolled before or after it; others come back'
	},
	{
		name: 'one relay has a data folder',
		file: 'sync-server/store/data-folder.ts',
		find: 'BEGIN EXCLUSIVE',
		replaceWith: 'BEGIN',
		testFile: 'tests/contract/one-relay.test.ts',
		testName:
			'[R1] a second relay on a folder is refused, until the first has ended, in whatever way'
	},
	{
		name: 'restored: a number that somebody else was given is drawn anew',
		file: 'sync-server/ledgers/place.ts',
		find: 'if (no !== undefined) {',
		replaceWith: 'if (false) {',
		testFile: 'tests/contract/restored.test.ts',
		testName: 'keeps its official number, unless another record was given it meanwhile'
	},
	{
		name: 'copies: a photo that an entry names is missed',
		file: 'sync-server/copies/verify-copy.ts',
		find: 'if (await isNamed(stored, name))',
		replaceWith: 'if (false)',
		testFile: 'tests/contract/torn-store.test.ts',
		testName:
			'[R8] a copy without a photo that an entry names is none, unless the photo is there already'
	},
	{
		name: 'restore: a damaged photo gives way',
		file: 'sync-server/copies/carried-photos.ts',
		find: 'if (await isWhole(to, name)) return;',
		replaceWith: 'if (existsSync(to)) return;',
		testFile: 'tests/contract/torn-store.test.ts',
		testName:
			'[R8] a damaged photo gives way to the one of the copy; one that is whole stays where the copy’s is damaged'
	},
	{
		name: 'import: photos are asked for where the store is a database',
		file: 'sync-server/import.ts',
		find: 'await verifyPhotos(stored, [photos.to]);',
		replaceWith: '',
		testFile: 'tests/contract/export.test.ts',
		testName: '[R8] a district whose photo is damaged or missing in its export is not taken in'
	},
	{
		name: 'copies: a photo that is erased meanwhile is not missed',
		file: 'sync-server/copies/copied-photos.ts',
		find: 'forget(copy, name);',
		replaceWith: 'continue;',
		testFile: 'tests/contract/torn-store.test.ts',
		testName:
			'[R8, A4] a photo that is erased while the copy is made fails no copy; one that is lost does'
	},
	{
		name: 'copies: none is begun without room',
		file: 'sync-server/copies/room.ts',
		find: 'if (bytes <= room) return;',
		replaceWith: 'if (bytes > 0) return;',
		testFile: 'tests/contract/operations.test.ts',
		testName: '[R4] a copy that has no room is not begun, and is told as that'
	},
	{
		name: 'export: nobody else reads one, nor what is left of one that was killed',
		file: 'sync-server/export.ts',
		find: 'process.umask(0o077);',
		replaceWith: '',
		testFile: 'tests/contract/export.test.ts',
		testName:
			'[R6] what is left of an export that was killed is its keeper’s alone, holds no keys, and goes with the next one'
	},
	{
		name: 'photos: a folder that is not there is not made',
		file: 'sync-server/media/files.ts',
		find: 'if (!existsSync(mediaDir))',
		replaceWith: 'if (false)',
		testFile: 'tests/contract/photos-elsewhere.test.ts',
		testName: '[R8] the relay and every command find photos where MEDIA_DIR says'
	},
	{
		name: 'copies: one that does not hold is none of the nights',
		file: 'sync-server/backup.ts',
		find: 'if (isNew) rmSync',
		replaceWith: 'if (false) rmSync',
		testFile: 'tests/contract/torn-store.test.ts',
		testName: 'of the copies of nights the newest fourteen stay, once the new one is verified'
	},
	{
		name: 'copies: what is not walked to its end lies in no copy',
		file: 'sync-server/backup.ts',
		find: "const UNFINISHED = 'unfinished';",
		replaceWith: "const UNFINISHED = '';",
		testFile: 'tests/contract/postgres/copies.test.ts',
		testName: 'that is killed half way is none: no store lies there, and none is noted'
	},
	{
		name: 'copies: a broken connection fails the copy, not the process',
		file: 'sync-server/store/postgres.ts',
		find: 'const isWhole = await isRolledBack(client);\n\t\t\t\tclient.off',
		replaceWith:
			"await client.query('ROLLBACK');\n\t\t\t\tconst isWhole = true;\n\t\t\t\tclient.off",
		testFile: 'tests/contract/postgres/copies.test.ts',
		testName: 'that loses its database half way fails, and leaves nothing'
	},
	{
		name: 'copies: one moment of a database',
		file: 'sync-server/store/postgres.ts',
		find: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
		replaceWith: 'BEGIN READ ONLY',
		testFile: 'tests/contract/postgres/copies.test.ts',
		testName: 'is of one moment, however long it takes'
	},
	{
		name: 'copies: one that does not hold is not noted',
		file: 'sync-server/backup.ts',
		find: 'const found = await verifyCopy(unfinished);',
		replaceWith: 'const found = { ledgers: 0, elements: 0, entries: 0, records: 0, flaws: [] };',
		testFile: 'tests/contract/postgres/copies.test.ts',
		testName: '[L2] of a database that does not hold is none, and the last good one stays the last'
	},
	{
		name: 'copies: nobody else reads one',
		file: 'sync-server/backup.ts',
		find: 'process.umask(0o077);',
		replaceWith: '',
		testFile: 'tests/contract/postgres/copies.test.ts',
		testName:
			'[R6] a copy made under load is verified, is restored elsewhere, and devices ahead give back what it lacks'
	},
	{
		name: 'copies: one of all relays makes a copy',
		file: 'sync-server/copies/copy-lock.ts',
		find: "await client.query('SELECT pg_advisory_lock($1)', [COPIER]);",
		replaceWith: '',
		testFile: 'tests/contract/postgres/copies.test.ts',
		testName:
			'[R2] of two relays whose night begins at once one makes the copy, and what is too old goes at both'
	},
	{
		name: 'copies: the nights of a relay for which others copy do not stay for ever',
		file: 'sync-server/backup.ts',
		find: 'ofNights, { now: Date.now(), forMs: KEPT_MS }',
		replaceWith: 'ofNights, { now: Date.now() }',
		testFile: 'tests/contract/postgres/copies.test.ts',
		testName:
			'[R2] of two relays whose night begins at once one makes the copy, and what is too old goes at both'
	},
	{
		name: 'copies: one that is made at one relay is seen at the others',
		file: 'sync-server/routes/operations.ts',
		find: 'await copies.seen();',
		replaceWith: '',
		testFile: 'tests/contract/postgres/operations.test.ts',
		testName:
			'a copy asked for at one relay is seen at the other, where nobody makes a second one meanwhile'
	},
	{
		name: 'restore: no relay is there',
		file: 'sync-server/copies/restore-database.ts',
		find: 'await refuseWhileServed(databaseUrl);',
		replaceWith: '',
		testFile: 'tests/contract/postgres/copies.test.ts',
		testName: 'touches nothing while a relay is there, nor a district without the word'
	},
	{
		name: 'restore: a district gives way at the word alone',
		file: 'sync-server/copies/restore-database.ts',
		find: 'if (!isEmpty && !replaces)',
		replaceWith: 'if (false)',
		testFile: 'tests/contract/postgres/copies.test.ts',
		testName: 'touches nothing while a relay is there, nor a district without the word'
	},
	{
		name: 'restore: the epochs that were told here are over',
		file: 'sync-server/copies/restore-database.ts',
		find: '...(await formerIn(tx)), ...epochs',
		replaceWith: '...(await formerIn(tx))',
		testFile: 'tests/contract/postgres/copies.test.ts',
		testName: 'with the word puts what was there aside, in one new epoch for all relays'
	},
	{
		name: 'restore: where a database lies is true of that place alone',
		file: 'sync-server/copies/database-copy.ts',
		find: 'for (const key of metaLeftBehind)',
		replaceWith: 'for (const key of [])',
		testFile: 'tests/contract/postgres/copies.test.ts',
		testName: 'with the word puts what was there aside, in one new epoch for all relays'
	},
	{
		name: 'restored: an entry without its text is no erased one',
		file: 'sync-server/judging/re-enter.ts',
		find: "if (told === null && !isErased) return { is: 'later' };",
		replaceWith: '',
		testFile: 'tests/contract/hostile-offers.test.ts',
		testName: '[A4] an element without its text waits for it where no order erased it'
	},
	{
		name: 'restored: what was erased stays so, whoever has its text',
		file: 'sync-server/judging/re-enter.ts',
		find: 'const told = isErased ? null : offered.told;',
		replaceWith: 'const told = offered.told;',
		testFile: 'tests/contract/hostile-offers.test.ts',
		testName: '[A4] what an order erased stays erased, though its text is offered behind the order'
	},
	{
		name: 'restored: a refusal gives way to the tag',
		file: 'sync-server/judging/re-enter.ts',
		find: "receipt.verdict !== 'refused')",
		replaceWith: 'true)',
		testFile: 'tests/contract/hostile-offers.test.ts',
		testName: '[E2] a refusal that was remembered gives way to the tag'
	},
	{
		name: 'restored: nothing is refused for good over what is still to come back',
		file: 'sync-server/judging/judge-commit.ts',
		find: 'return OF_MISSING.includes(reason) || ',
		replaceWith: 'return false && ',
		testFile: 'tests/contract/hostile-offers.test.ts',
		testName:
			'[E2] one that was handed in before what it follows is answered later, and comes back with its receipt'
	},
	{
		name: 'restored: a tag alone gives nothing back to a store that lost nothing',
		file: 'sync-server/judging/re-enter.ts',
		find: "if (receivedAt > putBackAt) return { is: 'untagged' };",
		replaceWith: '',
		testFile: 'tests/contract/hostile-offers.test.ts',
		testName: 'nobody gives a store back what it never lost'
	},
	{
		name: 'restored: a key of tags that was stolen vouches for nothing',
		file: 'sync-server/keys.ts',
		find: '? { tag: drawTag(),',
		replaceWith: '? { tag: file.tag,',
		testFile: 'tests/contract/hostile-offers.test.ts',
		testName: 'that was stolen nothing is given back, and what it tagged stays whole'
	},
	{
		name: 'restored: a slip that was used or revoked since opens nothing',
		file: 'sync-server/store/redrawn.ts',
		find: 'await stored.run(revoke, at);',
		replaceWith: 'void revoke;',
		testFile: 'tests/contract/restored-slips.test.ts',
		testName:
			'[O5, R6] slips that were open in a copy are void once it is restored, though no ledger lost anything'
	},
	{
		name: 'audit: a text is that of each head that it stands under',
		file: 'sync-server/audit.ts',
		find: 'row.hash !== null && !row.head',
		replaceWith: 'false && !row.head',
		testFile: 'tests/contract/audited.test.ts',
		testName: '[L2] of two records that came to a ledger later the texts have not changed places'
	},
	{
		name: 'audit: an end that was told is asked for beside the store',
		file: 'sync-server/store/mark.ts',
		find: 'told.epoch === store.epoch && !',
		replaceWith: 'false && !',
		testFile: 'tests/contract/audited.test.ts',
		testName: '[L2] an end that was told and cut off is missed, though every chain is whole'
	}
];
