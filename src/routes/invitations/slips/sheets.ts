/** Slips on paper: eight stand on one A4 sheet. */

const PER_SHEET = 8;

export function sheetsFor(slips: number): number {
	return Math.ceil(slips / PER_SHEET);
}

export function onSheets<T>(slips: readonly T[]): readonly (readonly T[])[] {
	return Array.from({ length: sheetsFor(slips.length) }, (_, i) =>
		slips.slice(i * PER_SHEET, (i + 1) * PER_SHEET)
	);
}
