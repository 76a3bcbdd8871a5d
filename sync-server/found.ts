/**
 * Founds a district, or makes the demo district, from the command line, while the relay is not running:
 * `node sync-server/found.ts --name … --organisations list.csv --people people.csv`, or `--demo [--seed s] [--today YYYY-MM-DD]`.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startOfDay } from '#domain/calendar.ts';
import { HOUR } from '#domain/spans.ts';
import { asCommand } from './command.ts';
import { readConfig, type Config } from './config.ts';
import { makeDemo } from './demo/make.ts';
import { foundDistrict, FoundAsk, type FoundParts } from './founding/district.ts';
import { readOrganisations, readPeople } from './founding/lists.ts';
import { createDeliver } from './judging/deliver.ts';
import { openDirectory } from './judging/directory.ts';
import { openKeys } from './keys.ts';
import { defaultLimits } from './limits.ts';
import { createInvitations } from './people/invitations.ts';
import { withFolder } from './store/data-folder.ts';
import { openMark } from './store/mark.ts';
import { openStoreOf } from './store/open.ts';
import { createPeopleStore } from './store/people.ts';

const USAGE = `usage: node sync-server/found.ts --name NAME --organisations FILE --people FILE
       node sync-server/found.ts --demo [--seed SEED] [--today YYYY-MM-DD]
FILE is CSV or XLSX; the first of the people must be the administrator. DATA_DIR names the data folder.`;

/** Late enough in the day that the demo's morning has happened. */
const END_OF_STORY = 11.5 * HOUR;

await asCommand(import.meta.url, async () => {
	const { values } = parseArgs({
		options: {
			name: { type: 'string' },
			organisations: { type: 'string' },
			people: { type: 'string' },
			demo: { type: 'boolean' },
			seed: { type: 'string' },
			today: { type: 'string' },
			help: { type: 'boolean' }
		}
	});
	if (values.help) {
		console.log(USAGE);
		return;
	}
	const config = readConfig(process.env);
	const make = () => (values.demo ? demo(config, values) : district(config, values));
	// A relay would not see what is founded behind its back; on one database it sees what another writes.
	await (config.databaseUrl === undefined ? withFolder(config.dataDir, 'found', make) : make());
});

async function demo(
	config: Config,
	{ seed, today }: { seed?: string | undefined; today?: string | undefined }
): Promise<void> {
	const { parts, close } = await open(config);
	const { now } = parts;
	const onBroken = (entry: string, cause: unknown) => console.error(entry, cause);
	const deliver = createDeliver({ ...parts, now, onBroken, limits: defaultLimits });
	const until = today === undefined ? now() : startOfDay(z.iso.date().parse(today)) + END_OF_STORY;
	const started = now();
	const options = { until, ...(seed === undefined ? {} : { seed }) };
	await makeDemo({ ...parts, deliver }, options, ({ stage, done, total }) => {
		if (process.stdout.isTTY) process.stdout.write(`\r${stage} ${done}/${total}      `);
	});
	await deliver.settled();
	await close();
	const { accepted, noted } = deliver.counts;
	console.log(`\nThe demo district: ${accepted + noted} entries in ${now() - started} ms`);
}

async function district(
	config: Config,
	{ name, organisations, people }: Partial<Record<'name' | 'organisations' | 'people', string>>
): Promise<void> {
	if (name === undefined || organisations === undefined || people === undefined)
		throw new Error(USAGE);
	const list = await readOrganisations(organisations, name);
	for (const { row, code, value } of list.problems)
		console.error(`${organisations}, row ${row}: ${code} ${value}`);
	const byName = new Map(list.units.map((unit) => [unit.name, unit.code]));
	const first = (await readPeople(people)).map(({ row: _row, ...each }) => ({
		...each,
		org: byName.get(each.org) ?? each.org
	}));
	const { parts, close } = await open(config);
	const secret = parts.keys.foundingSecret;
	const asked = FoundAsk.safeParse({ secret, name, units: list.units, people: first });
	if (!asked.success) throw new Error(`found: malformed ${asked.error.issues[0]?.path.join('.')}`);
	const origin = config.publicOrigin ?? `http://localhost:${config.port}`;
	const founded = await foundDistrict(parts, asked.data, origin);
	await close();
	if (!founded.ok) throw new Error(`found: ${founded.code} ${founded.detail}`);
	console.log(`${name}: ${list.units.length} organisations, realm ${founded.value.realm}`);
	for (const each of founded.value.invitations)
		console.log(`${each.role}\t${each.orgName}\t${each.name}\t${each.code}\t${each.link}`);
}

async function open(config: Config): Promise<{ parts: FoundParts; close: () => Promise<void> }> {
	const now = Date.now;
	const keys = openKeys(config.dataDir);
	const store = await openStoreOf(config, keys);
	// [R6] what is founded here was never restored
	const mark = await openMark(config.dataDir, store, now());
	const directory = await openDirectory(store);
	const devices = createPeopleStore(store);
	const invitations = createInvitations({
		...{ store, directory, keys, now },
		limits: { ...defaultLimits, ...config.limits }
	});
	return {
		parts: { store, keys, directory, devices, invitations, now },
		close() {
			mark.close();
			return store.close();
		}
	};
}
