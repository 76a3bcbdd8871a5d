/** Waits that end early when something happened. */

export interface Alarm {
	/** Something happened that nobody has waited for yet. */
	isRung(): boolean;
	/** Something happened: ends a wait, or the next one at once. */
	ring(): void;
	/** A person wishes it: ends a sleep too. */
	wake(): void;
	/** Until rung or woken, at most `ms`. */
	wait(ms: number): Promise<void>;
	/** Until woken, at most `ms`. */
	sleep(ms: number): Promise<void>;
}

export function alarm(): Alarm {
	let hasRung = false;
	let end: ((by: 'ring' | 'wake') => void) | null = null;

	function rest(ms: number, endsBy: readonly string[]): Promise<void> {
		return new Promise((resolve) => {
			const finish = () => {
				clearTimeout(timer);
				end = null;
				hasRung = false;
				resolve();
			};
			const timer = setTimeout(finish, ms);
			end = (by) => {
				if (endsBy.includes(by)) finish();
			};
			if (hasRung && endsBy.includes('ring')) finish();
		});
	}

	return {
		isRung: () => hasRung,
		ring() {
			hasRung = true;
			end?.('ring');
		},
		wake() {
			hasRung = true;
			end?.('wake');
		},
		wait: (ms) => rest(ms, ['ring', 'wake']),
		sleep: (ms) => rest(ms, ['wake'])
	};
}
