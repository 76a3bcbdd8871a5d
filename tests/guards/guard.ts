/** What `npm run guards` switches off: one text of one file, another in its place, and the test that must notice it. */
export interface Guard {
	readonly name: string;
	readonly file: string;
	/** Stands exactly once in the file. */
	readonly find: string;
	readonly replaceWith: string;
	readonly testFile: string;
	readonly testName: string;
}
