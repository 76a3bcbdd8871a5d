/** The roster being read: the file, then its rows, and what they would do beside those already here. */
import type { ImportCode } from '#domain/import/problem.ts';
import { parsingRoster, type RosterList } from '#domain/import/parse-roster.ts';
import { m } from '#lib/i18n/index.ts';
import { runInSteps } from '#lib/office/in-steps.ts';

export type Reading =
	| { readonly is: 'none' }
	| { readonly is: 'reading' }
	| { readonly is: 'refused'; readonly words: string }
	| {
			readonly is: 'read';
			readonly list: RosterList;
			readonly sheet: string;
			readonly sheets: readonly string[];
	  };

export class RosterFile {
	state = $state.raw<Reading>({ is: 'none' });
	/** The share of the file read, 0 to 1. */
	share = $state(0);
	name = $state('');
	#file: File | null = null;
	#stopping = new AbortController();

	async choose(file: File): Promise<void> {
		this.#file = file;
		this.name = file.name;
		await this.read();
	}

	/** Reads the chosen file, or another sheet of it. */
	async read(sheet?: string): Promise<void> {
		const file = this.#file;
		if (file === null) return;
		this.cancel();
		const { signal } = (this.#stopping = new AbortController());
		this.state = { is: 'reading' };
		this.share = 0;
		const onProgress = (share: number) => (this.share = share);
		// The reader of Excel files is only fetched by those who import.
		const { readTable } = await import('#lib/office/read-table.ts');
		const read = await readTable(file, file.name, {
			signal,
			onProgress,
			...(sheet === undefined ? {} : { sheet })
		});
		if (signal.aborted) return;
		if (!read.ok) return this.#refuse(read.reason, read.value);
		const list = await runInSteps(parsingRoster(read.sheet), { signal });
		if (list === null) return;
		const [whole] = list.problems.filter(({ row }) => row === 0);
		if (whole !== undefined) return this.#refuse(whole.code, whole.value);
		this.state = { is: 'read', list, sheet: read.sheet.name, sheets: read.sheetNames };
	}

	cancel(): void {
		this.#stopping.abort();
		if (this.state.is === 'reading') this.state = { is: 'none' };
	}

	#refuse(code: ImportCode, value: string): void {
		this.state = { is: 'refused', words: m.import[code](value) };
	}
}
