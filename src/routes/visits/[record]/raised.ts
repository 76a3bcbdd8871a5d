/** Before the first answer of which demands a visit brought. */
import type { RecordId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { Seen } from '#lib/rows/queries.ts';

export const noneSeen: ReadonlyMap<RecordId, Seen<DemandRow>> = new Map();
