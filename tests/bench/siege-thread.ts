// One siege in a thread of its own, so that honest devices are measured beside it and not behind it.
import { parentPort, workerData } from 'node:worker_threads';
import { sieges, type SiegeGround } from './sieges.ts';

// Written by `besiege.ts` alone.
const { name, ground } = workerData as { readonly name: string; readonly ground: SiegeGround };
let isOver = false;
parentPort?.once('message', () => (isOver = true));
parentPort?.postMessage('begun');
const siege = sieges.find((each) => each.name === name);
parentPort?.postMessage(await siege?.run(ground, () => isOver));
