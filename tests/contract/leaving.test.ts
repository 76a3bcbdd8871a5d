/** A door goes from one member to another: what was told of it goes with it, and nothing of it stays behind. */
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { GoneHead, Head } from '#domain/element.ts';
import type { PersonId } from '#domain/ids.ts';
import { household as households } from '#domain/kinds/household.ts';
import { resident as residents } from '#domain/kinds/resident.ts';
import { deskLedger, memberLedger, STANDING, type LedgerName } from '#domain/ledgers.ts';
import { encodeUpdate, ROOT } from '#relay/ledgers/ledger-document.ts';
import { goneOfBefore } from '#relay/store/schema.ts';
import type { StoredElement } from '#relay/store/store.ts';
import { flawsAfter, flawsOf } from '../support/audits.ts';
import { startDistrict, type District } from '../support/district.ts';
import { connect, until } from '../support/reader.ts';
import { COMMUNITY, demand, household, people, visit } from '../support/tell.ts';

const NAME = '只此一家的名字';
let district: District;
let door: string;

beforeEach(async () => {
	district = await startDistrict();
	door = v7();
	await district.devices.secretary.says(district.relay.url, household(door, people.member));
});
afterEach(() => district.end());

const standing = (person: PersonId) => memberLedger(person, COMMUNITY, STANDING);

async function link(member: PersonId | null): Promise<void> {
	const body = { member, from: Date.now() };
	const record = door;
	const { secretary } = district.devices;
	await secretary.says(district.relay.url, { kind: 'household.linked.v1', record, body });
	await district.relay.deliver.settled();
}

async function rename(head: string): Promise<void> {
	const body = { head, reason: '写错' };
	const { secretary } = district.devices;
	const kind = 'household.corrected.v1';
	await secretary.says(district.relay.url, { kind, record: door, body });
}

interface Told {
	readonly n: number;
	readonly kind: string;
	readonly hasText: boolean;
}

async function told(ledger: LedgerName, record = door): Promise<Told[]> {
	const elements = await district.relay.store.elements(ledger, 0, 1_000);
	return elements
		.map(({ head, text }) => ({ head: Object.assign({ record: '' }, JSON.parse(head)), text }))
		.filter(({ head }) => head.record === record)
		.map(({ head, text }) => {
			const { n, kind } = (head.kind === 'left' ? GoneHead : Head).parse(head);
			return { n, kind, hasText: text !== null };
		});
}

function documentOf(elements: readonly StoredElement[]): Uint8Array {
	return encodeUpdate(elements, 0, Infinity).update;
}

test('[A5] the texts leave the ledger of the member who had it; heads and chain stay, a head says so', async () => {
	await rename(NAME);
	await link(people.secondMember);
	expect(await told(standing(people.member))).toEqual([
		{ n: 1, kind: 'household.registered.v1', hasText: false },
		{ n: 2, kind: 'household.corrected.v1', hasText: false },
		{ n: 3, kind: 'left', hasText: false }
	]);
	const rows = await district.relay.store.elements(standing(people.member), 0, 100);
	expect(JSON.stringify(rows)).not.toContain(NAME);
	expect(Buffer.from(documentOf(rows)).includes(NAME)).toBe(false);
	expect(await flawsOf(district.relay)).toEqual([]);
});

test('[A1] it comes to the next member whole, and coming back is a full copy', async () => {
	await link(people.secondMember);
	await rename(NAME);
	await link(people.member);
	const whole = [1, 2, 3, 4].map((n) => ({ n, hasText: true }));
	expect((await told(standing(people.member))).slice(2)).toMatchObject(whole);
	expect(await told(standing(people.secondMember))).toMatchObject([
		{ n: 1, hasText: false },
		{ n: 2, hasText: false },
		{ n: 3, hasText: false },
		{ n: 4, kind: 'left' }
	]);
	expect(await flawsOf(district.relay)).toEqual([]);
});

test('[A5] a reader that is connected, one that resumes and one that comes after have the same document', async () => {
	const { relay, devices } = district;
	const channel = `${standing(people.member)}@${relay.store.epoch}`;
	await rename(NAME);
	const connected = await connect(relay.url, devices.member.cookie);
	const live = await connected.open(channel);
	const away = new Y.Doc();
	Y.applyUpdate(away, Y.encodeStateAsUpdate(live));
	const holds = (doc: Y.Doc) => Buffer.from(Y.encodeStateAsUpdate(doc)).includes(NAME);
	expect(holds(away)).toBe(true);

	await link(people.secondMember);
	await until(() => !holds(live));
	const again = await connect(relay.url, devices.member.cookie);
	const resumed = await again.open(channel, away);
	const third = await connect(relay.url, devices.member.cookie);
	const fresh = await third.open(channel);
	const whole = documentOf(await relay.store.elements(standing(people.member), 0, 100));
	for (const doc of [live, resumed, fresh]) expect(Y.encodeStateAsUpdate(doc)).toEqual(whole);
	expect(Buffer.concat(third.frames).includes(NAME)).toBe(false);
	for (const reader of [connected, again, third]) reader.close();
});

