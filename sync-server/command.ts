/** What the files share that somebody starts from a shell. */
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What was asked cannot be understood. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

/** No disk has room for what was asked. */
export class NoRoomError extends Error {
	override readonly name = 'NoRoomError';
}
export const NO_ROOM = 3;

/**
 * Runs `main` if `file` (an `import.meta.url`) is what was started, not imported. Trouble is told in one
 * sentence. Exit code: 1 for trouble; 2 for a `UsageError`; 3 for a `NoRoomError`.
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
		process.exit(exitCodeOf(cause));
	}
}

function exitCodeOf(cause: unknown): number {
	if (cause instanceof NoRoomError) return NO_ROOM;
	return cause instanceof UsageError ? 2 : 1;
}
