/** The app as screens see it: who is here, saying, asking rows, drafts, sync. Effects are built here. */
import { version } from '$app/environment';
import { getContext, setContext } from 'svelte';
import { v7 } from 'uuid';
import { z } from 'zod';
import type { Reason } from '#domain/element.ts';
import { EntryId, RecordId } from '#domain/ids.ts';
import { bundles, type Bundles } from './bundle/bundles.ts';
import { publishDeskKeys } from './bundle/desk-key.ts';
import { cell } from './device/cell.svelte.ts';
import { watchClosing } from './device/closing.ts';
import { deviceLabel } from './device/device-label.ts';
import { door, type Door } from './device/door.ts';
import {
	activePerson,
	makeActive,
	openInstallation,
	type PersonHere
} from './device/installation.ts';
import { marking } from './device/marking.ts';
import { writeChosenDuty, type ChosenDuty } from './device/me.ts';
import { actorOf, openSession, type Me, type PersonSession } from './device/person-session.ts';
import type { Fetch } from './device/relay.ts';
import { removePerson } from './device/remove-person.ts';
import { checkStorage, type Loss } from './device/storage-check.ts';
import { browserMarks, type Marks } from './device/storage-mark.ts';
import { keepStorage, storageState, type StorageState } from './device/storage.ts';
import { leftHere, type LeftHere } from './device/waiting-here.ts';
import { draftStore, type DraftsDb, type DraftStore, type OpenForm } from './drafts/draft-store.ts';
import { sharedDrafts, type SharedDrafts } from './drafts/shared-drafts.ts';
import type { MediaDesk } from './media/media-desk.ts';
import { settle } from './outbox/forget-left.ts';
import { settleForgotten } from './outbox/left-here.ts';
import { predict } from './outbox/predict.ts';
import {
	say,
	takeBack,
	type SayOptions,
	type SayResult,
	type TakeBackResult
} from './outbox/say.ts';
import { spokenFor } from './outbox/spoken-for.ts';
import type { Utterance } from './outbox/sign.ts';
import type { OutboxQueries } from './outbox/waiting.ts';
import { live, type Live } from './rows/live.svelte.ts';
import type { Query, RowQueries } from './rows/queries.ts';
import { watch } from './rows/watch.ts';
import type { TabRole } from './sync/leader.ts';
import { startSync, type SyncHandle, type SyncStart } from './sync/start-sync.ts';
import { syncView, unknownSync, type SyncView } from './sync/sync-view.ts';

export type { Me, SayOptions, SayResult, SyncView, TakeBackResult, Utterance };

export interface App {
	/** Who is here: nobody leads to the welcome page. */
	readonly state: 'opening' | 'nobody' | 'here';
	/** The active person; only while `state` is `here`. */
	readonly me: Me;
	/** Which tab this is: a `reader` cannot record (no Web Locks, another tab is open). */
	readonly role: TabRole;
	readonly sync: Live<SyncView>;
	readonly rows: RowQueries & OutboxQueries;
	readonly drafts: DraftStore;
	/** What is written together before it is said. */
	readonly shared: SharedDrafts;
	/** Photos, signatures and voice notes, apart from the records (R8). */
	readonly media: MediaDesk;
	readonly door: Door;
	readonly people: Query<readonly PersonHere[]>;
	readonly bundles: Bundles;
	/** What was found missing of this device when the app was started. */
	readonly losses: readonly Loss[];
	acceptLoss(loss: Loss): Promise<void>;
	/** The databases cannot be opened just now: nothing can be stored. */
	readonly isShut: boolean;
	now(): number;
	newId(): EntryId;
	newRecord(): RecordId;
	draftNo(): Promise<string>;
	say(utterances: readonly Utterance[], options?: SayOptions): Promise<SayResult>;
	takeBack(commit: EntryId): Promise<TakeBackResult>;
	predict(utterance: Utterance): Promise<true | Reason | 'unknown'>;
	/** Takes an item off 需要处理; what was said stays stored. */
	settle(entry: EntryId): Promise<void>;
	/** The same for the forms that went unfinished with their records. */
	settleForgotten(): Promise<void>;
	useDuty(duty: ChosenDuty): Promise<void>;
	switchTo(id: string): Promise<void>;
	/** What each person of this installation has not handed in, by the id of the person here. */
	leftHere(): Promise<ReadonlyMap<string, LeftHere>>;
	/** Takes somebody who is not active off this device; answers whether they are gone. */
	removeHere(id: string): Promise<boolean>;
	syncNow(): void;
	dirtyForms(): number;
	/** Writes what is typed; answers whether all of it is written. */
	flushForms(): Promise<boolean>;
	storage(): Promise<StorageState>;
	stop(): Promise<void>;
}

