/**
 * Marks outside IndexedDB of who is here and how far each has come. Browsers lose the one and keep the
 * other: then the app knows that something is missing, instead of showing nothing as if nothing had been.
 */
import { z } from 'zod';
import { readJson } from './relay.ts';

export const Mark = z.object({
	/** The prefix of the person's databases. */
	id: z.string(),
	device: z.string(),
	name: z.string(),
	/** The local number of the last commit that was said (O4). */
	said: z.int().min(0),
	/** The last 临时编号 that was given out. */
	numbered: z.int().min(0),
	at: z.number()
});
export type Mark = z.infer<typeof Mark>;

export interface Marks {
	all(): readonly Mark[];
	of(id: string): Mark | undefined;
	put(mark: Mark): void;
	forget(id: string): void;
	/** Somebody was here, though not even a mark says who. */
	isTrodden(): boolean;
}

const NAME = 'lxq-mark';
const COOKIE = 'lxq-here';
/** The longest that browsers keep a cookie. */
const COOKIE_S = 400 * 86_400;

export interface MarkPlaces {
	readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;
	readonly cookies: { cookie: string } | undefined;
}

export function openMarks({ storage, cookies }: MarkPlaces): Marks {
	function all(): readonly Mark[] {
		const text = guarded(() => storage?.getItem(NAME) ?? null);
		return z.array(Mark).safeParse(readJson(text ?? '[]')).data ?? [];
	}
	function write(marks: readonly Mark[]): void {
		guarded(() => storage?.setItem(NAME, JSON.stringify(marks)));
		const age = marks.length > 0 ? COOKIE_S : 0;
		// It says nothing but that somebody was here.
		if (cookies) cookies.cookie = `${COOKIE}=1; path=/; samesite=strict; max-age=${age}`;
	}
	return {
		all,
		of: (id) => all().find((mark) => mark.id === id),
		put: (mark) => write([...all().filter(({ id }) => id !== mark.id), mark]),
		forget: (gone) => write(all().filter(({ id }) => id !== gone)),
		isTrodden: () => new RegExp(`(^|; )${COOKIE}=1`).test(cookies?.cookie ?? '')
	};
}

/** Where a browser forbids its storage, asking for it throws. */
export function browserMarks(): Marks {
	return openMarks({
		storage: guarded(() => globalThis.localStorage) ?? undefined,
		cookies: typeof document === 'undefined' ? undefined : document
	});
}

/** A browser may forbid or refuse both: then nothing is marked, and nothing else fails. */
function guarded<T>(run: () => T): T | null {
	try {
		return run();
	} catch (cause) {
		if (cause instanceof DOMException) return null;
		throw cause;
	}
}
