/** What the relay tells of itself, asked again and again, and what became of the copy that was asked for here. */
import type { Operations } from '#domain/operations.ts';
import type { Door } from '#lib/device/door.ts';

export class Telling {
	/** The last that was told: a question that finds no answer takes nothing of it away. */
	told = $state.raw<Operations | null>(null);
	/** The last question found no answer. */
	isCutOff = $state(false);
	/** The copy asked for here: told once it is there. */
	copy = $state<'no' | 'running' | 'done' | 'failed'>('no');
	readonly #door: Pick<Door, 'operations' | 'backUp'>;
	#sent = 0;
	/** Answers to questions up to this one are old news. */
	#heard = 0;
	#isStarting = false;
	/** Of the last copy when another was asked for. */
	#before: number | null = null;

	constructor(door: Pick<Door, 'operations' | 'backUp'>) {
		this.#door = door;
	}

	async ask(): Promise<void> {
		this.#sent += 1;
		const nth = this.#sent;
		const answer = await this.#door.operations();
		if (nth <= this.#heard) return;
		this.#heard = nth;
		this.isCutOff = !answer.ok;
		if (!answer.ok) return;
		const { running, last } = answer.value.backup;
		if (this.copy === 'running' && !running)
			this.copy = (last?.at ?? null) === this.#before ? 'failed' : 'done';
		this.told = answer.value;
	}

	async backUp(): Promise<void> {
		if (this.#isStarting) return;
		this.#isStarting = true;
		const answer = await this.#door.backUp();
		this.#isStarting = false;
		// What was asked until now may have been answered before the copy began.
		this.#heard = this.#sent;
		this.isCutOff = !answer.ok;
		if (!answer.ok) return;
		const { backup } = answer.value;
		this.#before = backup.last?.at ?? null;
		this.copy = 'running';
		this.told = { ...answer.value, backup: { ...backup, running: true } };
	}
}
