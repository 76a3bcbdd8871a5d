/** The relay's settings, read once from the environment. */
import { z } from 'zod';
import { readLimits, type Limits } from './limits.ts';

const Environment = z.object({
	PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
	HOST: z.string().min(1).default('0.0.0.0'),
	DATA_DIR: z.string().min(1).default('./data'),
	/** Where photos lie; beside the store where it is not said. Relays on one database share it. */
	MEDIA_DIR: z.string().min(1).optional(),
	/** A PostgreSQL database instead of a file in the data folder: then several relays can serve one district. */
	DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
	/** Where copies asked for on the screen go; beside the data where it is not said, best on another disk. */
	BACKUP_DIR: z.string().min(1).optional(),
	/** The origin phones see, where a proxy stands before the relay. */
	PUBLIC_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
	/** Addresses of proxies whose X-Forwarded-For is believed, separated by commas. */
	TRUSTED_PROXIES: z
		.string()
		.default('')
		.transform((list) => list.split(',').map((each) => each.trim()))
		.pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.literal('')]))),
	/** How long a relay that is told to stop says so on /readyz and goes on: until a load balancer has seen it. */
	DRAIN_MS: z.coerce.number().int().min(0).max(600_000).default(0),
	LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info')
});

export interface Config {
	readonly port: number;
	readonly host: string;
	readonly dataDir: string;
	readonly mediaDir?: string;
	readonly databaseUrl?: string;
	readonly backupDir?: string;
	readonly publicOrigin: string | null;
	readonly trustedProxies?: readonly string[];
	readonly drainMs?: number;
	/** Bounds that are not as the relay has them by itself. */
	readonly limits?: Partial<Limits>;
	readonly logLevel: z.infer<typeof Environment>['LOG_LEVEL'];
}

/** Throws one sentence that names every variable that is wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
	const parsed = Environment.safeParse(environment);
	if (!parsed.success) {
		const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
		throw new Error(`relay: the environment is wrong: ${wrong.join('; ')}`);
	}
	const { PORT, HOST, DATA_DIR, MEDIA_DIR, DATABASE_URL, BACKUP_DIR } = parsed.data;
	const { PUBLIC_ORIGIN, TRUSTED_PROXIES, DRAIN_MS, LOG_LEVEL } = parsed.data;
	return {
		port: PORT,
		host: HOST,
		dataDir: DATA_DIR,
		...(MEDIA_DIR === undefined ? {} : { mediaDir: MEDIA_DIR }),
		...(DATABASE_URL === undefined ? {} : { databaseUrl: DATABASE_URL }),
		...(BACKUP_DIR === undefined ? {} : { backupDir: BACKUP_DIR }),
		publicOrigin: PUBLIC_ORIGIN === undefined ? null : new URL(PUBLIC_ORIGIN).origin,
		trustedProxies: TRUSTED_PROXIES.filter((address) => address !== ''),
		drainMs: DRAIN_MS,
		limits: readLimits(environment),
		logLevel: LOG_LEVEL
	};
}
