/** A chosen table on its way to what its rows mean: read, refused with a sentence, or understood. */
import type { ImportCode, ImportProblem } from '#domain/import/problem.ts';
import type { Sheet } from '#domain/import/sheet.ts';
import { m } from '#lib/i18n/index.ts';
import { runInSteps } from './in-steps.ts';

export interface Understood {
	readonly problems: readonly ImportProblem[];
}

export type Reading<L extends Understood> =
	| { readonly is: 'none' }
	| { readonly is: 'reading' }
	| { readonly is: 'refused'; readonly words: string }
	| {
			readonly is: 'read';
			readonly list: L;
			readonly sheet: string;
			readonly sheets: readonly string[];
	  };

export class TableFile<L extends Understood> {
	state = $state.raw<Reading<L>>({ is: 'none' });
	/** The share of the file read, 0 to 1. */
	share = $state(0);
	name = $state('');
	#parse: (sheet: Sheet) => Generator<number, L>;
	#file: File | null = null;
	#stopping = new AbortController();

	constructor(parse: (sheet: Sheet) => Generator<number, L>) {
		this.#parse = parse;
	}

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
		const { readTable } = await import('./read-table.ts');
		const read = await readTable(file, file.name, {
			signal,
			onProgress,
			...(sheet === undefined ? {} : { sheet })
		});
		if (signal.aborted) return;
		if (!read.ok) return this.#refuse(read.reason, read.value);
		const list = await runInSteps(this.#parse(read.sheet), { signal });
		if (list === null) return;
		const [whole] = list.problems.filter(({ row }) => row === 0);
		if (whole !== undefined) return this.#refuse(whole.code, whole.value);
		this.state = { is: 'read', list, sheet: read.sheet.name, sheets: read.sheetNames };
	}

	/** Which table this is, to tell whether an import that was stopped goes on with it. */
	get source(): string {
		const { state } = this;
		return state.is === 'read' ? `${this.name}/${state.sheet}/${this.#file?.size ?? 0}` : '';
	}

	cancel(): void {
		this.#stopping.abort();
		if (this.state.is === 'reading') this.state = { is: 'none' };
	}

	forget(): void {
		this.cancel();
		this.#file = null;
		this.state = { is: 'none' };
		this.name = '';
	}

	#refuse(code: ImportCode, value: string): void {
		this.state = { is: 'refused', words: m.import[code](value) };
	}
}
