/** A relay process under fire: who attacks it from inside a community, who works honestly in another, and what must hold. */
import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect as dial } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { v7 } from 'uuid';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import { encodeStateAsUpdate } from 'yjs';
import { z } from 'zod';
import { HAND_IN_ENTRIES, parseEntry, type Signed } from '#domain/entry.ts';
import { RecordId, type OrgId } from '#domain/ids.ts';
import { replyDraft } from '#domain/kinds/draft.ts';
import type { OfferedElement } from '#domain/offer.ts';
import { HandInAnswer, type Receipt } from '#domain/wire.ts';
import { audit } from '#relay/audit.ts';
import { openKeys } from '#relay/keys.ts';
import { genesis, openHead } from '#relay/ledgers/chain.ts';
import { openPeople } from '#relay/people/people.ts';
import { createRelay } from '#relay/relay.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { STORE_FILE } from '#relay/store/sqlite.ts';
import type { Sql, SqlValue } from '#relay/store/store.ts';
import { askRaw, type Answer, type Knock } from '../support/ask-raw.ts';
import { databaseOf, isOnPostgres, storeAt } from '../support/database.ts';
import { writeDraft } from '../support/draft-writer.ts';
import { examples } from '../support/examples-of-kinds.ts';
import { enrollingAt, type Insider } from '../support/insiders.ts';
import { challengeFor, knock } from '../support/joining.ts';
import { MOST_GROWTH, residentBytes } from '../support/memory.ts';
import { found, spawnRelay, temporaryFolder, wide } from '../support/relay.ts';
import {
	accepted as acceptedBy,
	COMMUNITY,
	demand,
	OTHER_COMMUNITY,
	people
} from '../support/tell.ts';
import { strangeDrafts, type Around } from './knocks.ts';

/** Rows by record, with the community each stands in. */
type Rows = ReadonlyMap<string, { readonly org: string; readonly row: string }>;

export interface FuzzedRelay {
	/** Draws what there is to lie about anew: records to speak of, an invitation, a challenge. */
	look(): Promise<Around>;
	knock(knock: Knock, address: string): Promise<Answer>;
	/** Says bytes to the port, and that no more come. */
	shout(bytes: Uint8Array): Promise<void>;
	/** The socket of an insider, shared or of one room; opened again where it was closed. */
	socket(by: Insider, room: string | null): Promise<WebSocket>;
	/** Resolves when every frame that was sent before has been heard. */
	heard(): Promise<void>;
	/** An entry that got an answer which lets it into the ledgers. */
	entered(receipt: Receipt): void;
	/** Throws what does not hold. */
	holds(): Promise<void>;
	/** Stops the relay in order, walks its store, removes it. */
	end(): Promise<void>;
	/** Ends what a failure left running. */
	kill(): Promise<void>;
}

const Issued = z.object({
	id: z.string(),
	secret: z.string().optional(),
	link: z.string(),
	code: z.string()
});
/** Reasons a socket may be closed for: no frame, too fast, too big, not readable, replaced, silent to a ping. */
const closeCodes = [1002, 1003, 1006, 1007, 1008, 1009, 4403, 4409];

