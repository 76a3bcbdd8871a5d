/** What the audit finds in a relay's store, as it stands or as somebody meddled with it. */
import { audit, type Flaw } from '#relay/audit.ts';
import type { Relay } from '#relay/relay.ts';

export async function flawsOf({ store, keys, people }: Relay): Promise<readonly Flaw[]> {
	return (await audit(store, keys, people.devices)).flaws;
}

/** The store is as before when this has answered. */
export async function flawsAfter(
	{ store, keys, people }: Relay,
	...meddling: readonly string[]
): Promise<readonly Flaw[]> {
	const undone = new Error('the meddling is undone');
	let flaws: readonly Flaw[] = [];
	await store
		.transaction(async (tx) => {
			for (const statement of meddling) await tx.run(statement);
			({ flaws } = await audit(tx, keys, people.devices));
			throw undone;
		})
		.catch((cause: unknown) => {
			if (cause !== undone) throw cause;
		});
	return flaws;
}
