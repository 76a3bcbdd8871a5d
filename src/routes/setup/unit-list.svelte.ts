/** The list of organisations: a file read in steps, its good rows and its problems, in memory only. */
import { parseOrganisations, type OrganisationList } from '#domain/import/parse-organisations.ts';
import type { Sheet } from '#domain/import/sheet.ts';
import { m } from '#lib/i18n/index.ts';
import { readTable } from '#lib/office/read-table.ts';

export class UnitList {
	/** What was read last; null until a file was. */
	list = $state.raw<OrganisationList | null>(null);
	fileName = $state('');
	sheetName = $state('');
	sheetNames = $state.raw<readonly string[]>([]);
	/** Why the file could not be read, in words. */
	refusal = $state<string | null>(null);
	/** Share of the file that is read; null while none is. */
	progress = $state<number | null>(null);
	#file: File | null = null;
	#sheet: Sheet | null = null;
	#reading: AbortController | null = null;

	async read(file: File, district: string): Promise<void> {
		this.#file = file;
		this.fileName = file.name;
		await this.#readSheet(undefined, district);
	}

	async chooseSheet(name: string, district: string): Promise<void> {
		await this.#readSheet(name, district);
	}

	stop(): void {
		this.#reading?.abort();
	}

	/** The district's name stands in for a list that begins with its sub-districts. */
	nameDistrict(name: string): void {
		if (this.#sheet === null) return;
		this.list = parseOrganisations(this.#sheet, { district: { name: name.trim() } });
	}

	async #readSheet(sheet: string | undefined, district: string): Promise<void> {
		if (this.#file === null) return;
		this.stop();
		const reading = new AbortController();
		this.#reading = reading;
		this.#sheet = null;
		this.list = null;
		this.refusal = null;
		this.progress = 0;
		const read = await readTable(this.#file, this.#file.name, {
			signal: reading.signal,
			onProgress: (share) => {
				if (this.#reading === reading) this.progress = share;
			},
			...(sheet === undefined ? {} : { sheet })
		});
		// Another file was chosen meanwhile.
		if (this.#reading !== reading) return;
		this.progress = null;
		if (!read.ok) {
			this.refusal = m.import[read.reason](read.value);
			return;
		}
		this.#sheet = read.sheet;
		this.sheetName = read.sheet.name;
		this.sheetNames = read.sheetNames;
		this.nameDistrict(district);
	}
}
