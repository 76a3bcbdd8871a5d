/** The devices in care as lines: who has not synced first, each with what is to be known of it. */
import type { ListedDevice } from '#lib/device/door.ts';
import { m } from '#lib/i18n/index.ts';
import { deviceWords } from '#lib/people/device-words.ts';
import { isLate, SILENT_DAYS } from '#lib/people/late-devices.ts';
import { daysBetween, momentWords } from '#lib/ui/format.ts';
import type { Status } from '#lib/ui/status.ts';

export type View = 'late' | 'current' | 'revoked';

/** Longest silent first; revoked devices by when they were taken out of use. */
export function inView(
	devices: readonly ListedDevice[],
	view: View,
	now: number
): readonly ListedDevice[] {
	if (view === 'revoked')
		return devices
			.filter(({ revokedAt }) => revokedAt !== null)
			.sort((a, b) => (b.revokedAt ?? 0) - (a.revokedAt ?? 0));
	const inUse = devices.filter(({ revokedAt }) => revokedAt === null);
	if (view === 'late')
		return inUse
			.filter((device) => isLate(device, now))
			.sort((a, b) => a.lastSeen - b.lastSeen || (b.waiting ?? 0) - (a.waiting ?? 0));
	return [...inUse].sort((a, b) => a.name.localeCompare(b.name, 'zh') || b.lastSeen - a.lastSeen);
}

export function foundDevices(
	devices: readonly ListedDevice[],
	words: string
): readonly ListedDevice[] {
	const wanted = words.trim().toLowerCase();
	return devices.filter(({ name, orgName, label }) =>
		[name, orgName, deviceWords(label)].some((text) => text.toLowerCase().includes(wanted))
	);
}

export function deviceNotes(device: ListedDevice, now: number): readonly string[] {
	const words = m.people.devices;
	const { role, orgName, label, createdAt, lastSeen, revokedAt } = device;
	return [
		role === null ? words.noDuty : m.people.duty.at(m.roles[role], orgName),
		[deviceWords(label), words.joined(momentWords(createdAt, now))].join(m.setup.comma),
		revokedAt === null
			? words.seen(momentWords(lastSeen, now))
			: words.revokedAt(momentWords(revokedAt, now))
	];
}

export function deviceStatuses(
	device: ListedDevice,
	{ now, version }: { readonly now: number; readonly version: string }
): readonly Status[] {
	const words = m.people.devices;
	if (device.revokedAt !== null) return [];
	const statuses: Status[] = [waitingStatus(device)];
	const days = daysBetween(device.lastSeen, now);
	if (days >= SILENT_DAYS) statuses.push({ is: 'late', words: words.silent(days) });
	if (device.version !== null && version !== '' && device.version !== version)
		statuses.push({ is: 'dueSoon', words: words.oldVersion });
	return statuses;
}

function waitingStatus({ waiting }: ListedDevice): Status {
	const words = m.people.devices;
	if (waiting === null) return { is: 'notStarted', words: words.notTold };
	if (waiting > 0) return { is: 'onDevice', words: words.waiting(waiting) };
	return { is: 'sent', words: words.nothingWaits };
}
