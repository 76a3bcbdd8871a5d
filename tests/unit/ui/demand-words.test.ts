/** A demand's track and clock in words, in each state it can be in. */
import { expect, test } from 'vitest';
import type { DemandRow } from '#domain/kinds/demand.ts';
import { demandClock, demandTrack, doorWords } from '#lib/ui/demand-words.ts';
import {
	accepted,
	demand,
	foundedWorld,
	HOUR,
	people,
	SUBDISTRICT,
	type Said
} from '../../support/tell.ts';

const names = new Map<string, string>([
	[people.member, '王素芬'],
	[people.worker, '李干事'],
	[people.secretary, '郑书记'],
	[people.officer, '周科长']
]);

function told(...steps: Said[]) {
	const world = foundedWorld();
	world.says(people.member, demand('d-1'));
	world.says(people.member, demand('d-2'));
	for (const step of steps)
		world.later(HOUR).says(step.org === SUBDISTRICT ? people.officer : people.secretary, step);
	return { row: world.row<DemandRow>('d-1'), speaking: { names, now: world.now } };
}

const handled = {
	kind: 'demand.handled.v1',
	record: 'd-1',
	body: { outcome: 'solved', reply: '换了灯泡' }
};

test('a new demand waits for the desk, one on this phone waits for the network', () => {
	const { row, speaking } = told();
	const steps = demandTrack(row, speaking, { pending: false });
	expect(steps.map(({ title, state }) => [title, state])).toEqual([
		['居民提出', 'done'],
		['到达社区', 'done'],
		['社区受理', 'now'],
		['办理', 'ahead'],
		['办结', 'ahead']
	]);
	expect(steps[0]?.note).toBe('今天 9:00，王素芬登记（入户走访）');
	expect(steps[2]?.note).toBe('等待处理，请在 今天 11:00 前签收');
	const here = demandTrack(row, speaking, { pending: true });
	expect(here[1]).toMatchObject({ state: 'now', note: '已存本机，有网时自动上报' });
});

test('an accepted demand says who is responsible and until when', () => {
	const { row, speaking } = told(accepted('d-1'));
	const steps = demandTrack(row, speaking, { pending: false });
	expect(steps[2]).toMatchObject({ state: 'done', note: '今天 10:00，郑书记受理' });
	expect(steps[3]).toMatchObject({ state: 'now' });
	expect(steps[3]?.note).toContain('责任人 李干事');
	expect(demandClock(row, { now: row.resolveDueAt ?? 0, amberShare: 0.75 })?.words).toMatch(
		/^办结还剩/
	);
});

test('a handled, a declined and a merged demand end with who, when and why', () => {
	const last = (...steps: Said[]) => {
		const { row, speaking } = told(...steps);
		return demandTrack(row, speaking, { pending: false }).slice(-1)[0];
	};
	expect(last(accepted('d-1'), handled)).toEqual({
		id: 'handled',
		title: '办结',
		note: '今天 11:00，郑书记，已解决',
		state: 'done'
	});
	expect(
		last({
			kind: 'demand.declined.v1',
			record: 'd-1',
			body: { code: 'judicial', reply: '请等法院' }
		})?.note
	).toBe('今天 10:00，郑书记，进入司法程序');
	expect(last({ kind: 'demand.merged.v1', record: 'd-1', body: { into: 'd-2' } })).toMatchObject({
		title: '合并到另一件',
		state: 'done'
	});
	expect(
		demandClock(told(accepted('d-1'), handled).row, { now: 0, amberShare: 0.75 })
	).toBeUndefined();
});

const up = {
	kind: 'demand.escalated.v1',
	record: 'd-1',
	body: { office: SUBDISTRICT, reason: '超出社区权限' }
};
const atOffice = (kind: string, body: Record<string, unknown>): Said => ({
	...{ kind, record: 'd-1', body, org: SUBDISTRICT }
});
const taken = atOffice('demand.taken.v1', { assignee: people.officer });
const back = atOffice('demand.handed-back.v1', { reason: '先问物业' });

test('a demand that went up says when, by whom and why, and who has it now', () => {
	const track = (...steps: Said[]) => {
		const { row, speaking } = told(accepted('d-1'), up, ...steps);
		return demandTrack(row, speaking, { pending: false }).slice(3);
	};
	expect(track()).toEqual([
		{
			id: 'office-0',
			title: '已上报办事处',
			note: '今天 11:00，郑书记，超出社区权限',
			state: 'done'
		},
		{ id: 'take', title: '办事处签收', note: '等办事处签收', state: 'now' },
		{ id: 'handledAbove', title: '办事处办理', state: 'ahead' },
		{ id: 'handled', title: '办结', state: 'ahead' }
	]);
	const [, signed, handling] = track(taken);
	expect(signed).toMatchObject({ title: '办事处签收', note: '今天 12:00，周科长', state: 'done' });
	expect(handling).toMatchObject({ title: '办事处办理', state: 'now' });
	expect(handling?.note).toContain('责任人 周科长');
	expect(track(taken, { ...handled, org: SUBDISTRICT }).map(({ title }) => title)).toEqual([
		...['已上报办事处', '办事处签收', '办事处办理', '办结']
	]);
});

test('of two ways up each says who and when, the last one why; handed back it is the community that handles it', () => {
	const { row, speaking } = told(accepted('d-1'), up, taken, back, up, back);
	const steps = demandTrack(row, speaking, { pending: false }).slice(3);
	expect(steps.map(({ title, note }) => [title, note])).toEqual([
		['已上报办事处', '今天 11:00，郑书记'],
		['办事处签收', '今天 12:00，周科长'],
		['办事处退回社区', '今天 13:00，周科长'],
		['已上报办事处', '今天 14:00，郑书记，超出社区权限'],
		['办事处退回社区', '今天 15:00，周科长，先问物业'],
		['办理', expect.stringContaining('责任人 李干事')],
		['办结', undefined]
	]);
	expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
});

test('a door leaves out what it does not have', () => {
	const door = { estate: '梧桐里小区', building: '3', unit: '2', room: '301' };
	expect(doorWords(door)).toBe('梧桐里小区 3栋2单元301');
	expect(doorWords({ ...door, building: '', unit: '' })).toBe('梧桐里小区 301');
});
