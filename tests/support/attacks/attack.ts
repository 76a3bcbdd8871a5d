/** One attack on a running relay: what a hostile device does, over the wire alone, and the answer it must get. */
import type { Signed } from '#domain/entry.ts';
import type { TestDevice } from '../device.ts';

/** What an attack may use. */
export interface Ground {
	readonly url: string;
	readonly port: number;
	readonly epoch: string;
	/** The enrolled device that attacks. */
	readonly device: TestDevice;
	/** Another person's device, whose name is forged; its key is not used. */
	readonly victim: TestDevice;
	/** Commits that were accepted before, of the attacker and of the victim. */
	readonly own: readonly Signed[];
	readonly theirs: readonly Signed[];
	/** A ledger both may read, and one that the attacker may not. */
	readonly open: string;
	readonly closed: string;
}

export interface Attack {
	readonly name: string;
	/** A stable code: of a receipt, a problem, a status or a close frame. */
	readonly expected: string;
	run(ground: Ground): Promise<string>;
}
