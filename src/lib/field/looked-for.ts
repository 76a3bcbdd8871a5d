/** What was looked for in vain, for the form that opens next. It may be a name: in memory alone, never in an address. */
let words = '';

export function leaveLookedFor(looked: string): void {
	words = looked;
}

/** Once: who comes to the form another way starts empty. */
export function takeLookedFor(): string {
	const looked = words;
	words = '';
	return looked;
}
