/** Words of the round: what is due, putting off, standing in, the paper, and what a desk writes down for others. */
import type { PostponeReason } from '#domain/kinds/household-round.ts';

export const round = {
	postponeReason: {
		away: '家人外出',
		askedLater: '住户约了改天',
		ill: '走访人身体不适',
		weather: '天气不好',
		other: '别的原因'
	} satisfies Readonly<Record<PostponeReason, string>>
} as const;
