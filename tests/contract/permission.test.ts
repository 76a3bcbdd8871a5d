/** [A2] Whose permission is looked up again when a duty, a card or an organisation changes: theirs, and nobody else's. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PersonId } from '#domain/ids.ts';
import { startDistrict, type District, type Role } from '../support/district.ts';
import { connect, until, type Reader } from '../support/reader.ts';
import { COMMUNITY, DISTRICT, people, SUBDISTRICT } from '../support/tell.ts';

/** The socket looks once a second whether anything changed. */
const SWEPT_MS = 1_200;
const reading: Role[] = ['member', 'secretary', 'worker', 'officer'];

let district: District;
let readers: Map<PersonId, Reader>;
let lookedUp: Set<PersonId>;

beforeEach(async () => {
	district = await startDistrict();
	const { relay, devices } = district;
	readers = new Map();
	for (const role of reading)
		readers.set(people[role], await connect(relay.url, devices[role].cookie));
	lookedUp = new Set();
	const { reading: read } = relay.directory;
	vi.spyOn(relay.directory, 'reading').mockImplementation((person, now) => {
		lookedUp.add(person);
		return read(person, now);
	});
});
afterEach(async () => {
	for (const reader of readers.values()) reader.close();
	await district.end();
});

const swept = () => new Promise((resolve) => setTimeout(resolve, SWEPT_MS));

async function says(
	role: Role,
	kind: string,
	record: string,
	body: Record<string, unknown>
): Promise<void> {
	const { relay, devices } = district;
	const org = role === 'district' ? DISTRICT : COMMUNITY;
	const [receipt] = await devices[role].says(relay.url, { kind, record, org, body });
	expect(receipt?.verdict).toBe('accepted');
}

function isTold(person: PersonId): boolean {
	return readers.get(person)?.told.some(({ scope }) => scope === true) ?? false;
}

test('a duty that ends is one person’s', async () => {
	const ended = { to: district.relay.now(), reason: '调离' };
	await says('secretary', 'duty.ended.v1', `duty-${people.worker}`, ended);
	await until(() => isTold(people.worker));
	await swept();
	expect([...lookedUp]).toEqual([people.worker]);
});

test('another name of an organisation is nobody’s, a new one is theirs who act above it', async () => {
	await says('district', 'organisation.renamed.v1', SUBDISTRICT, { name: '新柳浦街道' });
	await swept();
	expect([...lookedUp]).toEqual([]);
	const created = { name: '新桥社区', level: 'community', parent: SUBDISTRICT };
	await says('district', 'organisation.created.v1', '990101003000', created);
	await until(() => isTold(people.officer));
	await swept();
	expect([...lookedUp]).toEqual([people.officer]);
});
