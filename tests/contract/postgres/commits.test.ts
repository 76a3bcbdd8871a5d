/** [R1] What PostgreSQL is asked for with each COMMIT, which no kill of a process can show. */
import { expect, test } from 'vitest';
import { openPostgres } from '#relay/store/postgres.ts';
import { databaseOf, say } from '../../support/database.ts';
import { temporaryFolder } from '../../support/relay.ts';

test('[R1] COMMIT answers once it is on the disk, whatever the database is set to', async () => {
	const folder = temporaryFolder();
	const { databaseUrl } = await databaseOf(folder.path);
	if (databaseUrl === undefined) throw new Error('no database');
	const name = new URL(databaseUrl).pathname.slice(1);
	await say(databaseUrl, `ALTER DATABASE ${name} SET synchronous_commit = off`);
	const store = await openPostgres(databaseUrl);
	const setting = await store.transaction((tx) => tx.first('SHOW synchronous_commit'));
	expect(setting).toEqual({ synchronous_commit: 'on' });
	await store.close();
	folder.remove();
});

test(
	'[R1] a COMMIT that outlasts the patience of its relay is told as what it was',
	{ timeout: 60_000 },
	async () => {
		const folder = temporaryFolder();
		const { databaseUrl } = await databaseOf(folder.path);
		if (databaseUrl === undefined) throw new Error('no database');
		// What is deferred runs within COMMIT, where no limit of the server ends it.
		await say(
			databaseUrl,
			`CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
			$$ BEGIN PERFORM pg_sleep(13); RETURN NULL; END $$;
		CREATE CONSTRAINT TRIGGER dawdles AFTER INSERT ON counter DEFERRABLE INITIALLY DEFERRED
			FOR EACH ROW EXECUTE PROCEDURE dawdle()`
		);
		const store = await openPostgres(databaseUrl);
		const insert = 'INSERT INTO counter VALUES (?, ?)';
		const result = await store.transaction(async (tx) => {
			tx.write(insert, 'of tests', 1);
			return 'stored';
		});
		expect(result).toBe('stored');
		expect(await store.all(`SELECT n FROM counter WHERE key = 'of tests'`)).toEqual([{ n: 1 }]);
		await store.close();
		folder.remove();
	}
);
