/** [R4] Every bound of the relay in one table: what it is, why, and the variable that sets it otherwise. */

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

interface Bound {
	readonly is: number;
	readonly unit: 'bytes' | 'ms' | 'count';
	readonly why: string;
}

const bounds = {
	connections: count(24_000, 'connections in all; one more is answered 503 with Retry-After'),
	connectionsPerAddress: count(8_000, 'connections from one address that is no trusted proxy'),
	unansweredPerConnection: count(
		16,
		'requests on one connection that wait for their answers; one more closes it'
	),
	askedAheadPer10Minutes: count(
		3,
		'connections of one address closed for that; until fewer are remembered, its next are closed at once'
	),
	headerBytes: bytes(16 * KIB, "a request's head, all that is read before anybody is known"),
	headersMs: ms(10_000, 'a connection has sent a whole head by then, or is closed'),
	requestMs: ms(60_000, 'a request has come whole by then, or is closed'),
	openBodyBytes: bytes(16 * KIB, 'a request that needs no session'),
	foundBodyBytes: bytes(256 * KIB, 'the founding of a district, which brings lists along'),
	openReadingBytes: bytes(
		16 * MIB,
		'bodies of requests that need no session, held at once; then 503 with Retry-After'
	),
	openRequestsPerMinute: count(3_000, 'requests of one address, sockets included; then 429'),
	healthRequestsPerMinute: count(
		600,
		'`/healthz`, `/readyz` and `/metrics` asked by one address; then 429'
	),
	fileRequestsPerMinute: count(
		60_000,
		'files of the app asked by one address, some 300 for each device that is new; then 429'
	),
	failedOpeningsPer10Minutes: count(60, 'invitations one address may guess wrong; then 429'),
	bodyBytes: bytes(4 * MIB, 'a request of a device; a hand-in that is larger is split by it'),
	readingBytes: bytes(
		128 * MIB,
		'bodies of devices held at once, until they are answered; then 503 with Retry-After'
	),
	answersBytes: bytes(
		256 * MIB,
		'ledgers and photos answered and not read yet; then 503 with Retry-After'
	),
	answerMs: ms(
		600_000,
		'a ledger or photo is read by then, and something moves on any connection, or it is closed'
	),
	jsonDepth: count(32, 'lists and objects of a body inside one another; more is not even parsed'),
	jsonValues: count(20_000, 'values of a body, in lists and objects; more is not even parsed'),
	devicesPerPerson: count(
		6,
		'devices in use of one person, two more where others invite them, none counted in a demo; then one is taken out of use first'
	),
	joinsPerPersonPerDay: count(12, 'devices that join as one person in a day, counted likewise'),
	invitationsPerDay: count(
		4_000,
		'invitations one person may give in a day; none counted in a demo'
	),
	invitationsOfOnePerDay: count(20, 'of them those for one and the same person'),
	sessionsPerDevice: count(8, 'sessions of one device; one more ends the one that would end first'),
	signInsPerHour: count(60, 'times one device proves its key in an hour; then 429'),
	requestsPerMinute: count(
		1_200,
		'requests of one device, one whose body is no JSON within the bounds counted as twenty, each hundred ledgers asked about as one more; then 429'
	),
	requestsAtOnce: count(
		16,
		'requests of one device that are answered at the same time, each until its answer was read'
	),
	batchEntries: count(100, 'entries in one hand-in; a larger one is split by the device'),
	entriesPerMinute: count(
		6_000,
		'entries one device may hand in, one that is refused counted as ten; then 429'
	),
	entryBytesPerDay: bytes(
		128 * MIB,
		'entries one person may hand in in a day, kept where they are refused too; more is taken later'
	),
	entriesPerRecord: count(
		2_000,
		'entries of one record, twice that for those who answer for it; more is refused unless it ends the record'
	),
	bytesPerRecord: bytes(
		128 * KIB,
		'what the entries of one record leave standing, which each one writes anew; beyond it as above'
	),
	mediaPieceBytes: bytes(256 * KIB, 'a piece of a photo or recording'),
	mediaBytesPerDay: bytes(
		200 * MIB,
		'photos and recordings one person may bring in a day, one that is not whole yet counted as 2 MiB; then 429'
	),
	mediaBytes: bytes(50 * GIB, 'all photos and recordings together, counted likewise; then 507'),
	freeBytes: bytes(256 * MIB, 'what they leave free on the disk, for the records'),
	sockets: count(20_000, 'sockets in all; one more is answered 503 with Retry-After'),
	socketsPerDevice: count(6, 'sockets of one device; one more closes the oldest (4409)'),
	channelsPerSocket: count(1_000, 'ledgers open on one socket; one more is denied'),
	frameBytes: bytes(256 * KIB, 'a frame from a client; a larger one closes its socket (1009)'),
	framePieces: count(
		128,
		'pieces a frame may come in, also empty ones; more close its socket (1008)'
	),
	framesPer10s: count(2_000, 'frames of one socket; more close it (1008)'),
	bytesPer10s: bytes(8 * MIB, 'bytes of one socket, whatever they hold; more close it (1008)'),
	waitingBytes: bytes(
		1 * MIB,
		'bytes a slow reader leaves waiting; the rest is sent from the rows'
	),
	draftBytes: bytes(192 * KIB, 'a shared draft whole, which goes in one frame; more is refused'),
	draftsPerSocket: count(32, 'shared drafts open on one socket; one more is denied'),
	draftMessagesPer10s: count(400, 'messages of one socket on shared drafts; more close it (1008)'),
	draftBudgetMs: ms(
		2_000,
		'processor time for work on a shared draft; what takes more is thrown away with its thread'
	),
	draftPersonMsPerMinute: ms(
		10_000,
		'processor time on shared drafts for one person in a minute; the rest waits for the next'
	),
	draftHeapMib: count(128, 'MiB the thread of shared drafts may hold; more ends it the same way'),
	aliveMs: ms(20_000, 'between two pings; a socket silent to one is dropped')
} satisfies Record<string, Bound>;

