/** An address for bytes in memory, a picture or a recording, given back when another takes its place or nobody shows it. */
import { createSubscriber } from 'svelte/reactivity';

/** Call while a component is being made. */
export function blobUrl(of: () => Blob | undefined): { readonly current: string | null } {
	const made = $derived.by(() => {
		const blob = of();
		if (blob === undefined) return null;
		const url = URL.createObjectURL(blob);
		return { url, subscribe: createSubscriber(() => () => URL.revokeObjectURL(url)) };
	});
	return {
		get current() {
			made?.subscribe();
			return made?.url ?? null;
		}
	};
}
