/**
 * Guards of copies and of what is restored from them, as `guards.mjs` has them.
 * @type {{ guard: string, file: string, text: string, off: string, noticed: string, test: string }[]}
 */
export const guardsOfCopies = [
	{
		guard: 'copies: nobody waits for who reads the file while a text is erased',
		file: 'sync-server/store/sqlite.ts',
		text: "db.exec('PRAGMA busy_timeout = 0');",
		off: '',
		noticed: 'tests/contract/read-meanwhile.test.ts',
		test: '[A4] receipts come at once while somebody reads; the text is gone as soon as nobody does'
	},
	{
		guard: 'copies: of the nights the newest fourteen stay',
		file: 'sync-server/copies/kept-copies.ts',
		text: 'most: 14',
		off: 'most: 15',
		noticed: 'tests/contract/torn-store.test.ts',
		test: 'of the copies of nights the newest fourteen stay, once the new one is verified'
	},
	{
		guard: 'copies: of the screen none stays longer than thirty days',
		file: 'sync-server/relay.ts',
		text: '() => copies.clear(),',
		off: '',
		noticed: 'tests/contract/operations.test.ts',
		test: '[A4] a copy of the screen that is older than thirty days goes, though none is made any more'
	},
	{
		guard: 'copies: what a restore replaced stays no longer than a copy',
		file: 'sync-server/relay.ts',
		text: '() => clearReplaced(config.dataDir, now()),',
		off: '',
		noticed: 'tests/contract/replaced.test.ts',
		test: '[A4] what was erased is gone with the replaced store thirty days after the restore'
	},
	{
		guard: 'restored: a lost phone stays out of use',
		file: 'sync-server/people/revoked.ts',
		text: 'if (!before.has(device)) await',
		off: 'if (false) await',
		noticed: 'tests/contract/revoked-devices.test.ts',
		test: '[R6] who was revoked after the copy stays revoked, enrolled before or after it; others come back'
	},
	{
		guard: 'one relay has a data folder',
		file: 'sync-server/store/data-folder.ts',
		text: 'BEGIN EXCLUSIVE',
		off: 'BEGIN',
		noticed: 'tests/contract/one-relay.test.ts',
		test: '[R1] a second relay on a folder is refused, until the first has ended, in whatever way'
	},
	{
		guard: 'restored: a number that somebody else was given is drawn anew',
		file: 'sync-server/ledgers/place.ts',
		text: 'if (no !== undefined) {',
		off: 'if (false) {',
		noticed: 'tests/contract/restored.test.ts',
		test: 'keeps its official number, unless another record was given it meanwhile'
	},
	{
		guard: 'copies: a photo that an entry names is missed',
		file: 'sync-server/copies/verify-copy.ts',
		text: 'if (await isNamed(stored, name))',
		off: 'if (false)',
		noticed: 'tests/contract/torn-store.test.ts',
		test: '[R8] a copy without a photo that an entry names is none, unless the photo is there already'
	},
	{
		guard: 'restore: a damaged photo gives way',
		file: 'sync-server/copies/carried-photos.ts',
		text: 'if (await isWhole(to, name)) return;',
		off: 'if (existsSync(to)) return;',
		noticed: 'tests/contract/torn-store.test.ts',
		test: '[R8] a damaged photo gives way to the one of the copy; one that is whole stays where the copy’s is damaged'
	},
	{
		guard: 'import: photos are asked for where the store is a database',
		file: 'sync-server/import.ts',
		text: 'await verifyPhotos(stored, [photos.to]);',
		off: '',
		noticed: 'tests/contract/export.test.ts',
		test: '[R8] a district whose photo is damaged or missing in its export is not taken in'
	},
	{
		guard: 'copies: a photo that is erased meanwhile is not missed',
		file: 'sync-server/copies/copied-photos.ts',
		text: 'forget(copy, name);',
		off: 'continue;',
		noticed: 'tests/contract/torn-store.test.ts',
		test: '[R8, A4] a photo that is erased while the copy is made fails no copy; one that is lost does'
	},
	{
		guard: 'copies: none is begun without room',
		file: 'sync-server/copies/room.ts',
		text: 'if (bytes <= room) return;',
		off: 'if (bytes > 0) return;',
		noticed: 'tests/contract/operations.test.ts',
		test: '[R4] a copy that has no room is not begun, and is told as that'
	},
	{
		guard: 'export: nobody else reads one, nor what is left of one that was killed',
		file: 'sync-server/export.ts',
		text: 'process.umask(0o077);',
		off: '',
		noticed: 'tests/contract/export.test.ts',
		test: '[R6] what is left of an export that was killed is its keeper’s alone, holds no keys, and goes with the next one'
	},
	{
		guard: 'photos: a folder that is not there is not made',
		file: 'sync-server/media/files.ts',
		text: 'if (!existsSync(mediaDir))',
		off: 'if (false)',
		noticed: 'tests/contract/photos-elsewhere.test.ts',
		test: '[R8] the relay and every command find photos where MEDIA_DIR says'
	},
	{
		guard: 'copies: one that does not hold is none of the nights',
		file: 'sync-server/backup.ts',
		text: 'if (isNew) rmSync',
		off: 'if (false) rmSync',
		noticed: 'tests/contract/torn-store.test.ts',
		test: 'of the copies of nights the newest fourteen stay, once the new one is verified'
	},
	{
		guard: 'copies: what is not walked to its end lies in no copy',
		file: 'sync-server/backup.ts',
		text: "const UNFINISHED = 'unfinished';",
		off: "const UNFINISHED = '';",
		noticed: 'tests/contract/postgres/copies.test.ts',
		test: 'that is killed half way is none: no store lies there, and none is noted'
	},
	{
		guard: 'copies: a broken connection fails the copy, not the process',
		file: 'sync-server/store/postgres.ts',
		text: 'const isWhole = await isRolledBack(client);\n\t\t\t\tclient.off',
		off: "await client.query('ROLLBACK');\n\t\t\t\tconst isWhole = true;\n\t\t\t\tclient.off",
		noticed: 'tests/contract/postgres/copies.test.ts',
		test: 'that loses its database half way fails, and leaves nothing'
	},
	{
		guard: 'copies: one moment of a database',
		file: 'sync-server/store/postgres.ts',
		text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
		off: 'BEGIN READ ONLY',
		noticed: 'tests/contract/postgres/copies.test.ts',
		test: 'is of one moment, however long it takes'
	},
	{
		guard: 'copies: one that does not hold is not noted',
		file: 'sync-server/backup.ts',
		text: 'const found = await verifyCopy(unfinished);',
		off: 'const found = { ledgers: 0, elements: 0, entries: 0, records: 0, flaws: [] };',
		noticed: 'tests/contract/postgres/copies.test.ts',
		test: '[L2] of a database that does not hold is none, and the last good one stays the last'
	},
	{
		guard: 'copies: nobody else reads one',
		file: 'sync-server/backup.ts',
		text: 'process.umask(0o077);',
		off: '',
		noticed: 'tests/contract/postgres/copies.test.ts',
		test: '[R6] a copy made under load is verified, is restored elsewhere, and devices ahead give back what it lacks'
	},
	{
		guard: 'copies: one of all relays makes a copy',
		file: 'sync-server/copies/copy-lock.ts',
		text: "await client.query('SELECT pg_advisory_lock($1)', [COPIER]);",
		off: '',
		noticed: 'tests/contract/postgres/copies.test.ts',
		test: '[R2] of two relays whose night begins at once one makes the copy, and what is too old goes at both'
	},
	{
		guard: 'copies: the nights of a relay for which others copy do not stay for ever',
		file: 'sync-server/backup.ts',
		text: 'ofNights, { now: Date.now(), forMs: KEPT_MS }',
		off: 'ofNights, { now: Date.now() }',
		noticed: 'tests/contract/postgres/copies.test.ts',
		test: '[R2] of two relays whose night begins at once one makes the copy, and what is too old goes at both'
	},
	{
		guard: 'copies: one that is made at one relay is seen at the others',
		file: 'sync-server/routes/operations.ts',
		text: 'await copies.seen();',
		off: '',
		noticed: 'tests/contract/postgres/operations.test.ts',
		test: 'a copy asked for at one relay is seen at the other, where nobody makes a second one meanwhile'
	},
	{
		guard: 'restore: no relay is there',
		file: 'sync-server/copies/restore-database.ts',
		text: 'await refuseWhileServed(databaseUrl);',
		off: '',
		noticed: 'tests/contract/postgres/copies.test.ts',
		test: 'touches nothing while a relay is there, nor a district without the word'
	},
	{
		guard: 'restore: a district gives way at the word alone',
		file: 'sync-server/copies/restore-database.ts',
		text: 'if (!isEmpty && !replaces)',
		off: 'if (false)',
		noticed: 'tests/contract/postgres/copies.test.ts',
		test: 'touches nothing while a relay is there, nor a district without the word'
	},
	{
		guard: 'restore: the epochs that were told here are over',
		file: 'sync-server/copies/restore-database.ts',
		text: '...(await formerIn(tx)), ...epochs',
		off: '...(await formerIn(tx))',
		noticed: 'tests/contract/postgres/copies.test.ts',
		test: 'with the word puts what was there aside, in one new epoch for all relays'
	},
	{
		guard: 'restore: where a database lies is true of that place alone',
		file: 'sync-server/copies/database-copy.ts',
		text: 'for (const key of metaLeftBehind)',
		off: 'for (const key of [])',
		noticed: 'tests/contract/postgres/copies.test.ts',
		test: 'with the word puts what was there aside, in one new epoch for all relays'
	},
	{
		guard: 'restored: an entry without its text is no erased one',
		file: 'sync-server/judging/re-enter.ts',
		text: "if (told === null && !isErased) return { is: 'later' };",
		off: '',
		noticed: 'tests/contract/hostile-offers.test.ts',
		test: '[A4] an element without its text waits for it where no order erased it'
	},
	{
		guard: 'restored: what was erased stays so, whoever has its text',
		file: 'sync-server/judging/re-enter.ts',
		text: 'const told = isErased ? null : offered.told;',
		off: 'const told = offered.told;',
		noticed: 'tests/contract/hostile-offers.test.ts',
		test: '[A4] what an order erased stays erased, though its text is offered behind the order'
	},
	{
		guard: 'restored: a refusal gives way to the tag',
		file: 'sync-server/judging/re-enter.ts',
		text: "receipt.verdict !== 'refused')",
		off: 'true)',
		noticed: 'tests/contract/hostile-offers.test.ts',
		test: '[E2] a refusal that was remembered gives way to the tag'
	},
	{
		guard: 'restored: nothing is refused for good over what is still to come back',
		file: 'sync-server/judging/judge-commit.ts',
		text: 'return OF_MISSING.includes(reason) || ',
		off: 'return false && ',
		noticed: 'tests/contract/hostile-offers.test.ts',
		test: '[E2] one that was handed in before what it follows is answered later, and comes back with its receipt'
	},
	{
		guard: 'restored: a tag alone gives nothing back to a store that lost nothing',
		file: 'sync-server/judging/re-enter.ts',
		text: "if (receivedAt > putBackAt) return { is: 'untagged' };",
		off: '',
		noticed: 'tests/contract/hostile-offers.test.ts',
		test: 'nobody gives a store back what it never lost'
	},
	{
		guard: 'restored: a key of tags that was stolen vouches for nothing',
		file: 'sync-server/keys.ts',
		text: '? { tag: drawTag(),',
		off: '? { tag: file.tag,',
		noticed: 'tests/contract/hostile-offers.test.ts',
		test: 'that was stolen nothing is given back, and what it tagged stays whole'
	},
	{
		guard: 'restored: a slip that was used or revoked since opens nothing',
		file: 'sync-server/store/redrawn.ts',
		text: 'await stored.run(revoke, at);',
		off: 'void revoke;',
		noticed: 'tests/contract/restored-slips.test.ts',
		test: '[O5, R6] slips that were open in a copy are void once it is restored, though no ledger lost anything'
	},
	{
		guard: 'audit: a text is that of each head that it stands under',
		file: 'sync-server/audit.ts',
		text: 'row.hash !== null && !row.head',
		off: 'false && !row.head',
		noticed: 'tests/contract/audited.test.ts',
		test: '[L2] of two records that came to a ledger later the texts have not changed places'
	},
	{
		guard: 'audit: an end that was told is asked for beside the store',
		file: 'sync-server/store/mark.ts',
		text: 'told.epoch === store.epoch && !',
		off: 'false && !',
		noticed: 'tests/contract/audited.test.ts',
		test: '[L2] an end that was told and cut off is missed, though every chain is whole'
	}
];
