/** Runs the judge ahead of the relay, to offer only what is possible; never to decide (J1). */
import { dayOf } from '#domain/calendar.ts';
import type { Reason } from '#domain/element.ts';
import { parseEntry } from '#domain/entry.ts';
import { orgRecord, type OrgId } from '#domain/ids.ts';
import { judge } from '#domain/judge.ts';
import { familyOf } from '#domain/kinds/index.ts';
import { isSettings } from '#domain/kinds/settings.ts';
import type { Actor } from '#domain/people.ts';
import { settingsInForce, settingsRecord } from '#domain/settings.ts';
import type { Stores } from './overlay.ts';
import { rowsOf } from './rows-of.ts';
import type { Utterance } from './sign.ts';

export interface Predicting extends Stores {
	readonly actorIn: (org: OrgId) => Actor;
	readonly org: OrgId;
	readonly realm: string;
	readonly now: () => number;
}

/** `unknown` where this device does not hold what the judge would look at. */
export async function predict(
	{ actorIn, org, realm, now, ...stores }: Predicting,
	{ kind, record, body, org: own }: Utterance
): Promise<true | Reason | 'unknown'> {
	const id = '00000000-0000-7000-8000-000000000000';
	const at = now();
	const parsed = parseEntry(
		JSON.stringify({
			v: 1,
			realm,
			id,
			commit: { id, i: 0, of: 1 },
			kind,
			record,
			org: own ?? org,
			device: 'this',
			at,
			rev: 0,
			salt: 'AAAAAAAAAAAAAAAAAAAAAA',
			body
		})
	);
	if (!parsed.ok) return parsed.reason;
	const { entry } = parsed;
	const family = familyOf(kind);
	const named = await rowsOf(stores, [
		record,
		orgRecord(entry.org),
		...(family?.reads(entry) ?? [])
	]);
	const row = named.get(record);
	// As the relay does: what says where the record lives, and the organisation it stands in.
	const around = row ? [orgRecord(row.org), ...(family?.leansOn?.(row) ?? [])] : [];
	const refs = new Map([...named, ...(await rowsOf(stores, around))]);
	const settings = await stores.rows.rows.get(settingsRecord());
	const inForce = settingsInForce(isSettings(settings?.row) ? settings.row : null, dayOf(at));
	const judged = judge(entry, [actorIn(entry.org)], refs, inForce, { at, offset: 0 });
	if (judged.verdict === 'accepted') return true;
	const isMissing =
		judged.reason === 'no-such-record' ||
		judged.reason === 'no-such-reference' ||
		judged.reason === 'unknown-kind';
	return isMissing ? 'unknown' : judged.reason;
}
