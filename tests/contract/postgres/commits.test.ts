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
