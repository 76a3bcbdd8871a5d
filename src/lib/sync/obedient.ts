/** [R4] A relay that said when to come back is asked nothing before: by no other lane, and by no wish. */
import type { Answer, Refusal } from '#lib/device/relay.ts';
import type { AuthorisedRelay } from '#lib/device/session.ts';

export function obedient(relay: AuthorisedRelay, now: () => number): AuthorisedRelay {
	let told: { readonly refusal: Refusal; readonly until: number } | null = null;

	async function obey<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
		const leftMs = (told?.until ?? 0) - now();
		if (told !== null && leftMs > 0) return { ...told.refusal, retryAfter: leftMs / 1000 };
		const answer = await ask();
		if (!answer.ok) hear(answer);
		return answer;
	}

	function hear(refusal: Refusal): void {
		const { retryAfter } = refusal;
		if (retryAfter !== undefined) told = { refusal, until: now() + retryAfter * 1000 };
	}

	return {
		ask: (path, schema, body) => obey(() => relay.ask(path, schema, body)),
		send: (path, schema, body) => obey(() => relay.send(path, schema, body)),
		// What it says of photos alone holds up photos alone.
		put: (path, schema, piece, range) => relay.put(path, schema, piece, range),
		bytes: (path) => relay.bytes(path),
		async renew() {
			const refusal = await relay.renew();
			if (refusal !== null) hear(refusal);
			return refusal;
		}
	};
}
