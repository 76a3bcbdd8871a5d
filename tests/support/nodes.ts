/** A district on one PostgreSQL, and further relays that serve it. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEY_FILE } from '#relay/keys.ts';
import { databaseOf } from './database.ts';
import { startDistrict, type District } from './district.ts';
import { lineTo, type Line } from './postgres-line.ts';
import { startRelay, temporaryFolder, type RunningRelay, type StartOptions } from './relay.ts';

export interface Nodes {
	readonly district: District;
	readonly databaseUrl: string;
	/** A folder of another machine that serves the same district. */
	otherFolder(): string;
	another(options?: Partial<StartOptions>): Promise<RunningRelay>;
	lineOf(options?: { readonly isMute: boolean }): Promise<Line>;
	/** What is to be ended before the district, the last first. */
	onEnd(end: () => unknown): void;
	end(): Promise<void>;
}

export async function startNodes(): Promise<Nodes> {
	const district = await startDistrict();
	const { databaseUrl = '' } = await databaseOf(district.dataDir);
	const opened: (() => unknown)[] = [];
	const nodes: Nodes = {
		district,
		databaseUrl,
		otherFolder() {
			const folder = temporaryFolder();
			for (const file of [KEY_FILE, 'devices.json', 'database-url'])
				copyFileSync(join(district.dataDir, file), join(folder.path, file));
			opened.push(folder.remove);
			return folder.path;
		},
		async another(options = {}) {
			const relay = await startRelay({ dataDir: nodes.otherFolder(), ...options });
			opened.push(() => relay.close());
			return relay;
		},
		async lineOf(options) {
			const line = await lineTo(databaseUrl, options);
			opened.push(() => line.end());
			return line;
		},
		onEnd: (end) => void opened.push(end),
		async end() {
			for (const end of opened.reverse()) await end();
			await district.end();
		}
	};
	return nodes;
}
