/** [R2] What a relay knows by heart while others write on the same database: never older than what it knew before. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { orgRecord } from '#domain/ids.ts';
import { isOrganisation, type OrganisationRow } from '#domain/kinds/organisation.ts';
import { openDirectory, type Directory } from '#relay/judging/directory.ts';
import type { Store, Stored } from '#relay/store/store.ts';
import { storeAt } from '../../support/database.ts';
import { startDistrict, type District } from '../../support/district.ts';
import { COMMUNITY } from '../../support/tell.ts';

const community = orgRecord(COMMUNITY);
let district: District;
let store: Store;
let directory: Directory;

beforeEach(async () => {
	district = await startDistrict();
	store = await storeAt(district.dataDir);
	directory = await openDirectory(store);
});
afterEach(async () => {
	await store.close();
	await district.end();
});

const known = () => directory.organisation(community)?.name;

async function named(stored: Stored, name: string): Promise<OrganisationRow> {
	const row = await stored.row(community);
	if (row === null || !isOrganisation(row)) throw new Error('no community');
	return { ...row, name };
}

async function write(stored: Stored, row: OrganisationRow): Promise<void> {
	const json = JSON.stringify(row);
	await stored.run('UPDATE record SET row = ? WHERE id = ?', json, community);
}

async function renames(name: string): Promise<void> {
	await store.transaction(async (tx) => write(tx, await named(tx, name)));
}

test('[R5] what was written before a relay first looked for news is heard by that look', async () => {
	await renames('第一');
	store.onNews(() => directory.catchUp(store));
	await expect.poll(known, { timeout: 10_000 }).toBe('第一');
});

test('an answer that was overtaken by a newer one changes nothing', async () => {
	await renames('第一');
	const { promise: answered, resolve: answer } = Promise.withResolvers<undefined>();
	const { promise: overtaken, resolve: goOn } = Promise.withResolvers<undefined>();
	const slow: Stored = {
		...store,
		async written(since) {
			const found = await store.written(since);
			answer(undefined);
			await overtaken;
			return found;
		}
	};
	const catching = directory.catchUp(slow);
	await answered;
	await renames('第二');
	await directory.catchUp(store);
	goOn(undefined);
	await catching;
	expect(known()).toBe('第二');
});

/** Renames as this relay does: what it wrote is known here once it is kept. */
function renamesHere(name: string) {
	return store.transaction(async (tx) => {
		const draft = await directory.draftIn(tx);
		const row = await named(tx, name);
		await write(tx, row);
		draft.put(row);
		return draft;
	});
}

test('what a transaction wrote does not cover what another relay wrote after it', async () => {
	const draft = await renamesHere('第一');
	await renames('第二');
	await directory.catchUp(store);
	draft.keep();
	expect(known()).toBe('第二');
});

test('what a transaction wrote is known as soon as it is kept', async () => {
	const draft = await renamesHere('第一');
	draft.keep();
	expect(known()).toBe('第一');
});
