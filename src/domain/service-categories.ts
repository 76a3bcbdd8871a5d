/** The ten service categories of the plan, shared by people, needs, offers and activities; and 其他. */
import { z } from 'zod';

export const ServiceCategory = z.enum([
	'povertyRelief',
	'policyAdvice',
	'information',
	'housekeeping',
	'schoolHealth',
	'employment',
	'cultureSport',
	'legalAid',
	'counselling',
	'applianceRepair',
	'other'
]);
export type ServiceCategory = z.infer<typeof ServiceCategory>;
