/** How fast the relay answers with checked signatures and durable receipts, beside raw SQLite commits. */
import { Agent, request } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { v7 } from 'uuid';
import * as Y from 'yjs';
import type { Signed } from '#domain/entry.ts';
import { HandInAnswer } from '#domain/wire.ts';
import type { TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { connect } from '../support/reader.ts';
import { spawnRelay, temporaryFolder } from '../support/relay.ts';
import { demand, household, visit } from '../support/tell.ts';

const WARM_UP = 300;
const ENTRIES = 3_000;

export async function* benchRelay(): AsyncIterable<object> {
	const district = await startDistrict();
	const { member, secretary } = district.devices;
	const door = v7();
	await secretary.says(district.relay.url, household(door));
	await district.relay.close();

	const sample = sign(member, 1, 1, door)[0]?.[0]?.text ?? '';
	const raw = rawCommits(sample, ENTRIES);
	yield { bench: 'raw SQLite commits (WAL, FULL, one row of the same text each)', ...raw };

	const spawned = await spawnRelay(district.dataDir);
	await handIn(spawned.port, member, sign(member, WARM_UP, 1, door), 10);
	for (const [connections, perRequest] of [
		[1, 1],
		[50, 1],
		[1, 100],
		[50, 20]
	] as const) {
		const commits = sign(member, ENTRIES, perRequest, door);
		const measured = await handIn(spawned.port, member, commits, connections);
		yield {
			bench: 'relay: entries with signature check and durable receipts',
			connections,
			entriesPerRequest: perRequest,
			...measured,
			comparedWithRaw: Number((measured.perSecond / raw.perSecond).toFixed(2))
		};
	}
	yield await reconnect(spawned.url, district);
	await spawned.end('SIGTERM');
	await district.end();
}

/** Visits signed beforehand, so that only the relay is measured. */
function sign(device: TestDevice, entries: number, perRequest: number, door: string): Signed[][] {
	return Array.from({ length: Math.ceil(entries / perRequest) }, (_, i) =>
		Array.from({ length: perRequest }, () =>
			i % 3 === 0
				? device.commit(demand(v7(), { household: door }))
				: device.commit(visit(v7(), door, { changes: '腰腿不便，需要有人帮忙买菜' }))
		).flat()
	);
}

async function handIn(
	port: number,
	device: TestDevice,
	requests: readonly Signed[][],
	connections: number
): Promise<Measured> {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	const took: number[] = [];
	let next = 0;
	const begun = performance.now();
	await Promise.all(
		Array.from({ length: connections }, async () => {
			for (;;) {
				const entries = requests[next++];
				if (!entries) return;
				const sent = performance.now();
				// Each entry is a commit of its own.
				const commits = entries.map((signed) => [signed]);
				const body = JSON.stringify({ now: Date.now(), commits });
				const { receipts } = HandInAnswer.parse(JSON.parse(await post(port, agent, device, body)));
				if (receipts.some(({ verdict }) => verdict !== 'accepted'))
					throw new Error('bench: an entry was not accepted');
				took.push(performance.now() - sent);
			}
		})
	);
	const seconds = (performance.now() - begun) / 1000;
	agent.destroy();
	return summary(took, requests.flat().length / seconds);
}

function post(port: number, agent: Agent, device: TestDevice, body: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const headers = {
			cookie: device.cookie,
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body)
		};
		const asked = request(
			{ host: '127.0.0.1', port, path: '/api/entries', method: 'POST', agent, headers },
			(response) => {
				let text = '';
				response.setEncoding('utf8').on('data', (part: string) => (text += part));
				response.on('end', () => resolve(text));
			}
		);
		asked.once('error', reject);
		asked.end(body);
	});
}

interface Measured {
	readonly perSecond: number;
	readonly p50Ms: number;
	readonly p99Ms: number;
}

function rawCommits(text: string, count: number): Measured {
	const folder = temporaryFolder();
	const db = new DatabaseSync(join(folder.path, 'raw.sqlite'));
	db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
	db.exec('CREATE TABLE entry (num INTEGER PRIMARY KEY, text TEXT NOT NULL)');
	const insert = db.prepare('INSERT INTO entry (text) VALUES (?)');
	const took: number[] = [];
	const begun = performance.now();
	for (let i = 0; i < count; i++) {
		const started = performance.now();
		db.exec('BEGIN IMMEDIATE');
		insert.run(text);
		db.exec('COMMIT');
		took.push(performance.now() - started);
	}
	const seconds = (performance.now() - begun) / 1000;
	db.close();
	folder.remove();
	return summary(took, count / seconds);
}

/** Bytes on the socket, both ways, for a ledger that has not moved since. */
async function reconnect(url: string, { devices }: District): Promise<object> {
	const { member } = devices;
	const scope = await member.scope(url);
	const docs = new Map<string, Y.Doc>();
	const first = await connect(url, member.cookie);
	for (const ledger of Object.keys(scope.hold)) {
		const channel = `${ledger}@${scope.epoch}`;
		docs.set(channel, await first.open(channel));
	}
	first.close();
	const again = await connect(url, member.cookie);
	let up = 0;
	for (const [channel, doc] of docs) {
		await again.open(channel, doc);
		// Channel, message type, step, state vector: as reader.ts sends it.
		up += channel.length + 4 + Y.encodeStateVector(doc).length;
	}
	const down = again.frames.reduce((sum, frame) => sum + frame.length, 0);
	again.close();
	return {
		bench: 'reconnect: WebSocket payload per unchanged ledger (channel opened again)',
		ledgers: docs.size,
		bytesDown: Number((down / docs.size).toFixed(1)),
		bytesUp: Number((up / docs.size).toFixed(1)),
		bytesWhenScopeSaysUnmoved: 0
	};
}

function summary(took: number[], perSecond: number): Measured {
	took.sort((a, b) => a - b);
	const at = (share: number) => Number((took[Math.floor(took.length * share)] ?? 0).toFixed(2));
	return { perSecond: Math.round(perSecond), p50Ms: at(0.5), p99Ms: at(0.99) };
}
