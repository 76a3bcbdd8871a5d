/** How fast the relay answers with durable receipts, beside raw commits of its store and a stock server's memory. */
import { Agent, request } from 'node:http';
import { v7 } from 'uuid';
import type { Signed } from '#domain/entry.ts';
import { HandInAnswer } from '#domain/wire.ts';
import { databaseOf } from '../support/database.ts';
import type { TestDevice } from '../support/device.ts';
import type { District } from '../support/district.ts';
import type { SpawnedRelay } from '../support/relay.ts';
import { demand, people, visit } from '../support/tell.ts';
import { cpuMs, rounded, summary, type Measured } from './measured.ts';
import { rawPostgres, rawSqlite } from './raw-commits.ts';
import { benchStockWriters } from './stock-server.ts';

const WARM_UP = 300;
const ENTRIES = 3_000;

export async function* benchReceipts(
	{ devices, enrol, dataDir }: District,
	relay: SpawnedRelay,
	door: string
): AsyncIterable<object> {
	const { member } = devices;
	// [O5] who hands in need not be the author, and one device may ask so much at once and no more
	const carriers = [member, ...Array.from({ length: 9 }, () => enrol(people.member))] as const;
	const sample = sign(member, 1, 1, door)[0]?.[0]?.text ?? '';
	const { databaseUrl } = await databaseOf(dataDir);
	const store = databaseUrl === undefined ? rawSqlite(relay) : rawPostgres(databaseUrl);
	const raw = new Map<number, Measured>();
	for (const writers of store.writers) {
		const commits = await store.commits(sample, ENTRIES, writers);
		raw.set(writers, commits);
		yield {
			bench: `raw ${store.name} commits (one row of the same text each)`,
			writers,
			...commits
		};
	}
	yield* benchStockWriters(sample, ENTRIES);
	await handIn(relay.port, carriers, sign(member, WARM_UP, 1, door), 10);
	for (const [connections, perRequest] of [
		[1, 1],
		[50, 1],
		[1, 100],
		[50, 20]
	] as const) {
		const commits = sign(member, ENTRIES, perRequest, door);
		const before = { cpu: cpuMs(relay.process.pid), bytes: await store.written() };
		const compared = raw.get(connections) ?? raw.get(1);
		const measured = await handIn(relay.port, carriers, commits, connections);
		yield {
			bench: `relay on ${store.name}: entries with signature check and durable receipts`,
			connections,
			entriesPerRequest: perRequest,
			...measured,
			comparedWithRaw: rounded(measured.perSecond / (compared?.perSecond ?? NaN)),
			cpuMicrosPerEntry: Math.round(((cpuMs(relay.process.pid) - before.cpu) * 1000) / ENTRIES),
			bytesWrittenPerEntry: Math.round(((await store.written()) - before.bytes) / ENTRIES)
		};
	}
}

/** Visits signed beforehand, so that only the relay is measured. */
export function sign(
	device: TestDevice,
	entries: number,
	perRequest: number,
	door: string
): Signed[][] {
	return Array.from({ length: Math.ceil(entries / perRequest) }, (_, i) =>
		Array.from({ length: perRequest }, () =>
			i % 3 === 0
				? device.commit(demand(v7(), { household: door }))
				: device.commit(visit(v7(), door, { changes: '腰腿不便，需要有人帮忙买菜' }))
		).flat()
	);
}

export async function handIn(
	port: number,
	carriers: readonly [TestDevice, ...TestDevice[]],
	requests: readonly Signed[][],
	connections: number
): Promise<Measured> {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	const took: number[] = [];
	let next = 0;
	const begun = performance.now();
	await Promise.all(
		Array.from({ length: connections }, async (_, i) => {
			const device = carriers[i % carriers.length] ?? carriers[0];
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

export function post(
	port: number,
	agent: Agent,
	device: TestDevice,
	body: string,
	path = '/api/entries'
): Promise<string> {
	return new Promise((resolve, reject) => {
		const headers = {
			cookie: device.cookie,
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body)
		};
		const asked = request(
			{ host: '127.0.0.1', port, path, method: 'POST', agent, headers },
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
