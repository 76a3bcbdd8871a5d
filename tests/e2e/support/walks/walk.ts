/** A long walk through the product: every step has a name and ends on a screen, which is pictured. */
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { settled } from '../gates.ts';

/** What is not there by then does not come. */
const LONGEST_MS = 30_000;

export interface Walk {
	/** Does what the step is named for; a step that does not reach its screen fails by that name. */
	step(page: Page, name: string, action: () => Promise<void>): Promise<void>;
}

export interface WalkOptions {
	/** Where the pictures are put, in the order of the steps. */
	readonly folder: string;
	/** How a step is told to whoever runs the walk. */
	readonly tell?: (name: string, run: () => Promise<void>) => Promise<void>;
}

export function startWalk({ folder, tell = (_name, run) => run() }: WalkOptions): Walk {
	let count = 0;
	return {
		step(page, name, action) {
			count += 1;
			const number = String(count).padStart(2, '0');
			// A colon is no letter of a file's name everywhere.
			const picture = join(folder, `${number} ${name.replaceAll(':', '')}.png`);
			return tell(name, async () => {
				page.setDefaultTimeout(LONGEST_MS);
				try {
					await action();
					await settled(page);
					await page.screenshot({ path: picture, animations: 'disabled' });
				} catch (cause) {
					throw new Error(`walk: no screen for “${name}”`, { cause });
				}
			});
		}
	};
}
