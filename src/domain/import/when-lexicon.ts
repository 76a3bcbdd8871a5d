/** How dates are written in Chinese tables: 2019年4月25日 星期四 上午9时32分9秒. */

/** Written letters to plain ones; what is left is digits, `/`, `:` and a mark for the half of the day. */
export const dateLetters: readonly (readonly [RegExp, string])[] = [
	[/[(（]?(星期|周)[一二三四五六日天][)）]?/g, ' '],
	[/[年月]/g, '/'],
	[/[日号]/g, ' '],
	[/[时点]/g, ':'],
	[/分(?=\s*\d)/g, ':'],
	[/[分秒]/g, ' '],
	[/上午|凌晨|早上/g, ' am '],
	[/下午|晚上/g, ' pm '],
	[/中午/g, ' noon ']
];
