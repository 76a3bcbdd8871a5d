/** Challenges to sign in with: sealed, so that every relay of the district knows them again; each is used up once. */
import { randomBytes } from 'node:crypto';
import type { Sql } from '../store/store.ts';

const LASTS = 2 * 60_000;

export interface Challenges {
	/** One that this device alone may answer. */
	give(device: string): string;
	isGiven(device: string, challenge: string): boolean;
	/** False where it was used before, or has run out. */
	use(challenge: string): Promise<boolean>;
}

export interface ChallengesParts {
	readonly sql: Sql;
	/** A keyed hash, the same at every relay of the district. */
	readonly seal: (text: string) => string;
	readonly now: () => number;
}

export function createChallenges({ sql, seal, now }: ChallengesParts): Challenges {
	const sealed = (device: string, until: string, drawn: string) =>
		`${until}.${drawn}.${seal(`challenge ${device} ${until} ${drawn}`)}`;
	return {
		give: (device) => sealed(device, String(now() + LASTS), randomBytes(16).toString('base64url')),
		isGiven(device, challenge) {
			const [until = '', drawn = ''] = challenge.split('.');
			return Number(until) > now() && challenge === sealed(device, until, drawn);
		},
		async use(challenge) {
			const until = Number(challenge.split('.')[0]);
			const used = await sql.run(
				'INSERT INTO used_challenge VALUES (?, ?) ON CONFLICT DO NOTHING',
				challenge,
				until
			);
			await sql.run('DELETE FROM used_challenge WHERE until <= ?', now());
			// Run out since it was looked at, it may have been used, and that forgotten.
			return used === 1 && until > now();
		}
	};
}
