/** One attempt after another to hand a form in: what is to be mended, what went wrong, what is under way. */
import type { FieldError } from './field.ts';

export class Submission {
	errors = $state.raw<readonly FieldError[]>([]);
	/** Raised by every attempt, so that the summary calls the eye back. */
	attempt = $state(0);
	busy = $state(false);
	/** Why it could not be stored, in words; the form stays as it is. */
	problem = $state<string | null>(null);

	errorOf(field: string): string | undefined {
		return this.errors.find((error) => error.field === field)?.message;
	}

	/** Acts only when there is nothing to mend; a second press while it acts does nothing. */
	async submit(errors: readonly FieldError[], act: () => Promise<string | null>): Promise<void> {
		if (this.busy) return;
		this.errors = errors;
		this.attempt += 1;
		this.problem = null;
		if (errors.length > 0) return;
		this.busy = true;
		try {
			this.problem = await act();
		} finally {
			this.busy = false;
		}
	}
}
