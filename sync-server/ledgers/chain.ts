/** The chain of a ledger: what binds each head to all before it, and the tag only the relay can make (L2). */
import { hash } from 'node:crypto';
import type { LedgerName } from '#domain/ledgers.ts';

export function sha256(text: string): string {
	return hash('sha256', text, 'base64url');
}

/** What the first head of a ledger is chained to: its name, so that no ledger passes for another. */
export function genesis(ledger: LedgerName): string {
	return sha256(ledger);
}

/** [L2] `chain = SHA-256(previous chain ‖ head without chain and tag)`; answers the head's JSON. */
export function sealHead(
	previous: string,
	{ seq, members }: { readonly seq: number; readonly members: string },
	tagOf: (chain: string) => string
): { chain: string; json: string } {
	const body = `{"seq":${seq},${members}`;
	const chain = sha256(`${previous}${body}}`);
	return { chain, json: `${body},"chain":"${chain}","tag":"${tagOf(chain)}"}` };
}

/** Takes a stored head apart again, to walk the chain. */
export function openHead(json: string): { body: string; chain: string; tag: string } | null {
	const match = /,"chain":"([\w-]{43})","tag":"([\w-]{43})"\}$/.exec(json);
	const [, chain, tag] = match ?? [];
	if (match === null || chain === undefined || tag === undefined) return null;
	return { body: `${json.slice(0, match.index)}}`, chain, tag };
}
