/** What the demo's cards say besides names, and who of its volunteers is suspended or has left. */
import { RecordId } from '#domain/ids.ts';
import { isField } from '#domain/people.ts';
import { ServiceCategory } from '#domain/service-categories.ts';
import { DAY } from '#domain/spans.ts';
import type { Utterance } from '../people/set-up-device.ts';
import type { Scene, Told } from './demands.ts';
import type { DemoPerson, Desk } from './people.ts';
import type { Chance } from './random.ts';

const occupations = [
	...['退休教师', '退休工人', '退休医生', '机关干部', '企业职员', '个体经营', '出租车司机'],
	...['护士', '中学教师', '电工', '物业职员', '律师', '会计']
];
const times = ['周末', '工作日晚上', '每周三下午', '随时', '节假日', '上午'];
const reasons = { suspended: '外出照看孙辈，三个月后回来', left: '搬到外地居住' };

/** The part of a card that tells what somebody can do; officials keep theirs short. */
export function traits(person: DemoPerson, chance: Chance): Readonly<Record<string, unknown>> {
	if (!isField(person.role)) return {};
	return {
		...(chance.is(0.8) ? { occupation: chance.pick(occupations) } : {}),
		...(chance.is(0.7)
			? { categories: chance.shuffled(ServiceCategory.options).slice(0, chance.int(1, 3)).sort() }
			: {}),
		...(chance.is(0.6) ? { availability: chance.pick(times) } : {}),
		...(person.role === 'member' && chance.is(0.08) ? { isLeadingCadre: true } : {})
	};
}

/** The second volunteer of a desk is suspended for a while, the third has left. */
export function tellVolunteers({ desk, until }: Scene): Told[] {
	const [, suspended, left] = desk.volunteers;
	const at = until - 20 * DAY;
	const told = (says: readonly Utterance[]): Told => ({ at, receivedAt: at, says });
	return [
		...(suspended ? [told([moved(suspended, desk, 'suspended')])] : []),
		...(left ? [told([moved(left, desk, 'left'), ended(left, desk, at)])] : [])
	];
}

function moved(
	{ id, org }: DemoPerson,
	{ secretary }: Desk,
	state: 'suspended' | 'left'
): Utterance {
	const body = { state, reason: reasons[state] };
	return { kind: 'person.changed.v1', record: RecordId.parse(id), org, by: secretary.id, body };
}

function ended({ org, duty }: DemoPerson, { secretary }: Desk, at: number): Utterance {
	const body = { to: at, reason: reasons.left };
	return { kind: 'duty.ended.v1', record: duty, org, by: secretary.id, body };
}
