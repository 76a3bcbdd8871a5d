/** Keeps a relay running: where its database went back, another begins in its place, with a new epoch (R6). */
import { setTimeout as wait } from 'node:timers/promises';
import { createRelay, type Relay, type RelayOptions } from './relay.ts';

/** A database that cannot be reached while the next relay begins is asked again. */
const AGAIN_MS = 1_000;

export interface Serving {
	/** The relay that runs now. */
	readonly relay: Relay;
	readonly port: number;
	/** A load balancer is told first. */
	close(): Promise<void>;
}

export async function serve(options: RelayOptions): Promise<Serving> {
	let isStopping = false;
	let turning: Promise<void> | null = null;
	let port = options.config.port;
	let relay = await begin();

	async function begin(): Promise<Relay> {
		const config = { ...options.config, port };
		const onWentBack = () => void (turning ??= turn());
		const begun = await createRelay({ ...options, config, onWentBack });
		port = await begun.listen();
		return begun;
	}

	async function turn(): Promise<void> {
		const { log } = relay;
		await relay.close();
		while (!isStopping)
			try {
				relay = await begin();
				break;
			} catch (cause) {
				log.error({ cause: cause instanceof Error ? cause.message : '' }, 'not begun again yet');
				await wait(AGAIN_MS);
			}
		turning = null;
	}

	return {
		get relay() {
			return relay;
		},
		get port() {
			return port;
		},
		async close() {
			isStopping = true;
			await turning;
			await relay.drain();
			await relay.close();
		}
	};
}