export type BoundName = keyof typeof bounds;
export type Limits = Readonly<Record<BoundName, number>>;

// The keys of a closed record are its names.
const names = Object.keys(bounds) as BoundName[];

export const defaultLimits: Limits = limitsFrom((name) => bounds[name].is);

/** Reads `LIMIT_…` from the environment; throws one sentence that names every variable that is wrong. */
export function readLimits(environment: Readonly<Record<string, string | undefined>>): Limits {
	const variables = new Set(names.map(variableOf));
	const given = Object.entries(environment).filter(([key]) => key.startsWith('LIMIT_'));
	const wrong = given.filter(([key, value]) => !variables.has(key) || !isCount(value));
	if (wrong.length > 0)
		throw new Error(
			`relay: no bound of this relay, or no whole number above 0: ${wrong.map(([key]) => key).join(', ')}`
		);
	return limitsFrom((name) => Number(environment[variableOf(name)] ?? bounds[name].is));
}

/** The table of the README. */
export function limitRows(): readonly string[] {
	return names.map((name) => {
		const { is, unit, why } = bounds[name];
		return `| \`${variableOf(name)}\` | ${unit === 'bytes' ? inBytes(is) : is} | ${why} |`;
	});
}

/** `bodyBytes` → `LIMIT_BODY_BYTES`. */
export function variableOf(name: BoundName): string {
	return `LIMIT_${name.replace(/[A-Z]|(?<=[a-z])\d/g, '_$&').toUpperCase()}`;
}

function limitsFrom(valueOf: (name: BoundName) => number): Limits {
	// One value for each name, so that no name is missing.
	return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Limits;
}

function isCount(value: string | undefined): boolean {
	return /^[1-9]\d{0,14}$/.test(value ?? '');
}

function inBytes(value: number): string {
	if (value % GIB === 0) return `${value / GIB} GiB`;
	return value % MIB === 0 ? `${value / MIB} MiB` : `${value / KIB} KiB`;
}

function bytes(is: number, why: string): Bound {
	return { is, unit: 'bytes', why };
}

function ms(is: number, why: string): Bound {
	return { is, unit: 'ms', why };
}

function count(is: number, why: string): Bound {
	return { is, unit: 'count', why };
}
