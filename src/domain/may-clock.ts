/** [F4] What the relay's clock alone says, of a record of the organisation that it speaks for. */
import type { Reason } from './element.ts';
import type { Row } from './family.ts';
import type { Actor } from './people.ts';

export function mayClock(actor: Actor, row: Row | null): true | Reason {
	if (actor.role !== 'clock') return 'not-allowed';
	if (row === null) return 'no-such-record';
	return row.org === actor.org ? true : 'other-organisation';
}