test('[A5] what came and left in one hand-in is sent to nobody', async () => {
	const { relay, devices } = district;
	const reader = await connect(relay.url, devices.member.cookie);
	const doc = await reader.open(`${standing(people.member)}@${relay.store.epoch}`);
	const before = doc.getArray(ROOT).length;
	const { secretary } = devices;
	const record = door;
	await secretary.handIn(relay.url, [
		secretary.commit({
			kind: 'household.corrected.v1',
			record,
			body: { head: NAME, reason: '写错' }
		}),
		secretary.commit({
			kind: 'household.linked.v1',
			record,
			body: { member: people.secondMember, from: 1 }
		})
	]);
	await until(() => doc.getArray(ROOT).length > before);
	expect(Buffer.concat(reader.frames).includes(NAME)).toBe(false);
	reader.close();
});

test('[A5] the other door, JSON, tells the same', async () => {
	await rename(NAME);
	await link(people.secondMember);
	const { relay, devices } = district;
	const answer = await fetch(`${relay.url}/api/ledgers/${standing(people.member)}`, {
		headers: { cookie: devices.member.cookie }
	});
	const text = await answer.text();
	expect(text).toContain('"kind":"left"');
	expect(text).not.toContain(NAME);
});

test('[A1] visits and demands of the door follow it, by a job that outlives the relay', async () => {
	const { member, secondMember, secretary } = district.devices;
	const { url } = district.relay;
	const [walked, asked, mine, alone] = [v7(), v7(), v7(), v7()];
	await member.says(url, visit(walked, door, { interviewee: NAME }));
	await member.says(url, demand(asked, { household: door, requester: NAME }));
	await member.says(url, demand(alone));
	// Who stands in keeps what they told themselves.
	await secondMember.says(url, visit(mine, door, { interviewee: NAME }));
	const at = async (person: PersonId, record: string) => {
		const { period = '' } = (await district.relay.store.row(Head.shape.record.parse(walked))) ?? {};
		const elements = await told(memberLedger(person, COMMUNITY, period), record);
		return elements.map(({ hasText }) => hasText);
	};
	expect(await at(people.member, mine)).toEqual([true]);
	expect(await at(people.secondMember, mine)).toEqual([true]);
	expect(await at(people.secondMember, walked)).toEqual([]);

	const body = { member: people.secondMember, from: Date.now() };
	await secretary.says(url, { kind: 'household.linked.v1', record: door, body });
	await district.restart();
	await district.relay.deliver.settled();
	for (const record of [walked, asked]) {
		expect(await at(people.secondMember, record)).toEqual([true]);
		expect(await at(people.member, record)).toEqual([false, false]);
	}
	expect(await at(people.secondMember, mine)).toEqual([true]);
	expect(await at(people.member, alone)).toEqual([true]);
	expect(await flawsOf(district.relay)).toEqual([]);

	// What the former member tells afterwards is theirs to see: they were there (O2).
	const late = v7();
	await member.says(district.relay.url, visit(late, door));
	expect(await at(people.member, late)).toEqual([true]);
	expect(await at(people.secondMember, late)).toEqual([true]);
});

test('[A1] a job that was due when the relay stopped is done when it starts', async () => {
	const { member } = district.devices;
	const walked = v7();
	await member.says(district.relay.url, visit(walked, door));
	const { store } = district.relay;
	// As a crash between the two transactions leaves it.
	const row = await store.row(Head.shape.record.parse(door));
	const handedOn = { [people.member]: 8e15 };
	const linked = JSON.stringify({ ...row, linkedMember: people.secondMember, handedOn });
	await store.run('UPDATE record SET row = ? WHERE id = ?', linked, door);
	await store.run('INSERT INTO due_readers VALUES (?)', walked);
	await district.restart();
	await district.relay.deliver.settled();
	const { period = '' } = (await district.relay.store.row(Head.shape.record.parse(walked))) ?? {};
	expect(await told(memberLedger(people.secondMember, COMMUNITY, period), walked)).toHaveLength(1);
	expect((await told(memberLedger(people.member, COMMUNITY, period), walked)).at(-1)?.kind).toBe(
		'left'
	);
	expect(await district.relay.store.all('SELECT * FROM due_readers')).toEqual([]);
});

