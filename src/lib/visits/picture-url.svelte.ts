/** An address for a picture in memory, given back when another takes its place or nobody shows it. */
import { createSubscriber } from 'svelte/reactivity';

/** Call while a component is being made. */
export function pictureUrl(picture: () => Blob | undefined): { readonly current: string | null } {
	const made = $derived.by(() => {
		const blob = picture();
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
