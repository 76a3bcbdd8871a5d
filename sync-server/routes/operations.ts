/** The routes of 运行情况: how the relay is, a copy now, and the last copy to take along; for who runs the district. */
import { statfs } from 'node:fs/promises';
import type { PersonId } from '#domain/ids.ts';
import type { Operations } from '#domain/operations.ts';
import type { Role } from '#domain/people.ts';
import { DAY } from '#domain/spans.ts';
import { NoRoomError } from '../command.ts';
import type { Copies } from '../copies/copies.ts';
import { replacedIn } from '../copies/replaced.ts';
import { enter, type App, type AppContext, type Session, type Sessions } from '../http/app.ts';
import { answered, problem } from '../http/problem.ts';
import type { Rates } from '../http/rates.ts';
import type { Directory } from '../judging/directory.ts';
import type { Limits } from '../limits.ts';
import { codeOf, type Log } from '../log.ts';
import type { MediaStore } from '../media/store.ts';
import type { Faults } from '../operations/faults.ts';
import type { Sync } from '../sockets/sync.ts';
import type { Store } from '../store/store.ts';

const PATH = '/api/operations';

export interface OperationsRoutesParts {
	readonly dataDir: string;
	readonly store: Pick<Store, 'bytes'>;
	readonly directory: Directory;
	readonly sessions: Sessions;
	readonly limits: Limits;
	readonly rates: Rates;
	readonly log: Log;
	readonly sync: Pick<Sync, 'counts' | 'isOnline'>;
	readonly media: Pick<MediaStore, 'size'>;
	readonly copies: Copies;
	readonly faults: Faults;
	/** Devices in use, and those of them heard of since a moment. */
	readonly devicesSince: (
		moment: number
	) => Promise<{ readonly all: number; readonly since: number }>;
	readonly version: string;
	readonly now: () => number;
}

export function operationsRoutes(app: App, parts: OperationsRoutesParts): void {
	const { store, directory, sync, media, copies, faults, log, version, now } = parts;
	const startedAt = now();

	app.get(PATH, async (context) => {
		const session = await enterAs(context, ['admin', 'districtOfficer']);
		return context.json(await tell(session));
	});

	app.post(`${PATH}/backup`, async (context) => {
		const session = await enterAs(context, ['admin', 'districtOfficer']);
		// Long work: who asked may leave; the page tells how it ended.
		copies.make().catch((cause: unknown) => {
			log.error(codeOf(cause), 'a copy could not be made');
			faults.note(cause instanceof NoRoomError ? 'backup-no-room' : 'backup-failed');
		});
		await copies.seen();
		return context.json(await tell(session), 202);
	});

	// It holds every text and the relay's keys: the administrator's alone, and the log says when it went.
	app.get(`${PATH}/backup`, async (context) => {
		const session = await enterAs(context, ['admin']);
		const zip = await copies.zip();
		if (zip === null) return problem(context, 'not-found');
		log.info({ device: session.device }, 'the last copy was taken along');
		return context.body(zip.bytes, 200, {
			'content-type': 'application/zip',
			'content-disposition': `attachment; filename="lianxinqiao-${zip.name}.zip"`
		});
	});

	async function enterAs(context: AppContext, roles: readonly Role[]): Promise<Session> {
		const session = await enter(context, parts);
		if (!holds(session.person, roles)) throw answered(problem(context, 'not-yours'));
		return session;
	}

	function holds(person: PersonId, roles: readonly Role[]): boolean {
		return directory.dutiesOnWire(person, now()).some(({ role }) => roles.includes(role));
	}

	async function tell({ person, device }: Session): Promise<Operations> {
		const { bavail, blocks, bsize } = await statfs(parts.dataDir);
		const { all, since } = await parts.devicesSince(now() - DAY);
		// Whoever asks is there, though its socket may be on its way.
		const online = sync.counts.devices + (sync.isOnline(device) ? 0 : 1);
		return {
			backup: await tellBackup(person),
			disk: { freeBytes: bavail * bsize, freeShare: bavail / blocks },
			replaced: await replacedIn(parts.dataDir),
			store: { bytes: await store.bytes(), photoBytes: await media.size() },
			devices: { online, lastDay: since, all },
			fault: faults.last(),
			startedAt,
			version
		};
	}

	async function tellBackup(person: PersonId): Promise<Operations['backup']> {
		const running = await copies.isBeingMade();
		const last = await copies.last();
		return {
			running,
			last: last && { at: last.at, bytes: last.bytes, machine: last.on },
			download: last?.canZip === true && holds(person, ['admin'])
		};
	}
}
