/** Ink in a signature's box that nobody said 签好了 to: the form takes it along before it goes on. */
import { createContext } from 'svelte';

export interface Ink {
	/** `keep` answers whether the ink is kept; where it is not, the field says why. Returns how to forget it. */
	add(keep: () => Promise<boolean>): () => void;
	/** False where some of it could not be kept: then the form stays where it is. */
	keepAll(): Promise<boolean>;
}

export function createInk(): Ink {
	const wet = new Set<() => Promise<boolean>>();
	return {
		add(keep) {
			wet.add(keep);
			return () => void wet.delete(keep);
		},
		async keepAll() {
			for (const keep of [...wet]) if (!(await keep())) return false;
			return true;
		}
	};
}

/** Set by the form, got by its signature fields. */
export const [getInk, setInk] = createContext<Ink>();
