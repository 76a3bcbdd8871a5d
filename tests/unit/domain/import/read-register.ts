/** Reads a register as the app does, in steps, and tells whom it puts behind which door. */
import { parsingRegister, type RegisterList } from '#domain/import/parse-register.ts';
import type { Sheet, SheetRow } from '#domain/import/sheet.ts';

export function readRegister(
	rows: readonly SheetRow[],
	part: Partial<Sheet> = {},
	estate = '梧桐里小区'
): RegisterList {
	const steps = parsingRegister({ name: '名册', rows, merges: [], ...part }, estate);
	for (;;) {
		const { done, value } = steps.next();
		if (done === true) return value;
	}
}

/** Each household as its door and who lives there. */
export function doorsOf({ homes }: RegisterList): readonly string[] {
	return homes.map(({ estate, building, unit, room, people }) =>
		[estate, building, unit, room, ...people.map(({ name }) => name)].join(' ')
	);
}
