/** A row of the deadline table between the form's texts and the settings' clocks. */
import type { Clock } from '#domain/calendar.ts';
import {
	ClockUnit,
	type ClockUnit as Unit,
	type DeadlineClass,
	type DeadlineRow
} from '#domain/settings.ts';
import { m } from '#lib/i18n/index.ts';
import { type Option, optionsOf } from '#lib/ui/field.ts';
import { wholeNumber, type Filled } from './changing.ts';

export const CLOCKS = ['sign', 'contact', 'resolve'] as const;
type ClockName = (typeof CLOCKS)[number];

export type Clocks = Record<ClockName, { n: string; unit: Unit }>;

export const unitOptions: readonly Option<Unit>[] = optionsOf(ClockUnit.options, m.settings.unit);

export function clocksFrom(row: DeadlineRow): Clocks {
	const typed = (clock: Clock | undefined) => ({
		n: clock === undefined ? '' : String(clock.n),
		unit: clock?.unit ?? 'hours'
	});
	return { sign: typed(row.sign), contact: typed(row.contact), resolve: typed(row.resolve) };
}

/** An empty 首次联系 asks for none. */
export function clocksFilled(each: DeadlineClass, clocks: Clocks): Filled {
	const read = (name: ClockName): Clock | null => {
		const n = wholeNumber(clocks[name].n, 1, 10_000);
		return n === null ? null : { unit: clocks[name].unit, n };
	};
	const hasContact = clocks.contact.n.trim() !== '';
	const [sign, contact, resolve] = CLOCKS.map(read);
	const asked: readonly ClockName[] = hasContact ? CLOCKS : ['sign', 'resolve'];
	if (!sign || !resolve || (hasContact && !contact)) {
		const wrong = asked.filter((name) => read(name) === null);
		return {
			ok: false,
			errors: wrong.map((field) => ({
				field,
				message: m.settings.checks.number(m.settings[field], 1, 10_000)
			}))
		};
	}
	return {
		ok: true,
		values: { deadlines: { [each]: { sign, ...(contact && { contact }), resolve } } }
	};
}
