/** `POST /api/entries`: hand in signed commits, get receipts in the order sent. */
import { z } from 'zod';
import { parseEntry } from '#domain/entry.ts';
import type { Receipt } from '#domain/wire.ts';
import { enter, slowDown, type App, type Sessions } from '../http/app.ts';
import { checkedAs, readHandIn } from '../http/bodies.ts';
import { problem } from '../http/problem.ts';
import type { Rates } from '../http/rates.ts';
import type { Deliver } from '../judging/deliver.ts';
import { tryLater } from '../judging/judge-commit.ts';
import type { Limits } from '../limits.ts';
import type { Store } from '../store/store.ts';

/**
 * Looser than the domain's HandIn: a single entry of the wrong shape is answered by a receipt of its
 * own, so that it does not hold up the rest of an outbox (J2).
 */
const Asked = z.strictObject({
	now: z.int(),
	epoch: z.string().max(64).optional(),
	commits: z.array(z.array(z.strictObject({ text: z.string(), sig: z.string() })).min(1)).min(1)
});

/** [R4] What is refused costs as much as what is taken, and an honest device has few of it: it counts as so many. */
const REFUSED_COUNTS = 10;

export interface EntriesRoutesParts {
	readonly store: Pick<Store, 'epoch'>;
	readonly deliver: Deliver;
	readonly sessions: Sessions;
	readonly limits: Limits;
	readonly rates: Rates;
}

export function entriesRoutes(app: App, parts: EntriesRoutesParts): void {
	app.post('/api/entries', async (context) => {
		const session = await enter(context, parts);
		const { commits, now, epoch } = checkedAs(context, Asked, await readHandIn(context));
		// [R6] what it was said over may be missing here until its device has given it back
		if (epoch !== undefined && epoch !== parts.store.epoch) return problem(context, 'other-epoch');
		const entries = commits.flat();
		if (entries.length > parts.limits.batchEntries) return problem(context, 'too-big');
		const { rates } = parts;
		const wait = await rates.entries(session.device, entries.length);
		if (wait > 0) return slowDown(context, wait);
		// Not told to stop: it goes on reading, and tries these again.
		if (await rates.isDayFull(session.person))
			return context.json({ receipts: entries.map(laterOf) });
		// [O5] the session need not be the author: each entry carries its own device and signature
		const receipts: readonly Receipt[] = await parts.deliver.handIn(commits, {
			now,
			device: session.device
		});
		const refused = receipts.filter(({ verdict }) => verdict === 'refused').length;
		if (refused > 0) await rates.entries(session.device, (REFUSED_COUNTS - 1) * refused);
		const kept = entries.filter((_, at) => receipts[at]?.verdict !== 'later');
		const bytes = kept.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
		await rates.kept(session.person, bytes);
		return context.json({ receipts });
	});
}

function laterOf({ text }: { readonly text: string }): Receipt {
	const parsed = parseEntry(text);
	return tryLater(parsed.ok ? parsed.entry : null);
}
