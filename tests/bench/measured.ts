/** What is measured from outside: times as percentiles, and what a process has used (Linux; elsewhere null). */
import { readFileSync } from 'node:fs';

export interface Percentiles {
	readonly p50Ms: number;
	readonly p99Ms: number;
}

export function percentiles(took: readonly number[]): Percentiles {
	const sorted = [...took].sort((a, b) => a - b);
	const at = (share: number) => rounded(sorted[Math.floor(sorted.length * share)] ?? 0);
	return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

export interface Measured extends Percentiles {
	readonly perSecond: number;
}

export function summary(took: readonly number[], perSecond: number): Measured {
	return { perSecond: Math.round(perSecond), ...percentiles(took) };
}

export function rounded(value: number, digits = 2): number {
	return Number(value.toFixed(digits));
}

/** A tick of the kernel's account of processor time. */
const TICK_MS = 10;

/** Processor time, user and system. */
export function cpuMs(pid: number | undefined): number {
	const [, after = ''] = readProc(pid, 'stat').split(') ');
	const fields = after.split(' ');
	return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS;
}

/** Bytes that went to the disk's cache and on to the disk. */
export function bytesWritten(pid: number | undefined): number {
	return Number(/^write_bytes: (\d+)$/m.exec(readProc(pid, 'io'))?.[1] ?? 0);
}

export function residentBytes(pid: number | undefined): number {
	return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, 'status'))?.[1] ?? 0);
}

function readProc(pid: number | undefined, file: string): string {
	if (process.platform !== 'linux' || pid === undefined) return '';
	return readFileSync(`/proc/${pid}/${file}`, 'utf8');
}
