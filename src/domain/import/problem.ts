/** Why a file or a row of it was not taken: stable codes; the catalogue says them in words. */

/** The file as a whole cannot be read as a table. */
export type FileRefusal =
	| 'empty'
	| 'too-big'
	| 'old-xls'
	| 'encrypted'
	| 'not-a-table'
	| 'damaged'
	| 'encoding'
	| 'broken-csv'
	| 'cancelled';

/** The table was read, but does not hold what is asked for; row 0 then. */
export type TableProblem = 'no-header' | 'missing-column' | 'no-district';

/** One row was left out. */
export type RowProblem =
	| 'deleted'
	| 'blank-code'
	| 'code-lost'
	| 'bad-code'
	| 'duplicate-code'
	| 'blank-name'
	| 'name-too-long'
	| 'unknown-level'
	| 'wrong-level'
	| 'too-deep'
	| 'blank-parent'
	| 'unknown-parent'
	| 'parent-skipped'
	| 'cycle'
	| 'several-districts'
	| 'blank-number'
	| 'duplicate-number'
	| 'blank-title'
	| 'blank-description'
	| 'blank-date'
	| 'bad-date'
	| 'date-out-of-range'
	| 'too-long'
	| 'bad-characters'
	| 'blank-person'
	| 'bad-phone'
	| 'phone-lost'
	| 'duplicate-person'
	| 'phone-of-another'
	| 'same-name'
	| 'unknown-role'
	| 'role-not-yours'
	| 'role-by-politics'
	| 'probationary-member'
	| 'unknown-place'
	| 'unknown-category'
	| 'unknown-answer'
	| 'line-across'
	| 'several-names'
	| 'blank-estate'
	| 'blank-door'
	| 'door-too-long'
	| 'duplicate-door';

/** The row was taken, but one of its cells says nothing that can be kept. */
export type CellNote =
	| 'birth-unread'
	| 'phone-unread'
	| 'id-unread'
	| 'word-unread'
	| 'member-unknown'
	| 'grid-differs'
	| 'home-moved-out'
	| 'several-heads';

export type ProblemCode = TableProblem | RowProblem;
export type ImportCode = FileRefusal | ProblemCode | CellNote;

/** `row` counts from 1 as Excel does, 0 is the table itself; `value` is what the sentence quotes. */
export interface ImportProblem {
	readonly row: number;
	readonly code: ProblemCode;
	readonly value: string;
}

/** Something of a taken row that was left empty. */
export interface ImportNote {
	readonly row: number;
	readonly code: CellNote;
	readonly value: string;
}
