/** The thread in which shared drafts are worked on; it holds nothing between two jobs. */
import { parentPort } from 'node:worker_threads';
import { work, type Job } from './job.ts';

if (parentPort === null) throw new Error('draft-worker: it runs as a thread alone');
const port = parentPort;
// Only thread.ts posts to this thread.
port.on('message', (job: Job) => port.postMessage(work(job, cpuMs)));
port.postMessage('ready');

function cpuMs(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1_000;
}
