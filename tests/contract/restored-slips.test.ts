/** A restored store does not know which of its slips were used or taken back since: it opens for none of them. */
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { RELAY_PERSON } from '#relay/keys.ts';
import { createInvitations } from '#relay/people/invitations.ts';
import { runs } from '../support/commands.ts';
import { databaseOf, isOnPostgres } from '../support/database.ts';
import { makePhone, startPeopledRelay } from '../support/joining.ts';
import { found, temporaryFolder } from '../support/relay.ts';
import { people } from '../support/tell.ts';

// Each command is a process.
vi.setConfig({ testTimeout: 60_000 });

test('[O5, R6] slips that were open in a copy are void once it is restored, though no ledger lost anything', async () => {
	const [folder, away] = [temporaryFolder(), temporaryFolder()];
	const dataDir = folder.path;
	const copy = join(away.path, 'copy');
	const command = async (script: string, ...args: string[]) => {
		const ended = await runs(script, { dataDir, ...(await databaseOf(dataDir)) }, ...args);
		expect(ended, ended.said).toMatchObject({ status: 0 });
	};
	let relay = await startPeopledRelay({ dataDir });
	try {
		await found(relay);
		const issue = (person: keyof typeof people) =>
			createInvitations(relay).issue({ person: people[person], by: RELAY_PERSON, as: 'slip' });
		const [used, revoked] = [await issue('secretary'), await issue('member')];
		const joins = async (secret: string) => (await makePhone().enrol(relay.url, { secret })).code;
		await command('backup.ts', copy);
		expect(await joins(used.secret)).toBe('');
		await createInvitations(relay).revoke(revoked.id);

		const { epoch } = relay.store;
		await relay.end();
		await command('restore.ts', ...(isOnPostgres ? ['--replace'] : []), copy);
		relay = await startPeopledRelay({ dataDir });
		expect(relay.store.epoch).not.toBe(epoch);
		for (const { secret } of [used, revoked])
			expect(await joins(secret)).toBe('invitation-revoked');
		relay.clock.at += 1;
		expect(await joins((await issue('member')).secret)).toBe('');
	} finally {
		await relay.end();
		folder.remove();
		away.remove();
	}
});
