/** Builds one relay from its parts: the store, the judge, the routes and the sockets, on one port. */
import { getRequestListener } from '@hono/node-server';
import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultCode } from '#domain/operations.ts';
import type { Config } from './config.ts';
import { createCopies, type Copies } from './copies/copies.ts';
import { clearReplaced } from './copies/replaced.ts';
import { createDraftStore } from './drafts/store.ts';
import { createSharedDrafts, type SharedDrafts } from './drafts/shared-drafts.ts';
import { createApp, serveFiles, type App, type Session, type Sessions } from './http/app.ts';
import { createConnections } from './http/connections.ts';
import { createRates, type Rates } from './http/rates.ts';
import { securityHeaders } from './http/security.ts';
import { openStaticFiles } from './http/static-files.ts';
import { createClock, type Clock } from './judging/clock.ts';
import { createDeliver, WentBack, type Deliver } from './judging/deliver.ts';
import { openDirectory, type Directory } from './judging/directory.ts';
import type { Devices } from './judging/verify.ts';
import { openKeys, type Keys } from './keys.ts';
import { erasesAnything } from './ledgers/write-elements.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { codeOf, createLog, type Log } from './log.ts';
import { mediaFolderOf } from './media/files.ts';
import { mayNamePhotos } from './media/names.ts';
import { createMediaStore, type MediaStore } from './media/store.ts';
import { createMediaSweeper } from './media/sweeper.ts';
import { openFaults, type Faults } from './operations/faults.ts';
import { createOutages, outageOf } from './operations/outages.ts';
import { dropEnded } from './people/ended.ts';
import { openRevoked } from './people/revoked.ts';
import { certificateRoutes } from './routes/certificate.ts';
import { entriesRoutes } from './routes/entries.ts';
import { freeShareOf, healthRoutes } from './routes/health.ts';
import { ledgersRoutes } from './routes/ledgers.ts';
import { mediaRoutes } from './routes/media.ts';
import { offerRoutes } from './routes/offer.ts';
import { scopeRoutes } from './routes/scope.ts';
import { createElsewhere } from './sockets/elsewhere.ts';
import { createSync, type Sync } from './sockets/sync.ts';
import { holdFolder, type HeldFolder } from './store/data-folder.ts';
import { openMark, type MarkKeeper } from './store/mark.ts';
import { openStoreOf } from './store/open.ts';
import type { Store, Stored } from './store/store.ts';

/** Where the build lies beside this folder. */
const BUILD = join(import.meta.dirname, '..', 'build');

/** [R4] How often silent connections are looked for: thousands that came together are not closed in one turn. */
const EXPIRY_MS = 100;

/** Devices and sessions: who may knock. */
export interface People {
	readonly devices: Devices;
	readonly sessions: Sessions;
	/** What a device said of itself when it asked for its scope. */
	asked(session: Session, told: { waiting?: number; version?: string }): Promise<void>;
	/** Adds the routes of enrolment, sessions, founding and the demo district. */
	addRoutes(app: App, parts: RouteParts): void;
}

/** [R4] What everybody is held to. */
export interface Bounds {
	readonly limits: Limits;
	readonly rates: Rates;
}

/** What a route may use. */
export interface RouteParts {
	readonly config: Config;
	readonly store: Store;
	readonly keys: Keys;
	readonly directory: Directory;
	readonly deliver: Deliver;
	readonly sync: Sync;
	/** Keeps beside the store that devices were taken out of use. */
	readonly keepRevoked: (devices: readonly string[]) => void;
	readonly sessions: Sessions;
	readonly limits: Limits;
	readonly rates: Rates;
	readonly media: MediaStore;
	readonly copies: Copies;
	readonly faults: Faults;
	readonly log: Log;
	readonly now: () => number;
	/** The version of the built app; empty before the first build. */
	readonly version: string;
}

export interface RelayOptions {
	readonly config: Config;
	readonly people: (store: Store, now: () => number, keys: Keys, bounds: Bounds) => People;
	readonly limits?: Partial<Limits>;
	readonly now?: () => number;
	readonly build?: string;
	/** The free share of the disk that holds the store, 0 to 1; measured unless given. */
	readonly freeShare?: () => Promise<number>;
	/** [R6] The database lacks what was told from here: this relay takes nothing more, another may begin in its place. */
	readonly onWentBack?: () => void;
}

