/** Waits that end early when something happened. */

export interface Alarm {
	/** Something happened that nobody has waited for yet. */
	isRung(): boolean;
	/** Something happened: ends a wait, or the next one at once. */
	ring(): void;
	/** A person wishes it: ends a sleep too. */
	wake(): void;
	/** Ends whatever is waited for. */
	end(): void;
	/** Until rung or woken, at most `ms`. */
	wait(ms: number): Promise<void>;
	/** Until woken, at most `ms`. */
	sleep(ms: number): Promise<void>;
	/** All of `ms`. */
	hold(ms: number): Promise<void>;
}

type Ending = 'ring' | 'wake' | 'end';

export function alarm(): Alarm {
	let hasRung = false;
	let finish: ((by: Ending) => void) | null = null;

	function rest(ms: number, endsBy: readonly Ending[]): Promise<void> {
		return new Promise((resolve) => {
			const done = () => {
				clearTimeout(timer);
				finish = null;
				hasRung = false;
				resolve();
			};
			const timer = setTimeout(done, ms);
			finish = (by) => {
				if (endsBy.includes(by)) done();
			};
			if (hasRung && endsBy.includes('ring')) done();
		});
	}

	function happen(by: Ending): void {
		hasRung = true;
		finish?.(by);
	}

	return {
		isRung: () => hasRung,
		ring: () => happen('ring'),
		wake: () => happen('wake'),
		end: () => happen('end'),
		wait: (ms) => rest(ms, ['ring', 'wake', 'end']),
		sleep: (ms) => rest(ms, ['wake', 'end']),
		hold: (ms) => rest(ms, ['end'])
	};
}
