/** Who of the demo's people joined, with which devices, and whose invitation lies unused. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { DeviceId } from '#domain/ids.ts';
import { DAY, HOUR } from '#domain/spans.ts';
import { PublicKey } from '#domain/wire.ts';
import { RELAY_PERSON } from '../keys.ts';
import type { PeopleStore } from '../store/people.ts';
import type { DemoPerson } from './people.ts';
import type { DemoPlan } from './plan.ts';
import type { Chance } from './random.ts';

const phones = [
	'(Linux; Android 12; M2104K10AC) Mobile Chrome/120',
	'(Linux; Android 10; HLK-AL00) Mobile HuaweiBrowser/14',
	'(Linux; Android 13; V2166A) Mobile VivoBrowser/21',
	'(Linux; Android 11; PEGM00) Mobile HeyTapBrowser/45',
	'(iPhone; CPU iPhone OS 16_6 like Mac OS X) Mobile Safari/604'
];
const desks = ['(iPad; CPU OS 17_4 like Mac OS X) Mobile Safari/604', '(Windows NT 10.0) Edg/126'];
const SLIP = 7 * DAY;

/** The four identities that one tap takes join only when somebody is them. */
export async function joinDemo(
	people: PeopleStore,
	{ joiners, people: identities }: DemoPlan,
	{ chance, until }: { readonly chance: Chance; readonly until: number }
): Promise<void> {
	const taken = new Set<string>(Object.values(identities));
	for (const person of joiners) {
		if (taken.has(person.id)) continue;
		const fate = chance.next();
		if (fate < 0.78) await join(people, person, { chance, until });
		else if (fate < 0.86) await invite(people, person, chance, until - chance.int(1, 5) * DAY);
		else if (fate < 0.94) await invite(people, person, chance, until - chance.int(9, 30) * DAY);
	}
}

/** A slip, then a phone that is heard of most days; a few are silent, or have work that waits. */
async function join(
	people: PeopleStore,
	person: DemoPerson,
	{ chance, until }: { readonly chance: Chance; readonly until: number }
): Promise<void> {
	const isField = person.role === 'member' || person.role === 'volunteer';
	const createdAt = until - chance.int(20, 90) * DAY;
	const id = DeviceId.parse(chance.id(createdAt));
	const invitation = await invite(people, person, chance, createdAt - chance.int(1, 48) * HOUR);
	await people.use(invitation, id, createdAt);
	await people.addDevice({
		id,
		person: person.id,
		publicKey: strangersKey(),
		label: chance.pick(isField ? phones : desks),
		createdAt
	});
	const isSilent = chance.is(0.12);
	const waiting = chance.is(isSilent ? 0.5 : 0.06) ? chance.int(1, 6) : 0;
	const ago = isSilent ? chance.int(3, 15) * DAY : chance.int(0, 20) * HOUR;
	await people.seen(id, until - ago - chance.int(1, 50) * 60_000, { waiting });
}

async function invite(
	people: PeopleStore,
	{ id }: DemoPerson,
	chance: Chance,
	at: number
): Promise<string> {
	const invitation = chance.id(at);
	await people.addInvitation({
		id: invitation,
		person: id,
		issuedBy: RELAY_PERSON,
		// Nobody was told the secret: nothing opens it.
		secretHash: randomBytes(32).toString('base64url'),
		codeHash: randomBytes(32).toString('base64url'),
		selectorHash: randomBytes(32).toString('base64url'),
		asksPhone: true,
		createdAt: at,
		expiresAt: at + SLIP
	});
	return invitation;
}

/** A key whose other half nobody keeps: no session is ever opened with it. */
function strangersKey(): PublicKey {
	const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
	return PublicKey.parse({ kty, crv, x, y });
}
