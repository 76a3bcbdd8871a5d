/** A refused correction as a form again: the texts that were said, laid over the record as it stands. */
import { live, type Live } from '#lib/rows/live.svelte.ts';
import type { App, Utterance } from '#lib/app.ts';
import type { AttentionItem } from '#lib/outbox/waiting.ts';

/** The refused entry of a kind in the commit that an address names. Call while a component is made. */
export function refusedEntry(
	app: App,
	kind: string,
	commit: string | null
): Live<AttentionItem | null> {
	return live(() => {
		const ask = app.rows.attention();
		return async () => {
			if (commit === null) return null;
			const found = await ask();
			return found.find((item) => item.commit === commit && item.kind === kind) ?? null;
		};
	}, null);
}

/** Everything that was refused with it, in the one commit. */
export async function refusedWith(
	app: App,
	entry: AttentionItem | null
): Promise<readonly AttentionItem[]> {
	if (entry === null) return [];
	return (await app.rows.attention()()).filter(({ commit }) => commit === entry.commit);
}

/** [E2] What is said of the same record once more stands for what was refused. */
export function standingFor(
	refused: readonly AttentionItem[],
	utterances: readonly Utterance[]
): readonly Utterance[] {
	return utterances.map((said) => {
		const before = refused.find(({ kind, record }) => kind === said.kind && record === said.record);
		return before === undefined ? said : { ...said, replaces: before.entry };
	});
}

/** The fields of a form that were said, where they are texts like the form's own. */
export function laidOver<T extends object>(form: T, said: AttentionItem | null): T {
	const known = Object.keys(form);
	const texts = Object.entries(said?.body ?? {}).filter(
		([field, value]) => known.includes(field) && typeof value === 'string'
	);
	return { ...form, ...Object.fromEntries(texts) };
}
