/** What a client may say at each door of the relay, right but for the places that chance has bent. */
import { createHash } from 'node:crypto';
import { v7 } from 'uuid';
import type { Signed } from '#domain/entry.ts';
import type { OfferedElement } from '#domain/offer.ts';
import { enrolText, sessionText } from '#domain/wire.ts';
import type { Chance } from '#relay/demo/random.ts';
import type { Knock } from '../support/ask-raw.ts';
import { signText, signWith, type Draft } from '../support/device.ts';
import type { Insider } from '../support/insiders.ts';
import { makePhone } from '../support/joining.ts';
import { REALM } from '../support/relay.ts';
import { COMMUNITY, DAY, DISTRICT, people, SUBDISTRICT } from '../support/tell.ts';
import { bendBytes, bendJson, bendText, type Json } from './bend.ts';

/** What there is to lie about. */
export interface Around {
	readonly insiders: readonly [Insider, ...Insider[]];
	/** True names of records, people, organisations, ledgers, devices and invitations. */
	readonly ids: readonly string[];
	readonly ledgers: readonly string[];
	/** Records of shared drafts that are open. */
	readonly shared: readonly string[];
	/** Elements as a device holds them that is ahead of its relay (R6). */
	readonly elements: readonly OfferedElement[];
	readonly epoch: string;
	/** Drafts that are right as they stand, with who may say each. */
	readonly drafts: readonly { readonly by: Insider; readonly draft: Draft }[];
	/** Commits of honest devices, as heard on their way. */
	readonly overheard: readonly (readonly Signed[])[];
	readonly invitation: { readonly id: string; readonly secret: string; readonly code: string };
	readonly challenge: string;
}

type Door = (chance: Chance, around: Around) => Knock;

/** Every door by its route; one without a line here is knocked at with nothing in the hand. */
const doors: Readonly<Record<string, Door>> = {
	'POST /api/entries': handIn,
	'POST /api/scope': (chance, around) =>
		json(chance, around, '/api/scope', {
			held: Object.fromEntries(
				around.ledgers.slice(0, 3).map((name) => [name, { seq: chance.int(0, 9), chain: 'x' }])
			),
			epoch: around.epoch,
			waiting: 3,
			version: 'test'
		}),
	'POST /api/offer': (chance, around) => {
		const elements = Array.from({ length: chance.int(1, 3) }, () => offered(chance, around));
		return json(chance, around, '/api/offer', { elements });
	},
	'POST /api/offer/common': (chance, around) => {
		const { previous } = chance.pick(around.elements);
		const marks = [{ seq: chance.int(0, 9), chain: previous }];
		const held = { [chance.pick(around.ledgers)]: marks };
		return json(chance, around, '/api/offer/common', { held });
	},
	'POST /api/invitation/look': (chance, around) =>
		json(chance, around, '/api/invitation/look', opener(chance, around)),
	'POST /api/enrol': (chance, around) => {
		const { publicKey, privateKey } = makePhone();
		const invitation = opener(chance, around);
		const proof = signText(privateKey, enrolText(REALM, invitation, publicKey));
		const asked = { invitation, publicKey, proof, label: 'Android', check: '0000' };
		return json(chance, around, '/api/enrol', asked);
	},
	'POST /api/session/challenge': (chance, around) =>
		json(chance, around, '/api/session/challenge', { device: around.insiders[0].device.id }),
	'POST /api/session': (chance, around) => {
		const { id, privateKey } = chance.pick(around.insiders).device;
		const { challenge } = around;
		const sig = signText(privateKey, sessionText(REALM, challenge));
		return json(chance, around, '/api/session', { device: id, challenge, sig });
	},
	'POST /api/invitations': (chance, around) =>
		json(chance, around, '/api/invitations', { person: people.member, as: 'slip' }),
	'POST /api/invitations/slips': (chance, around) =>
		json(chance, around, '/api/invitations/slips', { people: [people.member, people.worker] }),
	'POST /api/invitations/revoke': (chance, around) =>
		json(chance, around, '/api/invitations/revoke', { id: around.invitation.id }),
	'POST /api/devices/revoke': (chance, around) =>
		json(chance, around, '/api/devices/revoke', { device: chance.pick(around.ids) }),
	'POST /api/found': (chance, around) =>
		json(chance, around, '/api/found', {
			secret: 'x'.repeat(22),
			name: '某区',
			units: [{ code: DISTRICT, name: '某区', level: 'district', parent: null }],
			people: [{ name: '某人', phone: '0571-88000000', role: 'admin', org: DISTRICT }]
		}),
	'POST /api/demo/become': (chance, around) =>
		json(chance, around, '/api/demo/become', { key: 'secretary' }),
	'PUT /api/media/:name': (chance, around) => {
		const bytes = Buffer.concat([
			Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
			Buffer.from(chance.salt())
		]);
		const name = createHash('sha256').update(bytes).digest('hex');
		const range = `bytes 0-${bytes.length - 1}/${bytes.length}`;
		return {
			method: 'PUT',
			path: `/api/media/${chance.is(0.3) ? bendText(chance, name) : name}`,
			headers: {
				...asSomebody(chance, around),
				'content-range': chance.is(0.5) ? bendText(chance, range) : range
			},
			body: chance.is(0.5) ? bendBytes(chance, bytes) : bytes
		};
	},
	'GET /api/media/:name': (chance, around) =>
		ask(chance, around, `/api/media/${createHash('sha256').update(chance.salt()).digest('hex')}`),
	'GET /api/ledgers/*': (chance, around) => {
		const query = `?after=${chance.int(0, 5)}&limit=${chance.int(1, 9)}`;
		return ask(chance, around, `/api/ledgers/${chance.pick(around.ledgers)}${query}`);
	}
};

