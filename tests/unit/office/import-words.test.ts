// Every refusal of an import is said in one plain Chinese sentence.
import { expect, test } from 'vitest';
import { importMessages } from '#lib/i18n/zh-cn-import.ts';

const { field: _field, ...sentences } = importMessages;

test.each(Object.entries(sentences))('%s', (_, sentence) => {
	expect(sentence('杏花')).toMatch(/^[\p{Script=Han}\d“”，、：.…:\-/ \w]+$/u);
	expect(sentence('杏花')).not.toMatch(/undefined|。$/);
	expect(sentence('')).toMatch(/请|没有导入/);
});

test('columns are said by the name on the screen, and a long value is cut', () => {
	expect(importMessages['missing-column']('registeredAt')).toBe(
		'缺少“登记时间”这一列，请补上再导入'
	);
	expect(importMessages['too-long']('description')).toContain('内容');
	expect(importMessages['name-too-long']('长'.repeat(61)).length).toBeLessThan(40);
});
