/** Keeps the mark of each person here in step with what they say, so that a loss is known by it. */
import { openDeviceDb, type DeviceDb } from './device-db.ts';
import { nextDraftNo } from './draft-number.ts';
import type { PersonHere } from './installation.ts';
import { lastSaid, type Loss } from './storage-check.ts';
import type { Marks } from './storage-mark.ts';

export interface Marking {
	/** Answers whether they are here anew. */
	entered(here: PersonHere): boolean;
	/** Never backwards: a database that was set back is known by it until that was seen. */
	said(here: PersonHere, device: DeviceDb): Promise<void>;
	draftNo(here: PersonHere, device: DeviceDb): Promise<string>;
	acceptLoss(loss: Loss): Promise<void>;
}

export function marking(marks: Marks, now: () => number): Marking {
	return {
		entered({ id, device, name }) {
			if (marks.of(id)?.device === device) return false;
			marks.put({ id, device, name, said: 0, numbered: 0, at: now() });
			return true;
		},
		async said({ id }, device) {
			const last = await lastSaid(device);
			const mark = marks.of(id);
			if (mark !== undefined) marks.put({ ...mark, said: Math.max(mark.said, last), at: now() });
		},
		async draftNo({ id }, device) {
			const { no, count } = await nextDraftNo(device, marks.of(id)?.numbered ?? 0);
			const mark = marks.of(id);
			if (mark !== undefined) marks.put({ ...mark, numbered: count });
			return no;
		},
		async acceptLoss(loss) {
			const mark = marks.of(loss.id);
			if (loss.is === 'lost' || mark === undefined) return marks.forget(loss.id);
			const device = openDeviceDb(loss.id);
			try {
				marks.put({ ...mark, said: await lastSaid(device) });
			} finally {
				device.close();
			}
		}
	};
}
