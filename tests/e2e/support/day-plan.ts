/** A member's day: which door brings photos, signatures and demands, and where the browser is killed on the way. */
import { createChance } from '#relay/demo/random.ts';

/** What goes on when the browser is killed; `afterMs` from when it began. */
export interface Kill {
	readonly during: 'typing' | 'handing-in' | 'encoding';
	readonly afterMs: number;
}

export interface Stop {
	readonly photos: number;
	readonly isSigned: boolean;
	readonly demands: readonly string[];
	readonly kill: Kill | null;
}

export interface DayPlan {
	readonly visits: number;
	readonly photos: number;
	readonly signatures: number;
	readonly demands: number;
	readonly kills: Readonly<Record<Kill['during'], number>>;
	/** How often the line is cut on the way home. */
	readonly cuts: number;
	/** CSS pixels of what is photographed, the longer side. */
	readonly photoSide: number;
}

export const wholeDay: DayPlan = {
	visits: 12,
	photos: 20,
	signatures: 4,
	demands: 5,
	kills: { typing: 4, 'handing-in': 3, encoding: 3 },
	cuts: 8,
	photoSide: 4000
};
/** What the gate has time for. */
export const shortDay: DayPlan = {
	visits: 3,
	photos: 2,
	signatures: 1,
	demands: 2,
	kills: { typing: 1, 'handing-in': 1, encoding: 1 },
	cuts: 2,
	photoSide: 2400
};

/** Milliseconds after its beginning within which each is under way, on a slow phone. */
const within: Readonly<Record<Kill['during'], readonly [number, number]>> = {
	typing: [1_300, 3_500],
	'handing-in': [0, 400],
	encoding: [0, 700]
};

export function planDay(seed: string, plan: DayPlan): readonly Stop[] {
	const chance = createChance(seed);
	const kills = Object.entries(plan.kills).flatMap(([during, times]) =>
		Array.from({ length: times }, (): Kill => {
			// The keys are those of `kills`.
			const what = during as Kill['during'];
			return { during: what, afterMs: chance.int(...within[what]) };
		})
	);
	const stops = Array.from({ length: plan.visits }, (_, at) => ({
		photos: 0,
		isSigned: false,
		demands: [] as string[],
		kill: kills[at] ?? null
	}));
	const where = (isFit: (stop: (typeof stops)[number]) => boolean) =>
		chance.pick(stops.filter(isFit));
	// Who is killed while typing has something to type, who is killed with a photo has one.
	let demands = 0;
	const tell = (stop: (typeof stops)[number]) => stop.demands.push(textOf(++demands));
	for (const stop of stops) if (stop.kill?.during === 'typing') tell(stop);
	while (demands < plan.demands) tell(where(({ demands: told }) => told.length < 2));
	let photos = 0;
	for (const stop of stops)
		if (stop.kill?.during === 'encoding') {
			stop.photos = Math.min(2, plan.photos - photos);
			photos += stop.photos;
		}
	for (; photos < plan.photos; photos++) where((stop) => stop.photos < 4).photos += 1;
	for (let signed = 0; signed < plan.signatures; signed++)
		where(({ isSigned }) => !isSigned).isSigned = true;
	return chance.shuffled(stops);
}

function textOf(nth: number): string {
	const matters = [
		'楼道灯坏了一周，老人晚上上楼看不清台阶，请社区找物业来修一下',
		'下水道又堵了，一楼返水，已经第三回，想请社区协调疏通',
		'想问高龄补贴怎么申请，要带哪些材料，能不能请人上门来办',
		'单元门的锁坏了关不上，夜里有陌生人进来，请帮忙换一把锁',
		'楼下垃圾桶太少，周末堆到路上，希望再加两个，勤一点清运'
	];
	return `第${nth}件：${matters[(nth - 1) % matters.length] ?? ''}`;
}
