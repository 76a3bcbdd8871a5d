/** Asks which ledgers this device may hold, telling what it holds. */
import { ScopeAnswer } from '#domain/wire.ts';
import { readHeldScope } from '#lib/device/held-scope.ts';
import type { Answer } from '#lib/device/relay.ts';
import type { AuthorisedRelay } from '#lib/device/session.ts';
import type { Stores } from '#lib/outbox/overlay.ts';

export interface ScopeAsking {
	readonly stores: Stores;
	readonly relay: AuthorisedRelay;
	readonly person: string;
	readonly version: string;
	/** The session was another person's: a socket that lives under it is theirs too. */
	readonly onRenewed: () => void;
}

export async function askForScope(asking: ScopeAsking): Promise<Answer<ScopeAnswer>> {
	const { stores, relay, person, version, onRenewed } = asking;
	const marks = await stores.rows.ledgers.toArray();
	const held = await readHeldScope(stores.device);
	const asked = {
		held: Object.fromEntries(marks.map(({ ledger, seq, chain }) => [ledger, { seq, chain }])),
		...(held === null ? {} : { epoch: held.epoch }),
		waiting: await stores.device.outbox.where('state').notEqual('received').count(),
		version
	};
	// The cookie may be that of another person on this tablet: then a session of our own is opened.
	for (let tries = 0; tries < 2; tries++) {
		const answer = await relay.ask('/api/scope', ScopeAnswer, asked);
		if (!answer.ok || answer.value.person === person) return answer;
		const refusal = await relay.renew();
		if (refusal !== null) return refusal;
		onRenewed();
	}
	return { ok: false, code: 'signed-out', status: 401 };
}
