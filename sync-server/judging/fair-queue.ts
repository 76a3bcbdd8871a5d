/** [R4] A line in which everybody has one before anybody has another: who brings much waits for it alone. */

export interface FairQueue<T> {
	readonly length: number;
	push(who: string, each: T): void;
	/** The next one; each one's own stay in the order in which they came. */
	take(): T | undefined;
}

export function createFairQueue<T>(): FairQueue<T> {
	/** Those whose turn comes first stand first. */
	const waiting = new Map<string, T[]>();
	let length = 0;
	return {
		get length() {
			return length;
		},
		push(who, each) {
			const own = waiting.get(who);
			if (own) own.push(each);
			else waiting.set(who, [each]);
			length += 1;
		},
		take() {
			const [first] = waiting;
			if (first === undefined) return undefined;
			const [who, own] = first;
			const each = own.shift();
			waiting.delete(who);
			if (own.length > 0) waiting.set(who, own);
			length -= 1;
			return each;
		}
	};
}
