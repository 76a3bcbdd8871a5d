/** 运行情况 of a relay on PostgreSQL: the copies are the database's own, and the page does not offer one. */
import { expect, test } from 'vitest';
import { Operations } from '#domain/operations.ts';
import { createInvitations } from '../../../sync-server/invitations.ts';
import { RELAY_PERSON } from '../../../sync-server/keys.ts';
import { cookieOf, knock, makePhone, startPeopledRelay } from '../../support/joining.ts';
import { found } from '../../support/relay.ts';
import { people } from '../../support/tell.ts';

test('a copy is neither offered nor made, and the store is as large as its database', async () => {
	const relay = await startPeopledRelay();
	await found(relay);
	const invited = { person: people.district, by: RELAY_PERSON };
	const { secret } = await createInvitations(relay).issue(invited);
	const cookie = cookieOf(await makePhone().enrol(relay.url, { secret }));
	const asked = await knock(relay.url, '/api/operations', undefined, { cookie });
	const { backup, store } = Operations.parse(asked.json);
	expect(backup).toEqual({ by: 'database', running: false, last: null, download: false });
	expect(store.bytes).toBeGreaterThan(1_000_000);
	const made = await knock(relay.url, '/api/operations/backup', {}, { cookie });
	expect(made.code).toBe('not-found');
	expect(relay.faults.last()).toBe(null);
	await relay.end();
});
