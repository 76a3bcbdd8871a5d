/** For which community somebody speaks who goes round in more than one: that of the record, or of its door. */
import { RecordId, type OrgId } from '#domain/ids.ts';
import { isField } from '#domain/people.ts';
import type { DutyOnWire } from '#domain/wire.ts';
import type { Stores } from './overlay.ts';
import { rowsOf } from './rows-of.ts';
import type { Utterance } from './sign.ts';

export interface Duties {
	/** The one that acts. */
	readonly duty: Pick<DutyOnWire, 'role' | 'org'> | undefined;
	readonly duties: readonly Pick<DutyOnWire, 'org'>[];
}

/** A desk and an office speak for themselves, whosever record they speak of. */
export async function spokenFor(
	stores: Stores,
	{ duty, duties }: Duties,
	utterances: readonly Utterance[]
): Promise<readonly Utterance[]> {
	const own = new Set<OrgId>(duties.map(({ org }) => org));
	if (duty === undefined || !isField(duty.role) || own.size < 2) return utterances;
	const named = utterances.flatMap((said) => [said.record, ...doorIn(said)]);
	const rows = await rowsOf(stores, [...new Set(named)]);
	return utterances.map((said) => {
		const [row] = [said.record, ...doorIn(said)].flatMap((record) => rows.get(record) ?? []);
		const isMeant = said.org === undefined && row !== undefined && own.has(row.org);
		return isMeant ? { ...said, org: row.org } : said;
	});
}

function doorIn({ body }: Utterance): readonly RecordId[] {
	const door = RecordId.safeParse(Reflect.get(body, 'household'));
	return door.success ? [door.data] : [];
}
