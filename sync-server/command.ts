/** What the files share that somebody starts from a shell. */
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What was asked cannot be understood. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

/**
 * Runs `main` if `file` (an `import.meta.url`) is what was started, not imported. Trouble is told in one
 * sentence. Exit code: 1 for trouble; 2 for a `UsageError`.
 */
export async function asCommand(file: string, main: () => unknown): Promise<void> {
	const [, started] = process.argv;
	// The folder of the program may be reached by a link.
	if (started === undefined || !existsSync(started)) return;
	if (realpathSync(started) !== realpathSync(fileURLToPath(file))) return;
	try {
		await main();
	} catch (cause) {
		console.error(cause instanceof Error ? cause.message : cause);
		process.exit(cause instanceof UsageError ? 2 : 1);
	}
}
