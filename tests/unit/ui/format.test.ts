// Dates, spans and numbers as the screen says them, in Shanghai's time whatever the machine's.
import { expect, test } from 'vitest';
import {
	agoWords,
	clock,
	countWords,
	dayWithWeekday,
	deadlineStatus,
	deadlineWords,
	dueDayStatus,
	fullDayWords,
	momentWords,
	ratioWords
} from '#lib/ui/format.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const now = at('2026-11-23T14:20:00');

test('a moment is said by its day and its clock in Shanghai', () => {
	expect(dayWithWeekday(now)).toBe('11月23日 星期一');
	expect(dayWithWeekday('2026-11-23')).toBe('11月23日 星期一');
	expect(clock(at('2026-11-23T09:05:00'))).toBe('9:05');
	expect(clock(at('2026-11-23T00:00:30'))).toBe('0:00');
	expect(fullDayWords(at('2027-01-01T00:00:00'))).toBe('2027年1月1日');
});

test.each([
	['2026-11-23T14:05:00', '今天 14:05'],
	['2026-11-23T00:00:00', '今天 0:00'],
	['2026-11-22T23:59:00', '昨天 23:59'],
	['2026-11-20T14:05:00', '11月20日 14:05'],
	['2025-11-20T14:05:00', '2025年11月20日 14:05']
])('%s is %s', (moment, words) => {
	expect(momentWords(at(moment), now)).toBe(words);
});

test.each([
	['2026-11-23T14:19:30', '刚刚'],
	['2026-11-23T14:02:00', '18 分钟前'],
	['2026-11-23T11:00:00', '3 小时前'],
	['2026-11-22T23:00:00', '1 天前'],
	['2026-10-18T10:00:00', '36 天前']
])('%s was %s', (moment, words) => {
	expect(agoWords(at(moment), now)).toBe(words);
});

test('a day alone is counted in calendar days', () => {
	expect(agoWords('2026-10-18', now)).toBe('36 天前');
	expect(agoWords('2026-11-23', now)).toBe('今天');
});

test.each([
	['2026-11-23T14:38:00', '还剩 18 分钟'],
	['2026-11-23T14:20:20', '还剩 1 分钟'],
	['2026-11-23T15:55:00', '还剩 1 小时 35 分'],
	['2026-11-24T12:20:00', '还剩 22 小时'],
	['2026-11-25T15:00:00', '还有 2 天'],
	['2026-11-23T14:00:00', '超期 20 分钟'],
	['2026-11-17T14:20:00', '超期 6 天']
])('a deadline at %s reads %s', (due, words) => {
	expect(deadlineWords(at(due), now)).toBe(words);
});

test('a deadline is due soon from the share of its time that the district sets, overdue after it', () => {
	const start = at('2026-11-23T10:00:00');
	const due = at('2026-11-23T14:00:00');
	const look = (then: number, amberShare = 0.75) =>
		deadlineStatus(due, start, { now: then, amberShare });
	expect(look(at('2026-11-23T12:59:59')).is).toBe('inProgress');
	expect(look(at('2026-11-23T13:00:00')).is).toBe('dueSoon');
	expect(look(due).is).toBe('dueSoon');
	expect(look(due + 1).is).toBe('overdue');
	expect(look(at('2026-11-23T12:00:00'), 0.5).is).toBe('dueSoon');
});

test('a visit that is due on a day is due all that day', () => {
	expect(dueDayStatus('2026-11-23', now)).toEqual({ is: 'dueSoon', words: '今天到期' });
	expect(dueDayStatus('2026-11-17', now)).toEqual({ is: 'overdue', words: '超期 6 天' });
	expect(dueDayStatus('2026-11-25', now)).toEqual({ is: 'notStarted', words: '还有 2 天' });
});

test('large counts are grouped; a rate under ten cases stays n/m', () => {
	expect(countWords(31206)).toBe('31,206');
	expect(countWords(999)).toBe('999');
	expect(ratioWords(34, 36)).toBe('94%');
	expect(ratioWords(5, 7)).toBe('5/7');
	expect(ratioWords(0, 0)).toBe('0/0');
});
