/** How people say the parts of a door, so that 3栋2单元501室 is searched for as 3-2-501. */

/** What stands between the numbers, longer words first. */
export const innerWords: readonly string[] = ['号楼', '栋', '幢', '单元'];
/** What may follow the last number. */
export const roomWords: readonly string[] = ['室', '号', '户'];
