// Two languages, one shape: what the one can say the other can, and English says it in English.
import { afterEach, expect, test } from 'vitest';
import { counted } from '#lib/i18n/counted.ts';
import { en } from '#lib/i18n/en.ts';
import { m, speak, written } from '#lib/i18n/index.ts';
import { zhCn } from '#lib/i18n/zh-cn.ts';
import { dayWords, momentWords } from '#lib/ui/format.ts';
import { foreignText, sourceFiles } from '../../support/source-files.ts';

/** Where English keeps Chinese, and why. */
const kept: readonly (readonly [string, string])[] = [
	['语言', 'for whoever cannot read the language that is shown'],
	['中文', 'a language under its own name'],
	['在浏览器打开', 'what the menu of WeChat says'],
	['梧桐里小区', 'an example of a record'],
	['3栋2单元501', 'how a table has to write it'],
	// Columns and codes that a table has to hold.
	...[
		...['姓名', '手机号', '党支部', '角色', '职业', '特长', '服务意向', '可服务时间'],
		...['是否领导干部', '编号', '登记时间', '内容', '代码', '名称', '上级代码', '层级'],
		...['区', '街道', '社区', '党员', '志愿者', '社区工作者']
	].map((word): readonly [string, string] => [word, 'what a table has to say'])
];

afterEach(() => speak(zhCn));

test('both catalogues have the same shape', () => {
	expect(shapeOf(en)).toEqual(shapeOf(zhCn));
	expect(shapeOf({ a: 'x', b: [() => 'y'] })).toEqual(['.a string', '.b.0 function']);
});

test('English says nothing in Chinese but what is kept on purpose', () => {
	const catalogues = sourceFiles(['src/lib/i18n']);
	const files = catalogues.filter(({ path }) => /\/en(-[a-z]+)?\.ts$/.test(path));
	const sources = catalogues.filter(({ path }) => /\/zh-cn(-[a-z]+)?\.ts$/.test(path));
	expect(files).toHaveLength(sources.length);
	const words = kept.map(([word]) => word).sort((a, b) => b.length - a.length);
	const found = files.flatMap((file) =>
		foreignText(file).filter((text) => /\p{Script=Han}/u.test(without(text, words)))
	);
	expect(found).toEqual([]);
	const all = files.flatMap(foreignText).join('\n');
	expect(words.filter((word) => !all.includes(word))).toEqual([]);
});

test('no message is empty but those that Chinese leaves empty too', () => {
	const empty = (catalogue: unknown) =>
		new Set(saidBy(catalogue).flatMap(([key, words]) => (words === '' ? [key] : [])));
	const left = empty(zhCn);
	expect([...empty(en)].filter((key) => !left.has(key))).toEqual([]);
});

test('whoever reads is 您, never 你', () => {
	const sources = sourceFiles(['src', 'static', 'sync-server']).filter(({ text }) =>
		text.includes('你')
	);
	expect(sources.map(({ path }) => path)).toEqual([]);
});

test('one household, two households', () => {
	expect([0, 1, 2].map((n) => counted(n, 'household'))).toEqual([
		'0 households',
		'1 household',
		'2 households'
	]);
	expect(counted('1,204', 'person', 'people')).toBe('1,204 people');
	expect(en.sync.trouble(1)).toBe('1 problem');
});

test('what is spoken changes the screen, and dates with it; what is written stays Chinese', () => {
	const moment = Date.parse('2026-11-23T14:05:00+08:00');
	speak(en);
	expect(m.nav.visits).toBe('Visits');
	expect(momentWords(moment, moment)).toBe('today 14:05');
	expect(dayWords('2026-11-23')).toBe('23 Nov');
	expect(dayWords('2026-11-23', written)).toBe('11月23日');
	expect(written.nav.visits).toBe('走访');
});

/** Every key by its path, with what is there. */
function shapeOf(value: unknown, path = ''): string[] {
	if (typeof value !== 'object' || value === null) return [`${path} ${typeof value}`];
	return Object.entries(value)
		.flatMap(([key, inner]) => shapeOf(inner, `${path}.${key}`))
		.sort();
}

/** Every message as it is said of something that counts, names and lists alike. */
function saidBy(value: unknown, path = ''): [string, string][] {
	if (typeof value === 'string') return [[path, value]];
	if (typeof value === 'function') return [[path, String(value(['7'], ['7'], ['7'], ['7']))]];
	return Object.entries(value ?? {}).flatMap(([key, inner]) => saidBy(inner, `${path}.${key}`));
}

function without(text: string, words: readonly string[]): string {
	return words.reduce((left, word) => left.replaceAll(word, ''), text);
}
