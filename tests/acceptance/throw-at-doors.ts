/**
 * Traces of real Yjs documents, and bends of them, thrown at every door of a relay with its real people: raw, as a
 * photo, in addresses, and in the place of any text of what the door asks for. Nothing of it comes into a ledger.
 */
import { createHash } from 'node:crypto';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { HandInAnswer, Problem } from '#domain/wire.ts';
import { audit } from '#relay/audit.ts';
import { createChance, type Chance } from '#relay/demo/random.ts';
import { RELAY_PERSON } from '#relay/keys.ts';
import { createInvitations } from '#relay/people/invitations.ts';
import { knockAt, strangeDrafts, type Around } from '../fuzz/knocks.ts';
import { askRaw, type Answer, type Knock } from '../support/ask-raw.ts';
import { enrollingAt, type Insider } from '../support/insiders.ts';
import { challengeFor, knock, startPeopledRelay, type PeopledRelay } from '../support/joining.ts';
import { heldOf } from '../support/offers.ts';
import { found, temporaryFolder } from '../support/relay.ts';
import { routesOfRelay } from '../support/routes-of-relay.ts';
import { demand, people } from '../support/tell.ts';

export interface DoorsReport {
	readonly doors: number;
	readonly knocks: number;
	/** Answers that none of it may get, each once: `POST /api/scope 500`. */
	readonly badAnswers: readonly string[];
	readonly isLedgerTouched: boolean;
	readonly flaws: number;
	readonly isUp: boolean;
}

/** Updates for each door, every one in all forms. */
const FOR_EACH_DOOR = 150;
/** Asked at once. */
const LANES = 8;

export async function throwAtDoors(
	updates: readonly Uint8Array[],
	seed: number
): Promise<DoorsReport> {
	const folder = temporaryFolder();
	const limits = { failedOpeningsPer10Minutes: 1e9 };
	const relay = await startPeopledRelay({ dataDir: join(folder.path, 'data'), limits });
	const agent = new Agent({ keepAlive: true, maxSockets: LANES });
	try {
		await found(relay);
		const { around, honest } = await lookAround(relay, updates);
		const before = await ledgersOf(relay);
		const routes = routesOfRelay();
		const bad = new Set<string>();
		let knocks = 0;
		for (const route of routes) {
			const chance = createChance(`doors/${seed}/${route}`);
			const thrown = Array.from({ length: FOR_EACH_DOOR }, () => chance.pick(updates));
			const queue = thrown.flatMap((update) => allForms(route, update, chance, around));
			knocks += queue.length;
			const lane = async () => {
				for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
					const answer = await askRaw(Number(new URL(relay.url).port), agent, next);
					if (!isBorne(next.path, answer)) bad.add(`${route} ${answer.status}`);
				}
			};
			await Promise.all(Array.from({ length: LANES }, lane));
		}
		const isLedgerTouched = (await ledgersOf(relay)) !== before;
		const isUp = await takesHonestWork(relay, honest);
		const { flaws } = await audit(relay.store, relay.keys, relay.people.devices);
		const badAnswers = [...bad];
		return {
			doors: routes.length,
			knocks,
			badAnswers,
			isLedgerTouched,
			flaws: flaws.length,
			isUp
		};
	} finally {
		agent.destroy();
		await relay.end();
		folder.remove();
	}
}

/** People of every rank, what they hold and may lie about: in the place of true names stand texts of traces. */
async function lookAround(
	relay: PeopledRelay,
	updates: readonly Uint8Array[]
): Promise<{ readonly around: Around; readonly honest: Insider }> {
	const enrol = enrollingAt(relay);
	const honest = await enrol(people.member);
	const insiders = [
		honest,
		await enrol(people.secretary),
		await enrol(people.officer),
		await enrol(people.district)
	] as const;
	const overheard = honest.device.commit(demand(v7()));
	await handIn(relay, honest, overheard);
	const reader = { ...honest.device, cookie: honest.cookie };
	const ledgers = await relay.store.all<{ name: string }>('SELECT name FROM ledger');
	const texts = updates.slice(0, 100).map(textOf);
	const invited = { person: people.secondMember, by: RELAY_PERSON };
	const around = {
		insiders,
		ids: texts,
		ledgers: [...ledgers.map(({ name }) => name), ...texts],
		shared: [],
		elements: await heldOf(relay.url, reader, 'directory'),
		epoch: relay.store.epoch,
		drafts: strangeDrafts().map((draft) => ({ by: honest, draft })),
		overheard: [overheard],
		invitation: await createInvitations(relay).issue(invited),
		challenge: await challengeFor(relay.url, honest.device.id)
	};
	return { around, honest };
}

