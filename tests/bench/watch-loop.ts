// Loaded beside a relay (`node --import`): on SIGUSR2 it prints how long the event loop was kept since the last time.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();

/** The longest that the relay itself worked between two timers: on a busy machine the delay is others' too. */
let turnMax = 0;
let since = process.threadCpuUsage();
setInterval(() => {
	const { user, system } = process.threadCpuUsage(since);
	turnMax = Math.max(turnMax, (user + system) / 1_000);
	since = process.threadCpuUsage();
}, RESOLUTION_MS).unref();

process.on('SIGUSR2', () => {
	const ms = (nanoseconds: number) =>
		Number(Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS).toFixed(1));
	const loop = { loopMaxMs: ms(delay.max), loopP99Ms: ms(delay.percentile(99)) };
	const { rss, heapUsed } = process.memoryUsage();
	const mib = (bytes: number) => Math.round(bytes / 2 ** 20);
	const memory = { residentMiB: mib(rss), heapMiB: mib(heapUsed) };
	const turnMaxMs = Number(turnMax.toFixed(1));
	delay.reset();
	turnMax = 0;
	console.log(JSON.stringify({ watch: { ...loop, turnMaxMs, ...memory } }));
});
