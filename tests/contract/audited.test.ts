/** [L2] What the audit finds of what somebody changed behind the relay's back. */
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memberLedger, STANDING } from '#domain/ledgers.ts';
import { openKeys } from '#relay/keys.ts';
import { lacksTold } from '#relay/store/mark.ts';
import { openStoreOf } from '#relay/store/open.ts';
import { flawsAfter, flawsOf } from '../support/audits.ts';
import { databaseOf } from '../support/database.ts';
import { startDistrict, type District } from '../support/district.ts';
import { copyStore, leadBack } from '../support/store-copies.ts';
import { temporaryFolder } from '../support/relay.ts';
import { COMMUNITY, demand, household, people } from '../support/tell.ts';

let district: District;

beforeEach(async () => {
	district = await startDistrict();
});
afterEach(() => district.end());

test('[L2] of two records that came to a ledger later the texts have not changed places', async () => {
	const { relay, devices } = district;
	for (const door of [v7(), v7()]) {
		await devices.secretary.says(relay.url, household(door));
		const body = { member: people.secondMember, from: Date.now() };
		await devices.secretary.says(relay.url, { kind: 'household.linked.v1', record: door, body });
	}
	const [one, other] = await relay.store.all<{ ledger: number; seq: number; entry: number }>(
		`SELECT e.ledger, e.seq, e.entry FROM element e JOIN ledger l ON l.num = e.ledger
		WHERE l.name = ? AND e.n = 1 AND e.entry IS NOT NULL`,
		memberLedger(people.secondMember, COMMUNITY, STANDING)
	);
	if (one === undefined || other === undefined) throw new Error('no history came along');
	const flaws = await flawsAfter(
		relay,
		`UPDATE element SET entry = CASE seq WHEN ${one.seq} THEN ${other.entry} ELSE ${one.entry} END
		WHERE ledger = ${one.ledger} AND seq IN (${one.seq}, ${other.seq})`
	);
	expect(flaws.map(({ what }) => what)).toContain('the head is of another text than its entry');
});

test.each([
	['family', `UPDATE record SET family = 'gone' WHERE family = 'duty'`],
	['org', `UPDATE record SET org = '${COMMUNITY}0' WHERE family = 'demand'`],
	['subject', `UPDATE record SET subject = 'other' WHERE family = 'duty'`],
	['period', `UPDATE record SET period = '1999Q1' WHERE family = 'demand'`],
	['fact', `UPDATE record SET fact = '{}' WHERE family = 'demand'`]
])('[L2] the column %s of a record is that of its row', async (_, meddling) => {
	const { relay, devices } = district;
	await devices.member.says(relay.url, demand(v7()));
	expect(await flawsOf(relay)).toEqual([]);
	expect(await flawsAfter(relay, meddling)).not.toEqual([]);
});

test('[L2] an end that was told and cut off is missed, though every chain is whole', async () => {
	const { dataDir, devices } = district;
	const away = temporaryFolder();
	const copy = `${away.path}/copy`;
	await copyStore(dataDir, copy);
	await devices.member.says(district.relay.url, demand(v7()));
	expect(await lacksTold(dataDir, district.relay.store)).toBe(false);
	await district.relay.close();
	await leadBack(dataDir, copy);
	const store = await openStoreOf({ dataDir, ...(await databaseOf(dataDir)) }, openKeys(dataDir));
	expect(await lacksTold(dataDir, store)).toBe(true);
	await store.close();
	await district.restart();
	expect(await lacksTold(dataDir, district.relay.store)).toBe(false);
	away.remove();
});