/** One update as a door may meet it. */
function allForms(
	route: string,
	update: Uint8Array,
	chance: Chance,
	around: Around
): readonly Knock[] {
	const asked = knockAt(route, chance, around);
	const { cookie } = chance.pick(around.insiders);
	const headers = { ...asked.headers, cookie };
	const text = textOf(update);
	const [method = '', path = ''] = route.split(' ');
	const bare = path === '*' ? '/' : path.replace(/:\w+|\*/, '');
	return [
		{ ...asked, headers, body: update },
		{ ...asked, headers, body: withText(chance, wordsAt(route, asked, text), text) },
		{ method, headers, path: `${bare}${text}?after=${text}&limit=${text}` },
		...(route.startsWith('PUT') ? [asPhoto(bare, update, headers)] : [])
	];
}

/** What a door asks for; at the door of entries signed by nobody, since what was signed may well be taken. */
function wordsAt(route: string, { body }: Knock, text: string): string {
	if (route !== 'POST /api/entries') return typeof body === 'string' ? body : '{"of":""}';
	return JSON.stringify({ now: Date.now(), commits: [[{ text, sig: text }]] });
}

/** Puts it in the place of one text of some JSON, a key or a value. */
function withText(chance: Chance, json: string, text: string): string {
	const found = [...json.matchAll(/"(?:[^"\\]|\\.)*"/g)];
	if (found.length === 0) return JSON.stringify([text]);
	const { 0: old, index } = chance.pick(found);
	return json.slice(0, index) + JSON.stringify(text) + json.slice(index + old.length);
}

/** Whole, and under the name that its bytes have. */
function asPhoto(folder: string, update: Uint8Array, headers: Knock['headers']): Knock {
	const name = createHash('sha256').update(update).digest('hex');
	const range = `bytes 0-${update.length - 1}/${update.length}`;
	const ranged = { ...headers, 'content-range': range };
	return { method: 'PUT', path: folder + name, headers: ranged, body: update };
}

function textOf(update: Uint8Array): string {
	return Buffer.from(update).toString('base64url').slice(0, 4_000);
}

/** Refused in the relay's own words, or answered; it breaks nothing, and is not turned away for want of room. */
function isBorne(path: string, { status, type, body }: Answer): boolean {
	if (status < 400) return path !== '/api/entries' || !body.includes('"accepted"');
	// Whoever asks for its health hears of the machine's disk.
	if (path.startsWith('/readyz') && status === 503) return true;
	if (status === 431 || type !== 'application/problem+json') return status < 500;
	return status < 500 && Problem.safeParse(JSON.parse(body)).success;
}

async function ledgersOf({ store }: PeopledRelay): Promise<string> {
	return JSON.stringify(await store.all('SELECT name, seq, chain FROM ledger ORDER BY name'));
}

async function takesHonestWork(relay: PeopledRelay, by: Insider): Promise<boolean> {
	return handIn(relay, by, by.device.commit(demand(v7())));
}

/** Was it accepted? */
async function handIn(
	{ url, now }: PeopledRelay,
	{ cookie }: Insider,
	commit: ReturnType<Insider['device']['commit']>
): Promise<boolean> {
	const asked = { now: now(), commits: [commit] };
	const { json } = await knock(url, '/api/entries', asked, { cookie });
	const { receipts } = HandInAnswer.parse(json);
	return receipts.every(({ verdict }) => verdict === 'accepted');
}