export async function startFuzzedRelay(): Promise<FuzzedRelay> {
	const folder = temporaryFolder();
	const { insiders, honest } = await prepare(folder.path);
	const environment = { REAL_PEOPLE: '1', LOG_LEVEL: 'info', TRUSTED_PROXIES: '127.0.0.1' };
	const relay = await spawnRelay(folder.path, environment);
	const store = await readingAt(folder.path);
	let isOpen = true;
	const agent = new Agent({ keepAlive: true, maxSockets: 32 });
	const sockets = new Map<string, Promise<WebSocket>>();
	const closed = new Set<number>();
	const accepted = new Set<string>();
	const overheard: Signed[][] = [];
	const resident = await residentBytes(relay.url);
	let rows = await rowsIn(store);
	let entries = await lastEntry(store);

	async function post(by: Insider, path: string, body: unknown): Promise<unknown> {
		const { status, json } = await knock(relay.url, path, body, { cookie: by.cookie });
		if (status !== 200) throw new Error(`fuzz: ${path} answered ${status} to an honest knock`);
		return json;
	}

	async function says(by: Insider, commits: readonly Signed[][]): Promise<readonly Receipt[]> {
		const answer = await post(by, '/api/entries', { now: Date.now(), commits });
		const { receipts } = HandInAnswer.parse(answer);
		for (const receipt of receipts) entered(receipt);
		return receipts;
	}

	function entered({ id, verdict }: Receipt): void {
		if (id !== null && (verdict === 'accepted' || verdict === 'noted')) accepted.add(id);
	}

	/** A commit of the community that nobody of the insiders may speak in. */
	async function worksHonestly(): Promise<void> {
		const commit = honest.device.commit({ ...demand(v7()), org: OTHER_COMMUNITY });
		const [receipt] = await says(honest, [commit]);
		expect(receipt?.verdict).toBe('accepted');
		overheard.push(commit);
	}

	const epoch = await epochOf(store);
	const at = { url: relay.url, store: { epoch } };
	const writes = (by: Insider, draft: string) =>
		writeDraft(at, { ...by.device, cookie: by.cookie }, draft);

	/** A demand that waits for its reply, with the draft of it opened. */
	async function opensDraft(by: Insider, org: OrgId): Promise<RecordId> {
		const asked = RecordId.parse(v7());
		const draft = replyDraft(asked);
		const opening = { kind: 'draft.opened.v1', record: draft, body: { of: asked } };
		const told = [demand(asked), acceptedBy(asked), opening].map((each) => ({ ...each, org }));
		await says(by, [by.device.commit(...told)]);
		return draft;
	}

	/** What insiders wrote reads alike for everybody, whole and in its bounds; the honest draft they did not reach. */
	async function draftsHold(): Promise<void> {
		own.text.insert(own.text.length, '。');
		ownText += '。';
		await own.settled();
		expect(own.refusals).toEqual([]);
		const [, , worker, secretary] = insiders;
		for (const [draft, ...by] of [
			[ownDraft, honest],
			...shared.map((each) => [each, worker, secretary] as const)
		] as const) {
			const readers = await Promise.all(by.map((each) => writes(each, draft)));
			const told = () => readers.map(({ doc }) => Buffer.from(encodeStateAsUpdate(doc)));
			const isAlike = () => told().every((bytes) => bytes.equals(told()[0] ?? bytes));
			await expect.poll(isAlike, { timeout: 10_000 }).toBe(true);
			for (const bytes of told()) expect(bytes.length).toBeLessThanOrEqual(192 * 1024);
			for (const { doc } of readers) expect(doc.store.pendingStructs).toBeNull();
			if (draft === ownDraft) expect(readers[0]?.text.toString()).toBe(ownText);
			for (const each of readers) each.end();
		}
	}

	async function hangUp(): Promise<void> {
		own.end();
		agent.destroy();
		for (const each of [...sockets.values()]) (await each).terminate();
		isOpen = false;
		await store.close();
	}

	await worksHonestly();
	const ownDraft = await opensDraft(honest, OTHER_COMMUNITY);
	const own = await writes(honest, ownDraft);
	let ownText = '';
	const shared: RecordId[] = [];
	return {
		entered,
		async look() {
			const [member, , , secretary] = insiders;
			const drafts: Around['drafts'][number][] = [];
			shared.unshift(await opensDraft(secretary, COMMUNITY));
			shared.splice(3);
			const records = new Set<string>();
			const before: Signed[][] = [];
			for (const example of Object.values(examples)) {
				const { before: told = [], said } = example(v7, '1-1');
				for (const [who, draft] of told) {
					if (who !== 'own' && who !== 'secretary') continue;
					const by = who === 'own' ? member : secretary;
					before.push(by.device.commit(draft));
					records.add(draft.record);
				}
				drafts.push({ by: member, draft: said }, { by: secretary, draft: said });
			}
			for (let at = 0; at < before.length; at += HAND_IN_ENTRIES)
				await says(member, before.slice(at, at + HAND_IN_ENTRIES));
			for (const draft of strangeDrafts()) drafts.push({ by: secretary, draft });
			const asked = { person: people.secondMember, as: 'face' };
			const { id, link, code } = Issued.parse(await post(secretary, '/api/invitations', asked));
			const names = await store.all<{ name: string }>('SELECT name FROM ledger ORDER BY name');
			const ledgers = names.map(({ name }) => name);
			const known = [COMMUNITY, OTHER_COMMUNITY, 'settings', 'relay', honest.device.id];
			return {
				insiders,
				ledgers,
				shared: [...shared, ownDraft],
				elements: await elementsIn(store),
				epoch,
				ids: [...records, ...rows.keys(), ...Object.values(people), ...known, ...ledgers],
				drafts,
				overheard: overheard.slice(-5),
				invitation: { id, code, secret: /[\w-]{22}/.exec(link.split('#')[1] ?? '')?.[0] ?? '' },
				challenge: await challengeFor(relay.url, member.device.id)
			};
		},
		knock(asked, address) {
			const headers = { ...asked.headers, 'x-forwarded-for': address };
			return askRaw(relay.port, agent, { ...asked, headers });
		},
		async shout(bytes) {
			const socket = dial(relay.port, '127.0.0.1');
			socket.on('error', () => socket.destroy());
			socket.resume().end(bytes);
			await once(socket, 'close');
		},
		socket(by, room) {
			const name = `${by.cookie} ${room}`;
			const known = sockets.get(name);
			if (known) return known;
			const opened = openSocket(relay.url, by.cookie, room).then((ws) =>
				ws.once('close', (code) => {
					sockets.delete(name);
					closed.add(code);
				})
			);
			sockets.set(name, opened);
			return opened;
		},
		async heard() {
			for (const each of [...sockets.values()]) {
				const ws = await each;
				if (ws.readyState !== WebSocket.OPEN) continue;
				ws.ping();
				await Promise.race([once(ws, 'pong'), once(ws, 'close')]);
			}
		},
		async holds() {
			expect(relay.process.exitCode, 'the relay is up').toBeNull();
			await worksHonestly();
			await draftsHold();
			const now = await rowsIn(store);
			const named = new Set<string>();
			for (const { id, text } of await entriesSince(store, entries)) {
				const parsed = parseEntry(text);
				if (!parsed.ok) throw new Error(`fuzz: ${id} entered and cannot be parsed`);
				expect(accepted, `${id} entered and nobody was told`).toContain(id);
				const { record, body } = parsed.entry;
				for (const each of [record, body.of]) if (typeof each === 'string') named.add(each);
			}
			const changed = [...now].filter(([record, { row }]) => rows.get(record)?.row !== row);
			const unnamed = changed.filter(([record]) => !named.has(record));
			expect(unnamed, 'only what entries speak about has other rows').toEqual([]);
			expect([...rows.keys()].filter((record) => !now.has(record))).toEqual([]);
			rows = now;
			entries = await lastEntry(store);
			accepted.clear();
			const strange = [...closed].filter((code) => !closeCodes.includes(code));
			expect(strange, 'reasons to close a socket').toEqual([]);
			const grown = (await residentBytes(relay.url)) - resident;
			expect(grown, 'the memory that was added').toBeLessThan(MOST_GROWTH);
			const lines = relay
				.said()
				.split('\n')
				.filter((line) => line !== '');
			expect(lines.slice(1), 'the log stays quiet').toEqual([]);
		},
		async end() {
			await hangUp();
			expect(await relay.end('SIGTERM')).toBe(0);
			const stopped = await storeAt(folder.path);
			const keys = openKeys(folder.path);
			const { flaws } = await audit(stopped, keys, createPeopleStore(stopped));
			await stopped.close();
			folder.remove();
			expect(flaws).toEqual([]);
		},
		async kill() {
			if (!isOpen) return;
			await hangUp();
			await relay.end('SIGKILL');
			folder.remove();
		}
	};
}

