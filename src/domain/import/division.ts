/** How a 统计用区划代码 is written. */

/** Province 11 to 82, then county, sub-district, community. */
export const DIVISION =
	/^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{4}(\d{3}(\d{3})?)?$/;
