/** How people write the parts of a door: the words behind a number, and numbers in characters. */

/** Between the parts of a written address: 3栋2单元501室. */
export const buildingMarks = '号楼|楼栋|栋|幢|座|#楼|#';
export const unitMarks = '单元|门洞';
export const roomMarks = '室|号|户';
/** Tells where to climb, and is no part of a door: 3栋2单元5层501室. */
export const floorMarks = '层|楼';
/** How the name of an estate ends that stands alone. */
export const estateEnds = '小区|家属院|大院|公寓|花园|家园|苑';
/** As the line above says. */
export const dittoWords: readonly string[] = ['同上', '〃', '"', '′′', '”'];

/** Characters that count or place a building by themselves: 甲栋, 东座. */
export const ordinals = '甲乙丙丁戊己庚辛壬癸东南西北中';

export const numerals: Readonly<Record<string, string>> = {
	一: '1',
	二: '2',
	三: '3',
	四: '4',
	五: '5',
	六: '6',
	七: '7',
	八: '8',
	九: '9',
	十: '10'
};
