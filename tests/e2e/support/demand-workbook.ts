/** A ledger of demands as a community keeps it in Excel: title rows, merged cells, dates of both kinds. */
import writeXlsx from 'write-excel-file/node';

export interface LedgerRow {
	readonly no: string;
	readonly requester: string;
	readonly title: string;
	/** A text, or a true date of Excel. */
	readonly at: string | Date;
	readonly text: string;
}

const columns = ['编号', '诉求人', '诉求标题', '登记时间', '诉求内容'];

export async function writeLedger(path: string, rows: readonly LedgerRow[]): Promise<void> {
	const wide = (value: string) => [
		{ value, columnSpan: columns.length },
		...columns.slice(1).map(() => null)
	];
	await writeXlsx(
		[
			wide('石榴社区群众诉求登记台账'),
			wide('填报单位：石榴社区　填报时间：2026年第四季度'),
			columns.map((value) => ({ value })),
			...rows.map(({ no, requester, title, at, text }) => [
				{ value: no },
				{ value: requester },
				{ value: title },
				typeof at === 'string' ? { value: at } : { value: at, type: Date, format: 'yyyy/m/d h:mm' },
				{ value: asSheetText(text) }
			])
		],
		{ sheet: '台账' }
	).toFile(path);
}

/** How a sheet writes a carriage return, which XML would swallow. */
function asSheetText(text: string): string {
	return text.replaceAll('\r', '_x000D_');
}
