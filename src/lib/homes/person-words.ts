/** A resident in words. */
import { dayOf } from '#domain/calendar.ts';
import type { ResidentRow } from '#domain/kinds/resident.ts';
import { m } from '#lib/i18n/index.ts';
import { fullDayWords } from '#lib/ui/format.ts';

/** 配偶，女，76岁，独居、高龄 */
export function personNote(row: ResidentRow, now: number): string {
	const { relationToHead, sex, birthDate, politicalStatus, careTags, leftWhy } = row;
	const isParty = politicalStatus === 'party' || politicalStatus === 'probationary';
	const parts = [
		leftWhy && m.whyLeft[leftWhy],
		relationToHead && m.relation[relationToHead],
		sex && m.sex[sex],
		birthDate && m.homes.person.age(yearsOld(birthDate, now)),
		isParty && m.politicalStatus[politicalStatus],
		careTags.map((tag) => m.group[tag]).join(m.records.separator)
	];
	return parts.filter((part) => part).join(m.secretary.comma);
}

/** 有慢性病，残疾：肢体二级，离退休，参保：居民医保，特长：理发; empty where nothing more is known. */
export function personMore(row: ResidentRow): string {
	const words = m.homes.person;
	const { health, disabilityKind, disabilityGrade, employmentStatus, schooling } = row;
	const insured = (row.insurance ?? []).map((each) => m.insurance[each]);
	const skilled = (row.skills ?? []).join(m.records.separator);
	const parts = [
		health && m.health[health],
		disabilityKind &&
			words.disability(
				m.disabilityKind[disabilityKind],
				disabilityGrade === undefined ? '' : m.disabilityGrade[disabilityGrade]
			),
		employmentStatus && m.employment[employmentStatus],
		schooling && m.schooling[schooling],
		insured.length > 0 && words.insured(insured.join(m.records.separator)),
		skilled !== '' && words.skilled(skilled),
		consentWords(row)
	];
	return parts.filter((part) => part).join(m.secretary.comma);
}

/** 同意采集：2026年11月20日、监护人、拍照 */
function consentWords({ consentedOn, consentedBy, consentScope = [] }: ResidentRow): string {
	if (consentedOn === undefined) return '';
	const by = consentedBy === undefined ? [] : [m.consentBy[consentedBy]];
	const parts = [
		fullDayWords(consentedOn),
		...by,
		...consentScope.map((each) => m.consentScope[each])
	];
	return m.homes.person.consented(parts.join(m.records.separator));
}

/** Whole years where the day is known, else by the calendar year. */
export function yearsOld(birthDate: string, now: number): number {
	const today = dayOf(now);
	const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
	const isAhead = birthDate.length === 10 && birthDate.slice(5) > today.slice(5);
	return isAhead ? years - 1 : years;
}
