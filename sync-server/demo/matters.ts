/** Picks what somebody in the demo district asks for: a matter that fits the season. */
import { dayOf } from '#domain/calendar.ts';
import { matters, type Matter } from './demand-texts.ts';
import type { Chance } from './random.ts';

export function matterOf(
	at: number,
	chance: Chance,
	isFit: (matter: Matter) => boolean = () => true
): Matter {
	const month = Number(dayOf(at).slice(5, 7));
	return chance.pick(
		matters.filter((each) => isFit(each) && (each.months?.includes(month) ?? true))
	);
}
