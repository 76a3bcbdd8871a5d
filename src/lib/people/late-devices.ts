/** Which devices have something that others do not see yet, as far as the relay knows. */
import type { ListedDevice } from '#lib/device/door.ts';
import { daysBetween } from '#lib/ui/format.ts';

/** A device that was not heard of for so many days is asked after. */
export const SILENT_DAYS = 3;

/** Work that lies on a device, or a device nobody hears of. */
export function isLate({ waiting, lastSeen }: ListedDevice, now: number): boolean {
	return (waiting ?? 0) > 0 || daysBetween(lastSeen, now) >= SILENT_DAYS;
}
