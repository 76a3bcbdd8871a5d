/** What care for a resident may need beyond who they are; all of it is told only where it helps. */
import { z } from 'zod';
import { DayShape } from '../shapes.ts';

/** 健康状况, the classes of GB/T 2261.3 */
export const Health = z.enum(['good', 'weak', 'chronic', 'impaired']);
export type Health = z.infer<typeof Health>;
/** 残疾类别, GB/T 26341 */
export const DisabilityKind = z.enum([
	'sight',
	'hearing',
	'speech',
	'limbs',
	'intellect',
	'mind',
	'multiple'
]);
export type DisabilityKind = z.infer<typeof DisabilityKind>;
/** 残疾等级: the first is the heaviest. */
export const DisabilityGrade = z.enum(['1', '2', '3', '4']);
export type DisabilityGrade = z.infer<typeof DisabilityGrade>;
export const Employment = z.enum(['employed', 'flexible', 'unemployed', 'retired', 'none']);
export type Employment = z.infer<typeof Employment>;
export const Schooling = z.enum(['preschool', 'primary', 'junior', 'senior', 'college']);
export type Schooling = z.infer<typeof Schooling>;
/** 参保 */
export const Insurance = z.enum([
	'employeePension',
	'residentPension',
	'employeeMedical',
	'residentMedical',
	'uninsured'
]);
export type Insurance = z.infer<typeof Insurance>;

/** Who said yes to what is kept: a child's guardian, a family member for somebody who cannot. */
export const ConsentBy = z.enum(['self', 'family', 'guardian']);
export type ConsentBy = z.infer<typeof ConsentBy>;
/** To what: that it is written down, that photos are taken, that it is passed on to others who help. */
export const ConsentScope = z.enum(['register', 'photo', 'passOn']);
export type ConsentScope = z.infer<typeof ConsentScope>;

/** 特长: how many, and how long each. */
export const SKILLS = { most: 10, longest: 20 } as const;

export const details = {
	health: Health,
	disabilityKind: DisabilityKind,
	disabilityGrade: DisabilityGrade,
	employmentStatus: Employment,
	schooling: Schooling,
	insurance: z.array(Insurance).max(Insurance.options.length),
	skills: z.array(z.string().min(1).max(SKILLS.longest)).max(SKILLS.most),
	/** 信息采集同意: the day on which they were told what is kept and why, and agreed. */
	consentedOn: DayShape,
	consentedBy: ConsentBy,
	consentScope: z.array(ConsentScope).max(ConsentScope.options.length)
};

export type ResidentDetails = {
	readonly [F in keyof typeof details]?: z.infer<(typeof details)[F]> | undefined;
};
