/** Who syncs: one tab at a time, also when a leader freezes, and without Web Locks. */
import { afterEach, expect, test } from 'vitest';
import { stand, type TabRole } from '#lib/sync/leader.ts';
import { until } from './phone.ts';

const BEAT = 120;
let stops: (() => Promise<void>)[] = [];
afterEach(async () => {
	await Promise.all(stops.map((stop) => stop()));
	stops = [];
});

interface Tab {
	readonly roles: TabRole[];
	isLeading: boolean;
	/** Beats no more, as a frozen tab. */
	freeze(): void;
	stop(): Promise<void>;
}

function openTab(name: string, locks: LockManager | undefined): Tab {
	const channels: BroadcastChannel[] = [];
	const roles: TabRole[] = [];
	const tab: Tab = {
		roles,
		isLeading: false,
		freeze() {
			for (const channel of channels) {
				channel.postMessage = () => undefined;
				channel.onmessage = null;
			}
		},
		stop: stand(
			{
				name,
				locks,
				beat: BEAT,
				openChannel(channelName) {
					const channel = new BroadcastChannel(channelName);
					channels.push(channel);
					return channel;
				},
				onRole: (role) => roles.push(role)
			},
			(signal) => {
				tab.isLeading = true;
				return new Promise((resolve) => {
					const end = () => {
						tab.isLeading = false;
						resolve();
					};
					signal.addEventListener('abort', end, { once: true });
				});
			}
		)
	};
	stops.push(tab.stop);
	return tab;
}

const leaders = (tabs: readonly Tab[]) => async () => tabs.filter((tab) => tab.isLeading).length;

test('[O3] of three tabs one leads; when it closes another does', async () => {
	const tabs = [1, 2, 3].map(() => openTab('three', navigator.locks));
	await until(leaders(tabs), (n) => n === 1);
	for (const left of [2, 1]) {
		await tabs.find((tab) => tab.isLeading)?.stop();
		const rest = tabs.filter((tab) => tab.roles.at(-1) !== undefined);
		await until(leaders(rest), (n) => n === 1);
		expect(tabs.filter((tab) => tab.isLeading)).toHaveLength(1);
		expect(left).toBeGreaterThan(0);
	}
});

test('[O3] a frozen leader loses its lock and, once awake, leads no more', async () => {
	const frozen = openTab('frozen', navigator.locks);
	await until(leaders([frozen]), (n) => n === 1);
	frozen.freeze();
	const fresh = openTab('frozen', navigator.locks);
	await until(leaders([fresh]), (n) => n === 1);
	await until(leaders([frozen]), (n) => n === 0);
	expect(fresh.isLeading).toBe(true);
});

test('[O3] without Web Locks the second tab only reads, until the first is gone', async () => {
	const first = openTab('no-locks', undefined);
	await until(leaders([first]), (n) => n === 1);
	const second = openTab('no-locks', undefined);
	await until(
		async () => second.roles.at(-1),
		(role) => role === 'reader'
	);
	expect(second.isLeading).toBe(false);
	await first.stop();
	await until(leaders([second]), (n) => n === 1);
});
