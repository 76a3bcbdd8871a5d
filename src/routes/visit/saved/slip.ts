/** The words of a 留言条: polite, signed, and silent about the household. */
import type { VisitRow } from '#domain/kinds/visit.ts';
import { written } from '#lib/i18n/index.ts';
import { dayWords } from '#lib/ui/format.ts';

export interface SlipFrom {
	readonly name: string;
	readonly community: string;
	/** The community's own number. */
	readonly phone: string | undefined;
}

export function slipLines(
	{ startedAt, nextDueOn }: Pick<VisitRow, 'startedAt' | 'nextDueOn'>,
	{ name, community, phone }: SlipFrom
): readonly string[] {
	const words = written.round.slip;
	return [
		words.hello,
		words.came(community, name, dayWords(startedAt, written)),
		...(nextDueOn === undefined ? [] : [words.again(dayWords(nextDueOn, written))]),
		phone === undefined ? words.noPhone : words.call(phone)
	];
}