export interface Relay extends RouteParts {
	readonly drafts: SharedDrafts;
	readonly people: People;
	readonly dayClock: Clock;
	/** Resolves with the port it listens on. */
	listen(): Promise<number>;
	/** Says on /readyz that it is stopping, and goes on for as long as the settings say. */
	drain(): Promise<void>;
	/** Takes nothing new, flushes receipts, closes sockets with 1012, closes the store. */
	close(): Promise<void>;
}

/** Throws a sentence where another relay has the data folder. */
export async function createRelay(options: RelayOptions): Promise<Relay> {
	const folder = holdFolder(options.config.dataDir, 'relay');
	try {
		return await createOn(folder, options);
	} catch (cause) {
		folder.release();
		throw cause;
	}
}

async function createOn(folder: HeldFolder, options: RelayOptions): Promise<Relay> {
	const { config, now = Date.now, build = BUILD } = options;
	const { freeShare = () => freeShareOf(config.dataDir) } = options;
	const limits = { ...defaultLimits, ...config.limits, ...options.limits };
	const photos = mediaFolderOf(config);
	const log = createLog(config.logLevel);
	const keys = openKeys(config.dataDir);
	const store = await openStoreOf(config, keys);
	const faults = openFaults(config.dataDir, now);
	const outages = createOutages({ store, log, note: faults.note });
	const broken = (code: FaultCode, said: object, cause: unknown) => {
		if (outages.meets(cause)) return;
		log.error({ ...said, ...codeOf(cause) }, code);
		faults.note(code);
	};
	/** What is tried again, and is no fault of which anybody has to know. */
	const missed = (said: string, cause: unknown) => {
		if (!outages.meets(cause)) log.error(codeOf(cause), said);
	};
	const mark = await openMark(config.dataDir, store, now());
	tellRedrawn(mark, store, { log, faults });
	const revoked = await openRevoked(config.dataDir, store);
	const files = openStaticFiles(build);
	const directory = await openDirectory(store);
	const rates = createRates(limits);
	const people = options.people(store, now, keys, { limits, rates });
	const { devices, sessions } = people;
	let isOpen = true;
	let isDraining = false;
	let isBehind = false;

	async function isSure(stored: Stored): Promise<boolean> {
		if (isBehind || (await mark.isSure(stored))) return !isBehind;
		isBehind = true;
		broken('store-restored', {}, new WentBack());
		options.onWentBack?.();
		return false;
	}

	function marked(keep: () => void): void {
		try {
			keep();
		} catch (cause) {
			// What is stored is stored; what a restored store lacks might now go unnoticed.
			broken('mark-not-kept', {}, cause);
		}
	}

	const keepRevoked = (devices: readonly string[]) => marked(() => revoked.keep(devices, now()));
	const deliver = createDeliver({
		store,
		keys,
		directory,
		devices,
		now,
		limits,
		onBroken: (entry, cause) => broken('entry-not-judged', { entry }, cause),
		isSure,
		onStored: (appended, ordinal) => marked(() => mark.keep(appended, ordinal))
	});
	const { publicOrigin, trustedProxies = [] } = config;
	const connections = createConnections(limits, trustedProxies, rates);
	const elsewhere = store.call && createElsewhere(store.call);
	const drafts = createSharedDrafts({
		store: createDraftStore(store),
		epoch: store.epoch,
		limits,
		now,
		elsewhere,
		onBroken: (cause) => broken('draft-not-written', {}, cause)
	});
	const bounded = { config, sessions, limits, rates, log, now };
	const sync = createSync({
		...bounded,
		...{ store, directory, drafts, elsewhere, connections, publicOrigin, trustedProxies, missed }
	});
	deliver.onAppended(sync.appended);
	// [R2] what other relays on the same store did
	const ears = {
		isSure,
		onCall: (text: string) => elsewhere?.heard(text),
		onBroken: (cause: unknown) => broken('news-not-heard', {}, cause)
	};
	store.onNews(async (news) => {
		marked(() => mark.keepNews(news));
		keepRevoked(news.devices);
		for (const device of news.devices) sync.closeDevice(device);
		await directory.catchUp(store);
		sync.appendedElsewhere(news.ledgers);
		await drafts.writtenElsewhere(news.drafts);
	}, ears);

	const copies = createCopies({
		...config,
		store,
		backupDir: config.backupDir ?? `${resolve(config.dataDir)}-backups`,
		now
	});
	const dayClock = createClock({
		store,
		keys,
		deliver,
		now,
		onDay: [
			() => copies.clear(),
			() => clearReplaced(config.dataDir, now()),
			() => dropEnded(store, now())
		],
		onBroken: (cause) => broken('clock-failed', {}, cause)
	});

	const media = createMediaStore({
		store,
		folder: photos,
		devices,
		now,
		prefixesOf: (person) => directory.reading(person, now()).prefixes
	});
	// [R8] what a device could read is asked when it names a photo, not when the photo comes
	deliver.onAppended((appended) => {
		if (mayNamePhotos(appended))
			media.readNames().catch((cause: unknown) => missed('photos could not be named', cause));
		// [A4] what was erased may have been a photo's last name
		if (erasesAnything(appended)) sweeper.soon();
	});
	const sweeper = createMediaSweeper(media, (cause) => broken('photos-not-swept', {}, cause));

	const guards = { ...bounded, ...connections, broken, publicOrigin, trustedProxies };
	const app = createApp({
		...guards,
		isMalformed: store.isMalformed,
		outageOf: (cause) => outageOf(store, cause),
		isOpen: () => isOpen && !isBehind
	});
	const judged = { store, keys, directory, deliver, sync, media };
	const { version } = files;
	const routeParts: RouteParts = { ...judged, ...bounded, keepRevoked, copies, faults, version };
	const stopMeasuring = healthRoutes(app, {
		store,
		deliver,
		sync,
		rates,
		isOpen: () => isOpen && !isBehind && !isDraining,
		freeShare
	});
	entriesRoutes(app, routeParts);
	offerRoutes(app, { ...routeParts, onTaken: () => sweeper.knowAgain() });
	scopeRoutes(app, { ...routeParts, onAsked: (session, told) => people.asked(session, told) });
	ledgersRoutes(app, routeParts);
	mediaRoutes(app, { ...routeParts, disk: config.mediaDir ?? config.dataDir });
	certificateRoutes(app, { ...routeParts, devices });
	people.addRoutes(app, routeParts);
	serveFiles(app, { files, rates });

	const headersOf = securityHeaders(files.shell, publicOrigin);
	const answer = getRequestListener(app.fetch);
	const server = createServer(
		{
			maxHeaderSize: limits.headerBytes,
			headersTimeout: limits.headersMs,
			requestTimeout: limits.requestMs,
			connectionsCheckingInterval: EXPIRY_MS
		},
		(incoming, outgoing) => {
			if (!connections.takes(incoming, outgoing)) return;
			for (const [name, value] of Object.entries(headersOf(incoming)))
				outgoing.setHeader(name, value);
			// It stays open, which HTTP/1.1 need not be told.
			outgoing.removeHeader('connection');
			void answer(incoming, outgoing);
		}
	);
	// While nothing moves at all; a socket of a reader keeps its own time (`aliveMs`).
	server.timeout = limits.answerMs;
	connections.watch(server);
	server.on('upgrade', sync.upgrade);

	return {
		...routeParts,
		people,
		drafts,
		dayClock,
		async listen() {
			const port = await listen(server, config);
			dayClock.start();
			sweeper.start();
			return port;
		},
		async drain() {
			isDraining = true;
			await wait(config.drainMs ?? 0);
		},
		async close() {
			if (!isOpen) return;
			isOpen = false;
			dayClock.stop();
			const swept = sweeper.close();
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeIdleConnections();
			await deliver.settled();
			await sync.close();
			await drafts.close();
			await elsewhere?.close();
			await Promise.race([Promise.all([closed, swept]), wait(1_500)]);
			server.closeAllConnections();
			stopMeasuring();
			outages.close();
			await store.close();
			mark.close();
			faults.stopped();
			folder.release();
			log.info('stopped');
		}
	};
}

/** [R6] Whoever restored the store reads that it was noticed, and why. */
function tellRedrawn(
	{ redrawn }: MarkKeeper,
	{ epoch }: Store,
	{ log, faults }: { readonly log: Log; readonly faults: Faults }
): void {
	if (redrawn === null) return;
	faults.note('store-restored');
	log.warn(
		{ ...redrawn, epoch },
		'the store was restored or lost its tail: devices give back what they hold and fetch the rest anew'
	);
}

function listen(server: Server, { port, host }: Config): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			const address = server.address();
			resolve(typeof address === 'object' && address !== null ? address.port : port);
		});
	});
}
