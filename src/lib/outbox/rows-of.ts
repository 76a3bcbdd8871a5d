/** Rows as this device sees them now: what was said here over what was folded. */
import type { Row } from '#domain/family.ts';
import type { RecordId } from '#domain/ids.ts';
import type { Stores } from './overlay.ts';

export async function rowsOf(
	{ device, rows }: Stores,
	records: readonly RecordId[]
): Promise<Map<RecordId, Row>> {
	const [laid, base] = await Promise.all([
		device.overlay.bulkGet([...records]),
		rows.rows.bulkGet([...records])
	]);
	return new Map(
		records.flatMap((record, at) => {
			const row = laid[at]?.row ?? base[at]?.row;
			return row ? [[record, row]] : [];
		})
	);
}
