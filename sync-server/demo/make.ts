/** Makes the demo district in an empty store: signs the story and hands it to the same judge as everybody's (R9). */
import { randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import type { Signed } from '#domain/entry.ts';
import type { Deliver } from '../judging/deliver.ts';
import type { Keys } from '../keys.ts';
import { createSetUpDevice, isEmptyStore, type SetUpDevice } from '../people/set-up-device.ts';
import { createPeopleStore } from '../store/people.ts';
import type { Store, Stored } from '../store/store.ts';
import type { Told } from './demands.ts';
import { joinDemo } from './joined.ts';
import { district } from './names.ts';
import { planDemo, type DemoPlan, type DemoStage } from './plan.ts';
import { createChance } from './random.ts';

export interface DemoProgress {
	readonly stage: DemoStage | 'done';
	readonly done: number;
	readonly total: number;
}

export interface DemoParts {
	readonly store: Store;
	readonly keys: Pick<Keys, 'setUp'>;
	readonly deliver: Deliver;
	readonly now: () => number;
}

export interface DemoOptions {
	readonly seed?: string;
	/** The moment at which the story ends. */
	readonly until?: number;
	readonly realm?: string;
}

/** What is being told, so that a relay that was stopped tells the same story to its end. */
const Begun = z.strictObject({ seed: z.string(), until: z.int(), realm: z.string() });
type Begun = z.infer<typeof Begun>;

const DEFAULT_SEED = 'lanqiao';
/** Commits handed in together: between two groups the relay answers others. */
const GROUP = 80;

/** May a demo be made here: the store is empty, or one was begun and never finished? */
export async function mayMakeDemo(stored: Stored): Promise<boolean> {
	return (await isEmptyStore(stored)) || isDemoBegun(stored);
}

export async function isDemoBegun(stored: Stored): Promise<boolean> {
	return (await begun(stored)) !== null && !(await isDemoMade(stored));
}

export async function isDemoMade(stored: Stored): Promise<boolean> {
	return (await stored.meta('demoMade')) === '1';
}

/** Throws in a store that holds anything else. The same seed, moment and realm give the same ledgers. */
export async function makeDemo(
	parts: DemoParts,
	options: DemoOptions,
	onProgress: (progress: DemoProgress) => void
): Promise<void> {
	const { store, deliver, keys } = parts;
	const { seed, until, realm } = await begin(parts, options);
	const plan = planDemo(seed, until);
	const total = plan.stages.reduce((sum, { story }) => sum + entriesOf(story), 0);
	const device = createSetUpDevice(keys.setUp.privateKey, realm, createChance(`${seed}/signing`));
	let done = 0;
	const groups = plan.stages.flatMap(groupsOf);
	// While one group is judged, the next is signed on another thread.
	let signing = signGroup(device, groups[0]);
	for (const [i, group] of groups.entries()) {
		onProgress({ stage: group.stage, done, total });
		const commits = await signing;
		signing = signGroup(device, groups[i + 1]);
		await handIn(deliver, group, commits);
		done += entriesOf(group.story);
		await turn();
	}
	await store.transaction(async (tx) => {
		const people = createPeopleStore(tx);
		await joinDemo(people, plan, { chance: createChance(`${seed}/joining`), until });
		await tx.setMeta('demoPeople', JSON.stringify(plan.people));
		await tx.setMeta('demoMade', '1');
	});
	onProgress({ stage: 'done', done: total, total });
}

function begin({ store, now }: DemoParts, options: DemoOptions): Promise<Begun> {
	return store.transaction(async (tx) => {
		const before = await begun(tx);
		if (before !== null && !(await isDemoMade(tx))) return before;
		if (!(await isEmptyStore(tx))) throw new Error('demo: the store is not empty');
		const { seed = DEFAULT_SEED, until = now(), realm = randomBytes(8).toString('hex') } = options;
		const fresh: Begun = { seed, until, realm };
		await tx.setMeta('realm', realm);
		await tx.setMeta('realmName', district.name);
		await tx.setMeta('demo', '1');
		await tx.setMeta('demoBegun', JSON.stringify(fresh));
		return fresh;
	});
}

async function begun(stored: Stored): Promise<Begun | null> {
	const json = await stored.meta('demoBegun');
	return json === null ? null : Begun.parse(JSON.parse(json));
}

type Group = DemoPlan['stages'][number];

function groupsOf({ stage, story }: Group): Group[] {
	return Array.from({ length: Math.ceil(story.length / GROUP) }, (_, i) => ({
		stage,
		story: story.slice(i * GROUP, (i + 1) * GROUP)
	}));
}

function signGroup(device: SetUpDevice, group: Group | undefined): Promise<Signed[][]> {
	return Promise.all((group?.story ?? []).map(({ says, at }) => device.signsAside(says, at)));
}

async function handIn(
	deliver: Deliver,
	{ story }: Group,
	commits: readonly Signed[][]
): Promise<void> {
	const answers = await Promise.all(
		story.map(({ receivedAt }, i) => deliver.handInAt([commits[i] ?? []], receivedAt))
	);
	for (const [i, receipts] of answers.entries()) {
		const bad = receipts.find(({ verdict }) => verdict === 'refused' || verdict === 'later');
		if (bad === undefined) continue;
		const kinds = story[i]?.says.map(({ kind }) => kind).join(', ');
		throw new Error(`demo: ${kinds} was ${bad.verdict}: ${bad.reason ?? 'broken'}`);
	}
}

function entriesOf(story: readonly Told[]): number {
	return story.reduce((sum, { says }) => sum + says.length, 0);
}