export interface AppDeps {
	readonly now: () => number;
	readonly newId: () => string;
	readonly fetch: Fetch;
	readonly version: string;
	readonly label: string;
	readonly startSync: (start: SyncStart) => SyncHandle;
	readonly installation: string;
	readonly marks: Marks;
}

// The content policy forbids code made at run time, which zod would try for speed.
z.config({ jitless: true });

const browserDeps: AppDeps = {
	now: Date.now,
	newId: v7,
	fetch: (path, init) => fetch(path, init),
	version,
	label: typeof navigator === 'undefined' ? '' : deviceLabel(navigator.userAgent),
	startSync,
	installation: 'lxq-installation',
	marks: browserMarks()
};

export function createApp(given: Partial<AppDeps> = {}): App {
	const deps = { ...browserDeps, ...given };
	const { now, marks } = deps;
	const mark = marking(marks, now);
	const installation = openInstallation(deps.installation);
	const state = cell<App['state']>('opening');
	const session = cell<PersonSession | null>(null);
	const me = cell<Me | null>(null);
	const role = cell<TabRole>('follower');
	const losses = cell<readonly Loss[]>([]);
	const isShut = cell(false);
	const closing = {
		onReopened: () => void lookAgain().catch(report),
		onShut: () => void (isShut.current = true)
	};
	const unwatchClosing = watchClosing([installation], closing);
	let hasAskedToKeep = false;
	let isStopped = false;

	/** One after the other: a key is said once. */
	let publishing: Promise<void> = Promise.resolve();

	const openForms = new Set<OpenForm>();
	// [D1] a form keeps the store it was opened with: what is typed last never lands with the next person
	const seen = live<{ readonly of: PersonSession | null; readonly view: SyncView }>(
		() => {
			const of = session.current;
			const query = of ? syncView(of.stores) : async () => unknownSync;
			return async () => ({ of, view: await query() });
		},
		{ of: null, view: unknownSync }
	);
	const draftsIn = (db: DraftsDb) => draftStore(() => db, now, openForms);
	let drafts = draftsIn(installation);

	let unwatch: () => void = () => undefined;
	// Whose databases are gone is nobody here: that is known before anybody is entered.
	checkStorage(installation, marks)
		.then((found) => (losses.current = found))
		.catch(report)
		.finally(() => {
			if (!isStopped) unwatch = watch(() => activePerson(installation), enter, report);
		});

	function enter(here: PersonHere | null): void {
		const before = session.current;
		if (here !== null && before?.here.device === here.device && before.here.id === here.id) return;
		// Nobody goes like this: the browser has cleared who was here. What is open stays on the screen.
		if (here === null && before !== null) return void lookAgain().catch(report);
		if (before !== null)
			drafts
				.flushForms()
				.then(() => before.close())
				.catch(report);
		me.current = null;
		session.current = null;
		if (here === null) {
			drafts = draftsIn(installation);
			state.current = 'nobody';
			return;
		}
		state.current = 'opening';
		const opened = openSession(here, {
			...deps,
			onMe(next) {
				if (session.current !== opened) return;
				me.current = next;
				state.current = 'here';
				markEntry(opened);
				publishing = publishing.then(() => publishKeys(opened)).catch(report);
			},
			onRole: (next) => (role.current = next),
			...closing,
			onError: report
		});
		drafts = draftsIn(opened.stores.device);
		session.current = opened;
	}

	/** After a database was closed under the app and opened again: says what is gone. */
	async function lookAgain(): Promise<void> {
		const opened = session.current;
		isShut.current = false;
		if (opened === null) return;
		const { id, name } = opened.here;
		const [found, key] = await Promise.all([checkStorage(installation, marks), opened.key()]);
		const isKnown = key !== null || found.some((loss) => loss.id === id);
		losses.current = isKnown
			? found
			: [...found.filter((loss) => loss.id !== ''), { is: 'lost', id, name, at: now() }];
		// What is on the screen is the only copy of it now.
		await drafts.rewriteForms();
	}

	function open(): PersonSession {
		if (session.current === null) throw new Error('app: nobody is here');
		return session.current;
	}

	function myself(): Me {
		if (me.current === null) throw new Error('app: nobody is here');
		return me.current;
	}

	function markEntry({ here }: PersonSession): void {
		if (mark.entered(here))
			losses.current = losses.current.filter(({ id }) => id !== here.id && id !== '');
	}

	async function acceptLoss(loss: Loss): Promise<void> {
		losses.current = losses.current.filter(({ id }) => id !== loss.id);
		await mark.acceptLoss(loss);
		if (loss.is === 'set-back') session.current?.sync.nudge();
	}

	/** [O5] A desk's device says by which key it is reached before anybody needs it. */
	async function publishKeys(opened: PersonSession): Promise<void> {
		if (session.current !== opened || role.current === 'reader') return;
		const { device } = opened.stores;
		const newRecord = () => RecordId.parse(deps.newId());
		await publishDeskKeys({ device, newRecord, say: sayNow }, myself().duties);
	}

	async function sayNow(
		utterances: readonly Utterance[],
		options: SayOptions = {}
	): Promise<SayResult> {
		if (role.current === 'reader') return { ok: false, reason: 'read-only' };
		const opened = open();
		const speaker = speaking();
		const own = drafts;
		const key = await opened.key();
		if (key === null) return { ok: false, reason: 'storage-lost' };
		const { device, privateKey, realm } = key;
		const newId = () => EntryId.parse(deps.newId());
		if (options.draft !== undefined) await own.settle(options.draft);
		const signer = { realm, device, privateKey, newId };
		const meant = await spokenFor(opened.stores, myself(), utterances);
		const said = await say({ ...speaker, signer }, meant, options);
		if (said.ok && options.draft !== undefined) own.end(options.draft);
		// What is stored is said, whatever becomes of its mark.
		if (said.ok) await mark.said(opened.here, opened.stores.device).catch(report);
		return said;
	}

	function speaking() {
		const person = myself();
		const org = person.duty?.org;
		if (org === undefined) throw new Error('app: a person without a duty speaks');
		return {
			...open().stores,
			now,
			org,
			actorIn: (about: typeof org) => actorOf(person, about),
			realm: person.realm
		};
	}

	return {
		get state() {
			return state.current;
		},
		get me() {
			return myself();
		},
		get role() {
			return role.current;
		},
		get rows() {
			return open().rows;
		},
		sync: {
			get current() {
				const { of, view } = seen.current;
				// What was last said of another person is nothing about this one.
				return of === session.current ? view : unknownSync;
			},
			get ready() {
				return seen.ready;
			},
			get error() {
				return seen.error;
			}
		},
		get media() {
			return open().media;
		},
		get drafts() {
			return drafts;
		},
		shared: sharedDrafts(() => ({ device: open().stores.device, prefix: open().here.id, now })),
		door: door(
			{ fetch: deps.fetch, installation, now, label: deps.label },
			() => session.current?.relay ?? null
		),
		people: () => installation.persons.toArray(),
		bundles: bundles(
			() => ({ stores: open().stores, person: myself().person, realm: myself().realm, now }),
			sayNow
		),
		now,
		newId: () => EntryId.parse(deps.newId()),
		newRecord: () => RecordId.parse(deps.newId()),
		draftNo: () => mark.draftNo(open().here, open().stores.device),
		get losses() {
			return losses.current;
		},
		acceptLoss,
		get isShut() {
			return isShut.current;
		},
		async say(utterances, options) {
			const said = await sayNow(utterances, options);
			if (said.ok && !hasAskedToKeep) {
				hasAskedToKeep = true;
				keepStorage().catch(report);
			}
			return said;
		},
		takeBack: (commit) => takeBack({ ...open().stores, now }, commit),
		async predict(utterance) {
			const [meant = utterance] = await spokenFor(open().stores, myself(), [utterance]);
			return predict(speaking(), meant);
		},
		async settle(entry) {
			await settle(open().stores, entry);
		},
		settleForgotten: () => settleForgotten(open().stores.device),
		useDuty: (duty) => writeChosenDuty(open().stores.device, duty),
		switchTo: (id) => makeActive(installation, id),
		leftHere: async () => leftHere(await installation.persons.toArray()),
		removeHere: (id) => removePerson({ installation, marks }, id),
		syncNow: () => session.current?.sync.nudge(),
		dirtyForms: () => drafts.dirtyForms(),
		flushForms: () => drafts.flushForms(),
		storage: storageState,
		async stop() {
			isStopped = true;
			unwatch();
			unwatchClosing();
			await session.current?.close();
			session.current = null;
			installation.close();
		}
	};
}

const CONTEXT = Symbol('app');

export function setApp(app: App): App {
	return setContext(CONTEXT, app);
}

/** Call while a component is being made. */
export function getApp(): App {
	return getContext<App>(CONTEXT);
}

function report(error: unknown): void {
	console.error('app:', error);
}
