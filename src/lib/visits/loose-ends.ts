/** Ink or speech that nobody said 好了 to, photos not stored yet: the form takes them along before it goes on. */
import { createContext } from 'svelte';

export interface LooseEnds {
	/** `keep` answers whether it is kept; where it is not, the field says why. Returns how to forget it. */
	add(keep: () => Promise<boolean>): () => void;
	/** False where some of it could not be kept: then the form stays where it is. */
	keepAll(): Promise<boolean>;
}

export function createLooseEnds(): LooseEnds {
	const open = new Set<() => Promise<boolean>>();
	return {
		add(keep) {
			open.add(keep);
			return () => void open.delete(keep);
		},
		async keepAll() {
			for (const keep of [...open]) if (!(await keep())) return false;
			return true;
		}
	};
}

/** Set by the form, got by its fields. */
export const [getLooseEnds, setLooseEnds] = createContext<LooseEnds>();
