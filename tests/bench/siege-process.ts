// One siege in a process of its own, at the lowest priority: on a machine of few cores it takes no processor time
// from those whom it besieges, as if it came from elsewhere.
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { sieges, type SiegeGround } from './sieges.ts';

/** What `besiege.ts` alone sends. */
export interface ToBesiege {
	readonly name: string;
	readonly ground: SiegeGround;
}

setPriority(19);
let isOver = false;
const [message] = await once(process, 'message');
const { name, ground } = message as ToBesiege;
process.once('message', () => (isOver = true));
process.send?.('begun');
const siege = sieges.find((each) => each.name === name);
process.send?.(await siege?.run(ground, () => isOver));
process.exit();
