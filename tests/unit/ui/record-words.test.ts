/** Every kind, field, code and verdict that a history can hold has words. */
import { expect, test } from 'vitest';
import { Action, Reason } from '#domain/element.ts';
import type { HistoryLine } from '#domain/fold.ts';
import { EntryId, OrgId, PersonId, RecordId } from '#domain/ids.ts';
import { allKinds } from '#domain/kinds/index.ts';
import { m } from '#lib/i18n/index.ts';
import { fieldName, historyEvents, recordsNamed, valueWords } from '#lib/ui/record-words.ts';

const now = Date.parse('2026-11-23T11:30:00+08:00');
const li = PersonId.parse('p-li');
const speaking = { names: new Map([[li, '李干事']]), now };

function line(part: Partial<HistoryLine>): HistoryLine {
	return {
		record: RecordId.parse('r-1'),
		n: 2,
		entry: EntryId.parse('01934c5e-0000-7000-8000-000000000001'),
		kind: 'demand.accepted.v1',
		actor: { person: li, role: 'communityWorker', org: OrgId.parse('610103001001') },
		at: now,
		receivedAt: now,
		verdict: 'accepted',
		changes: [],
		...part
	};
}

test('every kind, reason and action has words', () => {
	for (const kind of allKinds()) expect(m.records.kindWords[kind], kind).toBeTruthy();
	for (const reason of Reason.options) expect(m.records.reasonWords[reason], reason).toBeTruthy();
	for (const action of Action.options) expect(m.records.actionWords[action], action).toBeTruthy();
});

test('values are said by their field: codes, persons, moments, lists', () => {
	expect(valueWords('state', 'accepted', speaking)).toBe('已受理');
	expect(valueWords('assignee', li, speaking)).toBe('李干事');
	expect(valueWords('assignee', 'p-nobody', speaking)).toBe('没有名字的人');
	expect(valueWords('resolveDueAt', now, speaking)).toBe('今天 11:30');
	expect(valueWords('groups', ['livingAlone', 'veryOld'], speaking)).toBe('独居、高龄');
	expect(valueWords('outcome', 'notHome', speaking)).toBe('未遇');
	expect(valueWords('outcome', 'solved', speaking)).toBe('已解决');
	expect(valueWords('size', 2, speaking)).toBe('2 人');
	expect(valueWords('phone', undefined, speaking)).toBe('');
	expect(fieldName('resolveDueAt')).toBe('办结时限');
	expect(fieldName('fromANewerVersion')).toBe('fromANewerVersion');
});

test('a history says who did what, from what to what, and leaves repetition out', () => {
	const [event] = historyEvents(
		[
			line({
				changes: [
					{ field: 'state', from: 'registered', to: 'accepted' },
					{ field: 'steps', from: [], to: [{}] },
					{ field: 'assignee', from: undefined, to: li }
				]
			})
		],
		speaking
	);
	expect(event).toMatchObject({ who: '李干事（社区工作者）', what: '受理' });
	expect(event?.changes).toEqual([
		{ field: '状态', from: '待受理', to: '已受理' },
		{ field: '责任人', from: '', to: '李干事' }
	]);
});

test('a history says who had a demand before another did', () => {
	const wang = PersonId.parse('p-wang');
	const names = new Map([...speaking.names, [wang, '王书记']]);
	const changes = [{ field: 'assignee', from: wang, to: li }];
	const lines = [line({ kind: 'demand.reassigned.v1', changes })];
	expect(historyEvents(lines, { ...speaking, names })).toMatchObject([
		{ what: '换了责任人', changes: [{ field: '责任人', from: '王书记', to: '李干事' }] }
	]);
});

test('what had no effect says why, what waits says so', () => {
	const events = historyEvents(
		[
			line({ verdict: 'noted', reason: 'illegal-transition' }),
			line({ verdict: 'pending', kind: 'demand.handled.v1' }),
			line({ kind: 'demand.split.v1' })
		],
		speaking
	);
	expect(events[0]?.note).toBe('没有生效：已经走到别的步骤，这一步没有生效');
	expect(events[1]?.note).toBe('已存本机，还没上报');
	expect(events[2]?.what).toBe('新版本才认识的记录');
});

test('a merge says into which demand, where this device holds it', () => {
	const merge = line({
		kind: 'demand.merged.v1',
		actor: {
			person: PersonId.parse('p-nobody'),
			role: 'communitySecretary',
			org: OrgId.parse('610103001001')
		},
		changes: [{ field: 'mergedInto', from: undefined, to: 'r-2' }]
	});
	expect(recordsNamed(merge.changes)).toEqual(['r-2']);
	const saidWith = (records: ReadonlyMap<string, string>) =>
		historyEvents([merge], { ...speaking, records })[0];
	expect(saidWith(new Map())?.changes).toEqual([{ field: '合并到', from: '', to: '另一条记录' }]);
	expect(saidWith(new Map([['r-2', 'S-1 路灯不亮']]))).toMatchObject({
		who: '社区党组织书记',
		changes: [{ field: '合并到', from: '', to: 'S-1 路灯不亮' }]
	});
});
