/** How lines begin that stand under a table, or between its pages, and are nobody's. */

export const footerWords =
	/^(合计|总计|小计|共计|备注|说明|注|填表人|制表人|审核人|填报人|负责人|联系人|共\s*\d+\s*人)[：:\s\d]*/;