type Insiders = readonly [Insider, Insider, Insider, Insider];

/** The district of the stories, with sessions for four people of one community and the secretary of another. */
async function prepare(dataDir: string): Promise<{ insiders: Insiders; honest: Insider }> {
	const config = {
		port: 0,
		host: '127.0.0.1',
		dataDir,
		...(await databaseOf(dataDir)),
		publicOrigin: null,
		logLevel: 'silent'
	} as const;
	const relay = await createRelay({
		config,
		people: openPeople,
		limits: wide,
		build: join(dataDir, 'no-build')
	});
	await found(relay);
	const enrol = enrollingAt(relay);
	const insiders: Insiders = [
		await enrol(people.member),
		await enrol(people.secondMember),
		await enrol(people.worker),
		await enrol(people.secretary)
	];
	const honest = await enrol(people.stranger);
	await relay.close();
	return { insiders, honest };
}

function openSocket(url: string, cookie: string, room: string | null): Promise<WebSocket> {
	const path = room === null ? '/sync' : `/sync/${encodeURIComponent(room)}`;
	const ws = new WebSocket(url.replace('http', 'ws') + path, { headers: { cookie } });
	ws.on('error', () => ws.terminate());
	return once(ws, 'open').then(() => ws);
}

async function rowsIn(sql: Reading): Promise<Rows> {
	const found = await sql.all<{ id: string; org: string; row: string }>(
		'SELECT id, org, row FROM record'
	);
	return new Map(found.map(({ id, org, row }) => [id, { org, row }]));
}

