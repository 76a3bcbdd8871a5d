/** 上报办事处 in the demo district: what a community hands up, and what its office does with it. */
import { addDays, dayOf } from '#domain/calendar.ts';
import { DAY, HOUR, MINUTE } from '#domain/spans.ts';
import type { Utterance } from '../people/set-up-device.ts';
import { deskMoment, nextOffice } from './calendar.ts';
import {
	lifeOf,
	overdueMoment,
	raise,
	tell,
	tellRegistration,
	type Raised,
	type Scene,
	type Told
} from './demands.ts';
import type { HandedUp } from './office-texts.ts';
import type { DemoPerson } from './people.ts';

/** Who works at the office above a community, the first one in charge. */
export interface DemoOffice {
	readonly officer: DemoPerson;
	readonly aide: DemoPerson;
}

export function tellHandedUp(cases: readonly HandedUp[], office: DemoOffice, scene: Scene): Told[] {
	return cases.flatMap((each, i) =>
		tellOne(each, office, { ...scene, chance: scene.chance.fork(`handed-up/${i}`) })
	);
}

function tellOne(handedUp: HandedUp, { officer, aide }: DemoOffice, scene: Scene): Told[] {
	const { chance, desk, until } = scene;
	const { secretary } = desk;
	const { matter, place, reason, now, back } = handedUp;
	const at = raisedAt(handedUp, scene);
	const door = chance.pick(scene.doors.filter(({ isScripted }) => !isScripted));
	const asked = { matter, place, door, by: secretary, channel: 'phone' as const, at };
	const raised = raise(asked, scene);
	const before = [tellRegistration(raised, scene), ...lifeOf(raised, scene, 'inHand')];
	const ready = Math.max(...before.map((told) => told.at));
	const up = nextOffice(ready + chance.int(1, 3) * HOUR, chance);
	const handsUp = tell(up, {
		...about(raised, secretary, 'demand.escalated.v1'),
		body: { office: officer.org, reason }
	});
	const atOffice = (moment: number, kind: string, body: Utterance['body'], by = officer) =>
		tell(moment, { ...about(raised, by, kind), body });
	const taken = nextOffice(up + chance.int(20, 90) * MINUTE, chance);
	const takes = atOffice(taken, 'demand.taken.v1', { assignee: aide.id });
	const later = nextOffice(taken + chance.int(3, 20) * HOUR, chance);
	const { outcome, reply } = raised;
	const story: Readonly<Record<HandedUp['now'], readonly Told[]>> = {
		fresh: [],
		late: [takes],
		back: [takes, atOffice(later, 'demand.handed-back.v1', { reason: back ?? reason })],
		answered: [takes, atOffice(later, 'demand.handled.v1', { outcome, reply }, aide)]
	};
	// What would end after the story has not begun.
	const whole = [...before, handsUp, ...story[now]];
	return whole.some(({ receivedAt }) => receivedAt > until) ? before : whole;
}

function raisedAt({ now }: HandedUp, scene: Scene): number {
	const daysAgo = { fresh: 3, back: 5, answered: 19 };
	if (now === 'late') return overdueMoment(scene);
	return deskMoment(addDays(dayOf(scene.until - DAY), 1 - daysAgo[now]), scene.chance);
}

function about(
	{ record }: Raised,
	by: DemoPerson,
	kind: string
): Pick<Utterance, 'kind' | 'record' | 'org' | 'by'> {
	return { kind, record, org: by.org, by: by.id };
}
