/** Every guard that is proven by switching it off. */
import { guardsOfBounds } from './bounds.ts';
import { guardsOfCopies } from './copies.ts';
import { guardsOfDrafts } from './drafts.ts';
import type { Guard } from './guard.ts';
import { guardsOfLimits } from './limits.ts';
import { guardsOfPeople } from './people.ts';
import { guardsOfRecords } from './records.ts';

export const guards: readonly Guard[] = [
	...guardsOfBounds,
	...guardsOfCopies,
	...guardsOfDrafts,
	...guardsOfLimits,
	...guardsOfPeople,
	...guardsOfRecords
];