async function epochOf(sql: Reading): Promise<string> {
	const [found] = await sql.all<{ value: string }>(`SELECT value FROM meta WHERE key = 'epoch'`);
	return found?.value ?? '';
}

/** [R6] The newest elements, as a device holds them. */
async function elementsIn(sql: Reading): Promise<OfferedElement[]> {
	const found = await sql.all<{
		name: string;
		head: string;
		before: string | null;
		text: string | null;
		sig: string;
	}>(
		`SELECT l.name, e.head, p.head AS before, t.text, t.sig FROM element e
		JOIN ledger l ON l.num = e.ledger JOIN entry t ON t.num = e.entry
		LEFT JOIN element p ON p.ledger = e.ledger AND p.seq = e.seq - 1
		ORDER BY e.entry DESC LIMIT 50`
	);
	return found.map(({ name, head, before, text, sig }) => ({
		previous: openHead(before ?? '')?.chain ?? genesis(name),
		head,
		...(text === null ? {} : { text, sig })
	}));
}

async function lastEntry(sql: Reading): Promise<number> {
	const [found] = await sql.all<{ last: number | null }>('SELECT max(num) AS last FROM entry');
	return found?.last ?? 0;
}

function entriesSince(sql: Reading, num: number): Promise<{ id: string; text: string }[]> {
	return sql.all('SELECT id, text FROM entry WHERE num > ? AND text IS NOT NULL', num);
}

/** The store beside the relay that has it. */
interface Reading extends Pick<Sql, 'all'> {
	close(): Promise<void>;
}

async function readingAt(dataDir: string): Promise<Reading> {
	if (isOnPostgres) return storeAt(dataDir);
	const file = new DatabaseSync(join(dataDir, STORE_FILE), { readOnly: true });
	return {
		// The caller names the columns beside their type.
		all: async <T>(sql: string, ...values: SqlValue[]) => file.prepare(sql).all(...values) as T[],
		close: async () => file.close()
	};
}
