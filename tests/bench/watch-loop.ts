// Loaded beside a relay (`node --import`): on SIGUSR2 it prints how long the event loop was kept since the last time.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
process.on('SIGUSR2', () => {
	const ms = (nanoseconds: number) =>
		Number(Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS).toFixed(1));
	const loop = { loopMaxMs: ms(delay.max), loopP99Ms: ms(delay.percentile(99)) };
	const { rss, heapUsed } = process.memoryUsage();
	const mib = (bytes: number) => Math.round(bytes / 2 ** 20);
	delay.reset();
	console.log(
		JSON.stringify({ watch: { ...loop, residentMiB: mib(rss), heapMiB: mib(heapUsed) } })
	);
});
