/** Starts the relay: `npm start`. */
import { readConfig } from './config.ts';
import { openPeople } from './people/people.ts';
import { serve, type Serving } from './serve.ts';

const STOPPING_MS = 4_500;

try {
	const serving = await serve({ config: readConfig(process.env), people: openPeople });
	for (const signal of ['SIGTERM', 'SIGINT'] as const)
		process.once(signal, () => void stop(serving));
	const { relay, port } = serving;
	const origin = relay.config.publicOrigin ?? `http://localhost:${port}`;
	relay.log.info({ port, epoch: relay.store.epoch, version: relay.version }, 'listening');
	console.log(`The relay answers at ${origin}`);
	// [R9] 建立本区: for whoever stands at this machine.
	if ((await relay.store.meta('realm')) === null)
		console.log(`Found a district at ${origin}/setup#${relay.keys.foundingSecret}`);
} catch (cause) {
	console.error(cause instanceof Error ? cause.message : cause);
	process.exit(1);
}

async function stop(serving: Serving): Promise<void> {
	const { drainMs = 0 } = serving.relay.config;
	setTimeout(() => process.exit(1), drainMs + STOPPING_MS).unref();
	await serving.close();
	process.exit(0);
}
