/** The last fault of this relay, for the page 运行情况: when and of which sort, kept over a restart; never a text. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, type FaultCode } from '#domain/operations.ts';

const FAULT_FILE = 'last-fault.json';
const RUNNING_FILE = 'running';

export interface Faults {
	note(code: FaultCode): void;
	last(): Fault | null;
	/** The relay stops in order: the next start finds nothing to report. */
	stopped(): void;
}

/** A mark stands in the folder while a relay runs; one that is found at the start was left by a fall. */
export function openFaults(dataDir: string, now: () => number): Faults {
	const file = join(dataDir, FAULT_FILE);
	const running = join(dataDir, RUNNING_FILE);
	let last = read(file);
	const note = (code: FaultCode): void => {
		last = { at: now(), code };
		write(file, JSON.stringify(last));
	};
	if (!write(running, '', 'wx')) note('unclean-stop');
	return {
		note,
		last: () => last,
		stopped: () => rmSync(running, { force: true })
	};
}

/** False where it could not be written: a full disk must not bring down the relay that reports it. */
function write(file: string, text: string, flag = 'w'): boolean {
	try {
		writeFileSync(file, text, { mode: 0o600, flag });
		return true;
	} catch {
		return false;
	}
}

function read(file: string): Fault | null {
	try {
		return Fault.parse(JSON.parse(readFileSync(file, 'utf8')));
	} catch {
		// There was no fault yet.
		return null;
	}
}
