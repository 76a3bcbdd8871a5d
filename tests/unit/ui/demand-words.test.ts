/** A demand's track and clock in words, in each state it can be in. */
import { expect, test } from 'vitest';
import type { DemandRow } from '#domain/kinds/demand.ts';
import { demandClock, demandTrack, doorWords } from '#lib/ui/demand-words.ts';
import { accepted, demand, foundedWorld, HOUR, people, type Said } from '../../support/tell.ts';

const names = new Map<string, string>([
	[people.member, '王素芬'],
	[people.worker, '李干事'],
	[people.secretary, '郑书记']
]);

function told(...steps: Said[]) {
	const world = foundedWorld();
	world.says(people.member, demand('d-1'));
	world.says(people.member, demand('d-2'));
	for (const step of steps) world.later(HOUR).says(people.secretary, step);
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

test('a door leaves out what it does not have', () => {
	const door = { estate: '梧桐里小区', building: '3', unit: '2', room: '301' };
	expect(doorWords(door)).toBe('梧桐里小区 3栋2单元301');
	expect(doorWords({ ...door, building: '', unit: '' })).toBe('梧桐里小区 301');
});