test('[A5] the audit names a text that stayed, one that went without leave, and readers that do not fit', async () => {
	await link(people.secondMember);
	const { relay } = district;
	const of = (ledger: LedgerName) =>
		`record = '${door}' AND ledger = (SELECT num FROM ledger WHERE name = '${ledger}')`;
	const [seq] = await relay.store.all<{ seq: number }>(
		`SELECT seq FROM element WHERE ${of(standing(people.member))} ORDER BY seq`
	);
	expect(
		await flawsAfter(
			relay,
			`UPDATE element SET entry = 1 WHERE ${of(standing(people.member))} AND n = 1`
		)
	).toContainEqual({
		where: `${standing(people.member)} seq ${seq?.seq}`,
		what: 'its text should be gone'
	});
	expect(
		await flawsAfter(
			relay,
			`UPDATE element SET entry = NULL WHERE ${of(standing(people.secondMember))}`
		)
	).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ what: 'its text is missing' }),
			{ where: `record ${door}`, what: 'it is not whole in the ledgers of its readers' }
		])
	);
});

test('[L2] a door that had nobody for a while and then somebody again is whole to the audit', async () => {
	await link(people.secondMember);
	await link(null);
	await link(people.member);
	expect(await flawsOf(district.relay)).toEqual([]);
});

const person = v7();

/** Somebody lives there, and each of two members has told of the door. */
async function isLivedIn(): Promise<{ readonly own: string; readonly other: string }> {
	const { relay, devices } = district;
	const [own, other] = [v7(), v7()];
	const resident = { household: door, name: NAME };
	await devices.secretary.says(relay.url, {
		kind: 'resident.registered.v1',
		record: person,
		body: resident
	});
	await devices.member.says(relay.url, visit(own, door, { interviewee: NAME }));
	await devices.secondMember.says(relay.url, visit(other, door, { interviewee: NAME }));
	return { own, other };
}

async function says(kind: string, record: string): Promise<void> {
	const { relay, devices } = district;
	const body = { reason: '登记错了' };
	const [receipt] = await devices.secretary.says(relay.url, { kind, record, body });
	expect(receipt?.verdict).toBe('accepted');
	await relay.deliver.settled();
}

/** Whose ledgers hold a record. */
async function heldBy(record: string): Promise<readonly string[]> {
	const found = await district.relay.store.first<{ ledgers: string }>(
		'SELECT ledgers FROM record WHERE id = ?',
		record
	);
	const ledgers: readonly LedgerName[] = JSON.parse(found?.ledgers ?? '[]');
	return ledgers.map((ledger) => ledger.split('/').slice(0, -1).join('/'));
}

const deskOnly = [`desk/${COMMUNITY}`];

test.each(['household.moved-out.v1', 'household.voided.v1'])(
	'[A2, A5] a door that left the register by %s is read at the desk alone, with who lived there; who told of it keeps that',
	async (kind) => {
		const { own, other } = await isLivedIn();
		expect(await heldBy(person)).toHaveLength(2);
		await says(kind, door);
		expect(await heldBy(door)).toEqual(deskOnly);
		expect(await heldBy(person)).toEqual(deskOnly);
		const rows = await district.relay.store.elements(standing(people.member), 0, 100);
		expect(JSON.stringify(rows)).not.toContain(NAME);
		const byMember = await heldBy(own);
		expect(byMember).toHaveLength(2);
		expect(byMember.join()).toContain(people.member);
		expect((await heldBy(other)).join()).not.toContain(`${people.member}/`);
		expect(await flawsOf(district.relay)).toEqual([]);
	}
);

test('[A1] a door that comes back to the register comes back to its member whole, and may be corrected there', async () => {
	await isLivedIn();
	await says('household.moved-out.v1', door);
	await says('household.returned.v1', door);
	expect(await heldBy(person)).toHaveLength(2);
	expect((await told(standing(people.member))).slice(-3)).toMatchObject(
		[1, 2, 3].map((n) => ({ n, hasText: true }))
	);
	const { relay, devices } = district;
	const [receipt] = await devices.member.says(relay.url, {
		kind: 'household.corrected.v1',
		record: door,
		body: { head: NAME, reason: '写错' }
	});
	expect(receipt?.verdict).toBe('accepted');
});

test('[A2, A5] somebody who was registered by mistake leaves the phones of who looks after the door', async () => {
	await isLivedIn();
	await says('resident.voided.v1', person);
	expect(await heldBy(person)).toEqual(deskOnly);
	expect(await heldBy(door)).toHaveLength(2);
});

test('[A2] a store of an older relay asks anew who reads what had left the register before', async () => {
	const older = [households, residents].map((family) =>
		vi
			.spyOn(family, 'audience')
			.mockImplementation(({ org }) => [
				deskLedger(org, STANDING),
				memberLedger(people.member, org, STANDING)
			])
	);
	await isLivedIn();
	await says('resident.voided.v1', person);
	await says('household.moved-out.v1', door);
	expect([await heldBy(door), await heldBy(person)].map(({ length }) => length)).toEqual([2, 2]);
	for (const each of older) each.mockRestore();
	await district.relay.store.run(goneOfBefore);
	await district.restart();
	await district.relay.deliver.settled();
	expect([await heldBy(door), await heldBy(person)]).toEqual([deskOnly, deskOnly]);
});
