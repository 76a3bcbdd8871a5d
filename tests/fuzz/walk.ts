/**
 * A seeded walk through a district: people of several roles say what they honestly might (`walk-work.ts`), on phones
 * that come and go and on links that break, while the relay is stopped and started.
 */
import { entriesIn } from '#domain/entry.ts';
import type { OrgId } from '#domain/ids.ts';
import type { Syncing } from '#lib/sync/run-sync.ts';
import type { Chance } from '#relay/demo/random.ts';
import type { Draft } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { COMMUNITY, OTHER_COMMUNITY, people } from '../support/tell.ts';
import { makePhone, until, type Phone } from '../unit/app/phone.ts';
import { followLedgers, onceMore, type Follower } from './follower.ts';
import { duties, walkWork, type Name } from './walk-work.ts';

export interface Handset {
	readonly who: Name;
	readonly phone: Phone;
	syncing: Syncing | null;
	/** It has no sockets. */
	readonly polls: boolean;
	/** Its requests get nowhere. */
	isCut: boolean;
}

export interface Walk {
	readonly district: District;
	readonly handsets: readonly Handset[];
	/** Documents that were there from the start and heard of every change as it came. */
	readonly followers: readonly Follower[];
	/** All names that were ever said. */
	readonly names: readonly string[];
	readonly orgs: readonly OrgId[];
	step(): Promise<void>;
	/** Every link is whole, every device has begun anew, and nothing waits to be stored. */
	rest(): Promise<void>;
	end(): Promise<void>;
}

/** For what must come in the end: a device may be resting between two tries, on a machine that is busy. */
export const PATIENCE_MS = 30_000;

export async function startWalk(chance: Chance): Promise<Walk> {
	const district = await startDistrict();
	const others = ['secondMember', 'worker', 'stranger', 'officer', 'officer', 'district'] as const;
	const handsets: Handset[] = [];
	for (const who of ['member', chance.is(0.5) ? 'secretary' : chance.pick<Name>(others)] as const) {
		const options = { relay: district.relay, person: people[who], ...duties[who] };
		const polls = chance.is(0.25);
		handsets.push({ who, phone: await makePhone(options), syncing: null, polls, isCut: false });
	}
	const followers = [
		followLedgers(district.devices.secretary),
		followLedgers(district.devices.member),
		followLedgers(district.devices.officer)
	];
	const work = walkWork(chance, says);

	/** On their phone where they have one, with or without a network; else straight to the relay. */
	async function says(who: Name, ...drafts: Draft[]): Promise<readonly string[]> {
		const handset = handsets.find((each) => each.who === who);
		if (handset) {
			const said = await handset.phone.says(drafts.map(asUtterance));
			return said.ok ? said.entries : [];
		}
		const device = district.devices[who];
		const commit = device.commit(...drafts.map((each) => ({ org: duties[who].org, ...each })));
		await onceMore(() => device.handIn(district.relay.url, [commit]));
		return entriesIn(commit).map(({ id }) => id);
	}

	function asUtterance({ kind, record: of, body, org }: Draft) {
		return { kind, record: of, body, ...(org === undefined ? {} : { org: org as OrgId }) };
	}

	async function turn(handset: Handset, isOn: boolean): Promise<void> {
		const { syncing, phone } = handset;
		if ((syncing !== null) === isOn) return;
		if (syncing) {
			handset.syncing = null;
			return syncing.stop();
		}
		handset.syncing = phone.syncs(district.relay, {
			noSockets: handset.polls,
			onAsked: () => {
				if (handset.isCut) throw new TypeError('the link is cut');
			}
		});
	}

	const trouble: Readonly<Record<string, () => Promise<void>>> = {
		async phone() {
			const handset = chance.pick(handsets);
			await turn(handset, handset.syncing === null);
		},
		async cut() {
			const handset = chance.pick(handsets);
			handset.isCut = !handset.isCut;
			district.relay.sync.closeDevice(handset.phone.speaker.signer.device);
		},
		async breathe() {
			await new Promise((resolve) => setTimeout(resolve, chance.int(1, 25)));
		},
		async follow() {
			await chance.pick(followers).catchUp(district.relay.url);
		},
		async restart() {
			for (const follower of followers) follower.hangUp();
			await district.restart({ port: district.relay.port });
		}
	};

	await work.doors();
	await turn(chance.pick(handsets), true);
	await work.begin();

	return {
		district,
		handsets,
		followers,
		names: work.names,
		orgs: [COMMUNITY, OTHER_COMMUNITY],
		async step() {
			const drawn = chance.next();
			// A restart costs the most time.
			if (drawn < 0.03) return trouble.restart?.();
			if (drawn < 0.35) {
				const kinds = ['phone', 'phone', 'cut', 'breathe', 'follow'];
				return trouble[chance.pick(kinds)]?.();
			}
			return work.step();
		},
		async rest() {
			for (const handset of handsets) {
				handset.isCut = false;
				await turn(handset, false);
			}
			for (const handset of handsets) await turn(handset, true);
			for (const { phone } of handsets)
				await until(
					() => phone.device.outbox.where('state').notEqual('received').count(),
					(waiting) => waiting === 0,
					PATIENCE_MS
				);
			await district.relay.deliver.settled();
			// Without sockets a phone looks again only after a while, or when it is opened anew.
			for (const handset of handsets.filter(({ polls }) => polls)) {
				await turn(handset, false);
				await turn(handset, true);
			}
		},
		async end() {
			for (const follower of followers) follower.hangUp();
			for (const { phone } of handsets) await phone.close();
			await district.end();
		}
	};
}