/** A knock at the door of a route, such as `POST /api/scope`. */
export function knockAt(route: string, chance: Chance, around: Around): Knock {
	const known = doors[route];
	if (known !== undefined) return known(chance, around);
	const [method = 'GET', path = '/'] = route.split(' ');
	const concrete = path.replace(/:\w+/, chance.pick(around.ids)).replace('*', 'x');
	if (method === 'GET') return ask(chance, around, concrete);
	return json(chance, around, concrete, { id: chance.pick(around.ids) }, method);
}

/** An element that the store has, one whose head was bent under its tag, or one with the text of another. */
function offered(chance: Chance, { elements, ids, overheard }: Around): Json {
	const { previous, head, text, sig } = chance.pick(elements);
	const other = chance.pick(chance.pick(overheard));
	const said = chance.is(0.8) ? { text, sig } : { text: other.text, sig: other.sig };
	return {
		previous: chance.is(0.9) ? previous : chance.pick(elements).previous,
		head: chance.is(0.5) ? head : bendJson(chance, JSON.parse(head), ids),
		...(said.text === undefined || said.sig === undefined ? {} : { text: said.text, sig: said.sig })
	};
}

/** Commits overheard and bent, or signed by an insider over a bent text: then only the judge stands in the way. */
function handIn(chance: Chance, around: Around): Knock {
	const commits: Json[] = Array.from({ length: chance.int(1, 2) }, () => commit(chance, around));
	const asked = { now: Date.now(), commits };
	if (chance.is(0.5)) return json(chance, around, '/api/entries', asked);
	const headers = { ...asSomebody(chance, around), 'content-type': 'application/json' };
	return { method: 'POST', path: '/api/entries', headers, body: JSON.stringify(asked) };
}

function commit(chance: Chance, around: Around): Json {
	if (chance.is(0.3)) return chance.pick(around.overheard).map(({ text, sig }) => ({ text, sig }));
	const { by, draft } = chance.pick(around.drafts);
	const { id, privateKey } = by.device;
	const [good] = signWith(privateKey, [draft], { device: id, realm: REALM, at: Date.now() });
	if (good === undefined) throw new Error('knocks: a commit without an entry');
	const text = bendJson(chance, JSON.parse(good.text), around.ids);
	if (chance.is(0.8)) return [{ text, sig: signText(privateKey, text) }];
	return [{ text: chance.is(0.5) ? text : good.text, sig: bendText(chance, good.sig) }];
}

function opener(chance: Chance, { invitation }: Around): { secret: string } | { code: string } {
	return chance.is(0.7) ? { secret: invitation.secret } : { code: invitation.code };
}

function json(chance: Chance, around: Around, path: string, value: Json, method = 'POST'): Knock {
	const text = bendJson(chance, value, around.ids);
	return {
		method,
		path,
		headers: { ...asSomebody(chance, around), 'content-type': 'application/json' },
		body: chance.is(0.15) ? bendBytes(chance, new TextEncoder().encode(text)) : text
	};
}

function ask(chance: Chance, around: Around, path: string): Knock {
	const bent = chance.is(0.6) ? bendText(chance, path) : path;
	return { method: 'GET', path: bent, headers: asSomebody(chance, around) };
}

function asSomebody(chance: Chance, { insiders }: Around): Record<string, string> {
	const { cookie } = chance.pick(insiders);
	if (chance.is(0.9)) return { cookie };
	return chance.is(0.5) ? {} : { cookie: chance.pick([bendText(chance, cookie), 'lxq=', ';;=']) };
}

/** Drafts that no example gives: the ends of the alphabet of kinds, in another's name, adopted, replaced. */
export function strangeDrafts(): readonly Draft[] {
	const body = {
		title: '题',
		description: '说',
		type: 'help',
		urgency: 'normal',
		channel: 'phone'
	};
	const demand = { kind: 'demand.registered.v1', body };
	return [
		{ ...demand, record: v7(), onBehalfOf: people.member },
		{ ...demand, record: v7(), adopts: { entry: v7() as never, at: Date.now() - DAY } },
		{ ...demand, record: v7(), org: SUBDISTRICT },
		{ ...demand, record: COMMUNITY },
		{ kind: 'demand.registered.v2', record: v7(), body },
		{ kind: 'nothing.known.v99', record: v7(), body: {} }
	];
}
