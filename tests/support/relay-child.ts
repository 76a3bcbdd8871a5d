// The relay of spawnRelay: its own process, so that a test can kill it at any moment.
import { readConfig } from '#relay/config.ts';
import { openPeople } from '#relay/people/people.ts';
import { createRelay } from '#relay/relay.ts';
import { peopleOf, wide } from './relay.ts';

const config = readConfig({ HOST: '127.0.0.1', LOG_LEVEL: 'silent', ...process.env, PORT: '0' });
const relay = await createRelay({
	config,
	people: process.env.REAL_PEOPLE === undefined ? () => peopleOf(config.dataDir) : openPeople,
	// Bounds no test of another thing runs into, unless it is the relay's own that count.
	...(process.env.BOUNDS === 'own' ? {} : { limits: wide }),
	build: `${config.dataDir}/no-build`
});
// Listeners hear of a transaction after COMMIT and before any reply is written.
if (process.env.DIE_AFTER_COMMIT !== undefined)
	relay.deliver.onAppended(() => process.kill(process.pid, 'SIGKILL'));
process.once('SIGTERM', () => void relay.close().then(() => process.exit(0)));
console.log(`listening ${await relay.listen()}`);
