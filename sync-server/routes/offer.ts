/** `POST /api/offer`: a device ahead of a restored store gives back what that lost (R6). */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CommonAsk, Offer, type CommonAnswer, type OfferAnswer } from '#domain/offer.ts';
import { enter, slowDown, type App, type Sessions } from '../http/app.ts';
import { readAs } from '../http/bodies.ts';
import type { Rates } from '../http/rates.ts';
import type { Deliver } from '../judging/deliver.ts';
import type { Limits } from '../limits.ts';
import type { Store } from '../store/store.ts';

export interface OfferRoutesParts {
	readonly store: Store;
	readonly deliver: Deliver;
	readonly sessions: Sessions;
	readonly limits: Limits;
	readonly rates: Rates;
	/** Something came back. */
	readonly onTaken: () => void;
}

export function offerRoutes(app: App, parts: OfferRoutesParts): void {
	const { store, deliver, rates } = parts;

	// Who names a chain has held what it binds; which ledgers are open now is asked elsewhere.
	app.post('/api/offer/common', async (context) => {
		await enter(context, parts);
		const asked = await readAs(context, CommonAsk);
		const common: [string, number][] = [];
		for (const [ledger, marks] of Object.entries(asked.held)) {
			const chains = await Promise.all(marks.map(({ seq }) => store.chainAt(ledger, seq)));
			const shared = marks.filter(({ chain }, at) => chains[at] === chain);
			common.push([ledger, Math.max(0, ...shared.map(({ seq }) => seq))]);
			// [R4] thousands of marks are not looked up in one turn of the event loop
			await nextTurn();
		}
		return context.json({ common: Object.fromEntries(common) } satisfies CommonAnswer);
	});

	app.post('/api/offer', async (context) => {
		const session = await enter(context, parts);
		const { elements } = await readAs(context, Offer);
		const wait = await rates.entries(session.device, elements.length);
		if (wait > 0) return slowDown(context, wait);
		// [O5] whoever holds them may bring them: each carries its author's signature and the relay's tag
		const answers = await deliver.takeBack(elements, session.device);
		if (answers.some(({ is }) => is === 'taken')) parts.onTaken();
		return context.json({ answers } satisfies OfferAnswer);
	});
}
