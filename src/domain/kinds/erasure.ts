/** 依法删除 (个人信息保护法 art. 47): an authority has texts erased; heads, chains and this order stay (A4). */
import { z } from 'zod';
import type { Said } from '../entry.ts';
import { firstRow, kind, type Family, type Refs, type Row } from '../family.ts';
import { OrgId, orgRecord, RecordId, type PersonId } from '../ids.ts';
import { deskLedger, districtLedger, officeLedger, STANDING } from '../ledgers.ts';
import type { Actor } from '../people.ts';
import { isOrganisation } from './organisation.ts';
import { endDue } from '../retention.ts';

/** 本人要求 · 不该收集 · 期限已满: a code, so that the order itself holds nobody's data. */
export const ErasureGround = z.enum(['requested', 'unlawful', 'expired']);
export type ErasureGround = z.infer<typeof ErasureGround>;

const Ordered = z.strictObject({
	of: RecordId,
	/** The organisation the record belongs to. */
	at: OrgId,
	/** The ordinals of the entries whose texts go; `all` are those there are when the order arrives. */
	entries: z.array(z.int().min(1)).min(1).max(500).or(z.literal('all')),
	ground: ErasureGround,
	/** The family of the record, for those who read the order when the record is gone. */
	what: z.string().max(20).optional(),
	/** The orders of one request share it. */
	request: RecordId.optional(),
	/** What the record leans on, where its time is over by that: a resident's household. */
	with: RecordId.optional()
});

export interface ErasureRow extends Row {
	readonly family: 'erasure';
	readonly state: 'ordered';
	readonly of: RecordId;
	readonly entries: readonly number[] | 'all';
	readonly ground: ErasureGround;
	readonly what?: string | undefined;
	readonly request?: RecordId | undefined;
	readonly by: PersonId;
	readonly byDistrict: boolean;
	/** Its time was over: nobody asked for it. */
	readonly byItself?: true | undefined;
}

/** What a district stands on is no personal data, and without it nothing could be judged; a log stays whole. */
const LASTING: ReadonlySet<string> = new Set([
	'organisation',
	'settings',
	'duty',
	'erasure',
	'reveal'
]);

export const erasure: Family = {
	name: 'erasure',
	storage: 'standing',
	kinds: {
		'erasure.ordered.v1': kind<ErasureRow, z.infer<typeof Ordered>>({
			body: Ordered,
			may: (actor, said, _row, refs) => mayErase(actor, said, refs),
			apply(row, said, stamp) {
				if (row !== null) return { noted: 'already-exists' };
				return {
					...firstRow('erasure', said, said.body.at, stamp),
					family: 'erasure',
					state: 'ordered',
					of: said.body.of,
					entries: said.body.entries,
					ground: said.body.ground,
					what: said.body.what,
					request: said.body.request,
					by: stamp.actor.person,
					byDistrict: stamp.actor.org !== said.body.at,
					...(stamp.actor.role === 'clock' ? { byItself: true } : {})
				};
			}
		})
	},
	reads(entry) {
		const named = z
			.object({ of: RecordId, at: OrgId, with: RecordId.optional() })
			.safeParse(entry.body);
		if (!named.success) return [];
		const { of, at, with: other } = named.data;
		return [of, orgRecord(at), ...(other === undefined ? [] : [other])];
	},
	audience(row, refs) {
		if (!isErasure(row)) return [];
		const there = keptAt(row.org, refs);
		return row.byDistrict ? [...new Set([there, districtLedger(STANDING)])] : [there];
	},
	erases: (row) => (isErasure(row) ? { record: row.of, entries: row.entries } : null),
	indexes(row) {
		return isErasure(row) ? { state: row.state, on: row.of, sort: row.createdAt } : {};
	}
};

export function isErasure(row: Row | null | undefined): row is ErasureRow {
	return row?.family === 'erasure';
}

/** A community's secretary for its own records; the district for everybody's; the relay's clock for what is over. */
function mayErase(
	actor: Actor,
	{ body: { of, at, what, ground }, at: moment }: Said<z.infer<typeof Ordered>>,
	refs: Refs
): true | 'no-such-reference' | 'other-organisation' | 'not-allowed' | 'contradiction' {
	const isOfDistrict = actor.role === 'districtOfficer';
	const isClock = actor.role === 'clock' && ground === 'expired';
	if (!isOfDistrict && !isClock && actor.role !== 'communitySecretary') return 'not-allowed';
	if (!isOfDistrict && actor.org !== at) return 'other-organisation';
	const target = refs.get(of);
	if (target === undefined) return 'no-such-reference';
	if (target.org !== at || (what !== undefined && target.family !== what)) return 'contradiction';
	if (isClock) return endDue(target, refs, moment) === 'erased' ? true : 'contradiction';
	return LASTING.has(target.family) ? 'not-allowed' : true;
}

function keptAt(org: OrgId, refs: Refs): string {
	const home = refs.get(orgRecord(org));
	if (isOrganisation(home) && home.level === 'community') return deskLedger(org, STANDING);
	if (isOrganisation(home) && home.level === 'subdistrict') return officeLedger(org, STANDING);
	return districtLedger(STANDING);
}
