/** How lines begin that stand under a table, or between its pages, and are nobody's. */

/** Such a word is a cell of its own, or a mark, a number or a blank follows: 注册会计师协会 is none. */
export const footerWords = new RegExp(
	[
		'^(?:合计|总计|小计|共计|本页合计)\\s*(?:[:\\d户人]|$)',
		'^共\\s*\\d+\\s*[户人]',
		'^(?:填表|制表|填报|审核|复核|经办|打印)(?:人|日期|时间|单位)?\\s*(?::|$)',
		'^(?:填表|制表|填报|审核|复核|经办)人\\s',
		// 负责人 and 联系人 are duties that somebody may have.
		'^(?:单位|社区|网格)?(?:负责人|联系人)\\s*:',
		'^(?:备注|说明|注)\\s*\\d*\\s*(?::|$)',
		'^第\\s*\\d+\\s*页',
		'^以下空白$'
	].join('|'),
	'u'
);
