/** How much memory a relay holds, and how much more it may come to hold whatever is said to it. */

const MIB = 2 ** 20;
/** Said in the README beside the bounds that keep to it. */
export const MOST_GROWTH_MIB = 384;
export const MOST_GROWTH = MOST_GROWTH_MIB * MIB;

/** Resident memory of its process, as it says of itself. */
export async function residentBytes(url: string): Promise<number> {
	const metrics = await (await fetch(`${url}/metrics`)).text();
	const bytes = Number(/^lxq_resident_bytes (\S+)$/m.exec(metrics)?.[1]);
	if (!(bytes > 0)) throw new Error('memory: the relay does not say how much it holds');
	return bytes;
}
