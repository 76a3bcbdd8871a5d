/** 同行人 as a form holds them, what must be mended, and what is said of them. */
import type { Companion } from '#domain/kinds/visit.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';
import { NAME_MAX } from './checks.ts';

export interface CompanionDraft {
	name: string;
	post: string;
}

export function companionErrors(companions: readonly CompanionDraft[]): readonly FieldError[] {
	return companions.flatMap(({ name, post }, at) => {
		if (name.trim() === '' && post.trim() !== '')
			return [{ field: `companion-${at}`, message: m.visit.who.companionNameMissing }];
		if (name.trim().length > NAME_MAX)
			return [{ field: `companion-${at}`, message: m.member.textTooLong(NAME_MAX) }];
		if (post.trim().length > NAME_MAX)
			return [{ field: `companion-post-${at}`, message: m.member.textTooLong(NAME_MAX) }];
		return [];
	});
}

/** Whoever has no name is nobody. */
export function spokenCompanions(companions: readonly CompanionDraft[]): readonly Companion[] {
	return companions
		.map(({ name, post }) => ({ name: name.trim(), post: post.trim() }))
		.filter(({ name }) => name !== '')
		.map(({ name, post }) => (post === '' ? { name } : { name, post }));
}

export function companionDrafts(companions: readonly Companion[] = []): CompanionDraft[] {
	return companions.map(({ name, post = '' }) => ({ name, post }));
}
