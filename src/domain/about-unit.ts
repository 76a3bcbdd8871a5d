/** What a unit is known by besides its name: who stands for it, where it is, and its 党员服务中心. Read by everybody. */
import { z } from 'zod';

/** People by name alone: whoever stands for a department has no duty here, and an office changes hands. */
export const aboutUnit = {
	/** 党组织书记 */
	secretary: z.string().min(1).max(40),
	/** 第一责任人（一把手） */
	firstResponsible: z.string().min(1).max(40),
	officeAddress: z.string().min(1).max(100),
	/** 党员服务中心 */
	centreName: z.string().min(1).max(60),
	centreAddress: z.string().min(1).max(100),
	centreHours: z.string().min(1).max(100),
	centreKeeper: z.string().min(1).max(40)
};

export const AboutUnit = z.strictObject(aboutUnit).partial();
export type AboutUnit = Readonly<z.infer<typeof AboutUnit>>;
export type AboutField = keyof typeof aboutUnit;

/** In the order of forms and pages. */
export const aboutFields: readonly AboutField[] = [
	'secretary',
	'firstResponsible',
	'officeAddress',
	'centreName',
	'centreAddress',
	'centreHours',
	'centreKeeper'
];

export function isTooLong(field: AboutField, text: string): boolean {
	return text !== '' && !aboutUnit[field].safeParse(text).success;
}
