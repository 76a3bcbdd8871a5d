/** A resident in words. */
import { dayOf } from '#domain/calendar.ts';
import type { ResidentRow } from '#domain/kinds/resident.ts';
import { m } from '#lib/i18n/index.ts';

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

/** Whole years where the day is known, else by the calendar year. */
export function yearsOld(birthDate: string, now: number): number {
	const today = dayOf(now);
	const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
	const isAhead = birthDate.length === 10 && birthDate.slice(5) > today.slice(5);
	return isAhead ? years - 1 : years;
}
