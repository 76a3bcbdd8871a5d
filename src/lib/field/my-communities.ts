/** Where somebody goes round: by one duty or by several, that of the acting one first. */
import { isField } from '#domain/people.ts';
import type { Me } from '#lib/device/person-session.ts';
import { m } from '#lib/i18n/index.ts';

export function myCommunities({ duty, duties }: Pick<Me, 'duty' | 'duties'>): string {
	const rounds = duties.filter(({ role }) => isField(role));
	const names = [...(duty ? [duty] : []), ...rounds].map(({ orgName }) => orgName);
	return [...new Set(names)].join(m.member.comma);
}
