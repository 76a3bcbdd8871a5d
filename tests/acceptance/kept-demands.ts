/** What the relay holds of an import: the bodies inside the texts that were signed, read from its store. */
import { z } from 'zod';
import { entriesAt } from '../e2e/support/relay-store.ts';

const Body = z.object({
	sourceNo: z.string(),
	requester: z.string().default(''),
	title: z.string(),
	description: z.string(),
	raisedAt: z.number()
});

export type KeptDemand = z.infer<typeof Body> & { readonly verdict: string };

export function keptDemands(dataDir: string): readonly KeptDemand[] {
	return entriesAt(dataDir, 'demand.registered.v1')
		.filter(({ body }) => body.channel === 'import')
		.map(({ body, verdict }) => ({ ...Body.parse(body), verdict }));
}
