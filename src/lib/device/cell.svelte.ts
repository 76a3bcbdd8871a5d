/** One value that is replaced as a whole, seen by whatever reads it. */

export interface Cell<T> {
	current: T;
}

export function cell<T>(initial: T): Cell<T> {
	let current = $state.raw(initial);
	return {
		get current() {
			return current;
		},
		set current(next: T) {
			current = next;
		}
	};
}
