/** The tables of the relay, as steps that lead every older store forward; both databases go through the same ones. */

/** [A1] Asks who reads what a relay before the fifth step stored: who knocks at the door, and who is responsible. */
export const readersOfBefore = `
INSERT INTO due_readers SELECT id FROM record
	WHERE (family = 'visit' AND row LIKE '%"visitorIsField":false%')
	OR (family = 'demand' AND (row LIKE '%"raiserIsField":false%' OR row LIKE '%"assignee":%'))
	ON CONFLICT DO NOTHING;
`;

/** [A2] Asks who reads the doors and people that had left the register: the desk alone, since then. */
export const goneOfBefore = `
INSERT INTO due_readers SELECT id FROM record
	WHERE (family = 'household' AND (row LIKE '%"state":"voided"%' OR row LIKE '%"state":"movedOut"%'))
	OR (family = 'resident' AND row LIKE '%"state":"voided"%')
	ON CONFLICT DO NOTHING;
`;

/** [R5] Those of before there was a table of them, which a device's own row alone tells. */
export const revokedOfBefore = `
INSERT INTO revoked_device SELECT id, revoked_at FROM device WHERE revoked_at IS NOT NULL
	ON CONFLICT DO NOTHING;
`;

/** [R6] Those that rows of before there was a table of them hold. */
export const numbersOfBefore = `
INSERT INTO official_number SELECT family, org, json_extract(row, '$.no') FROM record
	WHERE family IN ('demand', 'visit') AND json_extract(row, '$.no') IS NOT NULL
	ON CONFLICT DO NOTHING;
`;

/** [R4] Bytes of all photos, counted with them: the key in `counter`, and its first count. */
export const MEDIA_BYTES_KEY = 'media-bytes';
export const mediaOfBefore = `
INSERT INTO counter SELECT '${MEDIA_BYTES_KEY}', coalesce(sum(bytes), 0) FROM media WHERE true
	ON CONFLICT DO NOTHING;
`;

/**
 * Step `i` leads from version `i` to `i + 1`; a released step is never changed again. Written for SQLite;
 * `schemaForPostgres` says the same to PostgreSQL.
 */
export const migrations: readonly string[] = [
	`
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counter (key TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- [E1] the text exactly as signed, once; text and sig are NULL where a refusal alone is remembered (E2)
CREATE TABLE entry (
	num INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	hash TEXT NOT NULL,
	text TEXT,
	sig TEXT,
	device TEXT NOT NULL,
	received_at INTEGER NOT NULL,
	receipt TEXT NOT NULL
) STRICT;
CREATE TABLE ledger (
	num INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	seq INTEGER NOT NULL,
	chain TEXT NOT NULL,
	clock INTEGER NOT NULL
) STRICT;
-- [L1] head-only where entry is NULL: facts
CREATE TABLE element (
	ledger INTEGER NOT NULL REFERENCES ledger (num),
	seq INTEGER NOT NULL,
	n INTEGER NOT NULL,
	record TEXT NOT NULL,
	entry INTEGER REFERENCES entry (num),
	head TEXT NOT NULL,
	PRIMARY KEY (ledger, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX element_of_record ON element (record, n);
CREATE TABLE record (
	id TEXT PRIMARY KEY,
	family TEXT NOT NULL,
	org TEXT NOT NULL,
	subject TEXT,
	n INTEGER NOT NULL,
	period TEXT NOT NULL,
	row TEXT NOT NULL,
	ledgers TEXT NOT NULL,
	fact TEXT,
	fact_n INTEGER NOT NULL
) STRICT;
CREATE INDEX record_of_family ON record (family, subject);
-- [A1] who leans on whom, as the record's newest row says
CREATE TABLE leaning (
	record TEXT NOT NULL,
	leans_on TEXT NOT NULL,
	PRIMARY KEY (leans_on, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX leaning_of_record ON leaning (record);
-- records whose readers are to be asked again
CREATE TABLE due_readers (record TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE device (
	id TEXT PRIMARY KEY,
	person TEXT NOT NULL,
	x TEXT NOT NULL,
	y TEXT NOT NULL,
	label TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	revoked_at INTEGER,
	last_seen INTEGER NOT NULL,
	waiting INTEGER,
	version TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX device_of_person ON device (person);
-- secret, whole code and the code's first half are kept as keyed hashes: the store alone opens nothing
CREATE TABLE invitation (
	id TEXT PRIMARY KEY,
	person TEXT NOT NULL,
	issued_by TEXT NOT NULL,
	secret_hash TEXT NOT NULL UNIQUE,
	code_hash TEXT NOT NULL,
	selector_hash TEXT NOT NULL,
	asks_phone INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	code_tries INTEGER NOT NULL DEFAULT 0,
	check_tries INTEGER NOT NULL DEFAULT 0,
	used_at INTEGER,
	used_by TEXT,
	revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_by_selector ON invitation (selector_hash);
CREATE INDEX invitation_of_person ON invitation (person);
CREATE TABLE session (
	token_hash TEXT PRIMARY KEY,
	device TEXT NOT NULL REFERENCES device (id),
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_of_device ON session (device);
-- [R8] photos, by hash; their bytes are files
CREATE TABLE media (
	sha256 TEXT PRIMARY KEY,
	type TEXT NOT NULL,
	bytes INTEGER NOT NULL,
	stored_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- who proved to hold it, by sending all of it
CREATE TABLE media_upload (
	sha256 TEXT NOT NULL,
	device TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (sha256, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX media_of_device ON media_upload (device, at);
CREATE TABLE media_name (
	sha256 TEXT NOT NULL,
	entry INTEGER NOT NULL,
	record TEXT NOT NULL,
	device TEXT NOT NULL,
	counts INTEGER NOT NULL,
	PRIMARY KEY (sha256, entry)
) STRICT, WITHOUT ROWID;
-- [R4] writers names the device that wrote as each Yjs client first
CREATE TABLE shared_draft (
	record TEXT PRIMARY KEY,
	writers TEXT NOT NULL,
	erased INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- pieces in base64, the later ones upon the earlier; merging puts one in the place of many
CREATE TABLE shared_piece (
	record TEXT NOT NULL,
	n INTEGER NOT NULL,
	piece TEXT NOT NULL,
	PRIMARY KEY (record, n)
) STRICT, WITHOUT ROWID;
`,
	// An appended row goes behind the last one: in the order of its key it moved whole heads aside each time.
	`
CREATE TABLE appended (
	ledger INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	n INTEGER NOT NULL,
	record TEXT NOT NULL,
	entry INTEGER,
	head TEXT NOT NULL,
	PRIMARY KEY (ledger, seq)
) STRICT;
INSERT INTO appended (ledger, seq, n, record, entry, head)
	SELECT ledger, seq, n, record, entry, head FROM element ORDER BY ledger, seq;
DROP TABLE element;
ALTER TABLE appended RENAME TO element;
-- nobody looks for a fact by its pseudonym
CREATE INDEX element_of_record ON element (record, n) WHERE entry IS NOT NULL;
`,
	// a challenge to sign in with opens one session, at whichever relay
	`
CREATE TABLE used_challenge (
	challenge TEXT PRIMARY KEY,
	until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
	`
-- [R2] in which transaction a draft was last written: what a relay asks to learn of the others
-- postgres: ALTER TABLE shared_draft ADD COLUMN moved BIGINT NOT NULL DEFAULT 0;
-- postgres: CREATE INDEX shared_draft_moved ON shared_draft (moved);
-- postgres: CREATE TRIGGER draft_moves BEFORE INSERT OR UPDATE ON shared_draft
-- postgres: 	FOR EACH ROW EXECUTE PROCEDURE lxq_move();
`,
	readersOfBefore,
	`
-- [R4] what a person brings in a day is counted of all their devices together
ALTER TABLE media_upload ADD COLUMN person TEXT NOT NULL DEFAULT '';
UPDATE media_upload SET person =
	coalesce((SELECT d.person FROM device d WHERE d.id = media_upload.device), '');
CREATE INDEX media_of_person ON media_upload (person, at);
DROP INDEX media_of_device;
`,
	`
-- [R4] what lies open for a person, whose a code is, and what ran out unused: found without what is over
CREATE INDEX invitation_open ON invitation (person, expires_at)
	WHERE used_at IS NULL AND revoked_at IS NULL;
DROP INDEX invitation_of_person;
CREATE INDEX invitation_by_code ON invitation (code_hash, created_at);
CREATE INDEX invitation_unused ON invitation (expires_at) WHERE used_at IS NULL;
`,
	// [R5] also those that a restored store does not know
	`
CREATE TABLE revoked_device (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
${revokedOfBefore}`,
	`
-- [R4] those of a device that end last, and those that are over
DROP INDEX session_of_device;
CREATE INDEX session_of_device ON session (device, expires_at);
CREATE INDEX session_until ON session (expires_at);
CREATE INDEX used_challenge_until ON used_challenge (until);
`,
	// [R6] whether one that comes back was given to somebody else meanwhile
	`
CREATE TABLE official_number (
	family TEXT NOT NULL,
	org TEXT NOT NULL,
	no TEXT NOT NULL,
	PRIMARY KEY (family, org, no)
) STRICT, WITHOUT ROWID;
${numbersOfBefore}`,
	mediaOfBefore,
	`
-- [R2] counted each second by every relay beside the one that took a device out of use
CREATE INDEX device_revoked ON device (revoked_at) WHERE revoked_at IS NOT NULL;
`,
	goneOfBefore
];

/**
 * The same step in PostgreSQL's words: wide integers, text ordered by its bytes, no tables of SQLite's own kinds,
 * its own way into JSON, and what is said to PostgreSQL alone.
 */
export function schemaForPostgres(step: string): string {
	return step
		.replaceAll(/^-- postgres: /gm, '')
		.replaceAll(/ STRICT(, WITHOUT ROWID)?;/g, ';')
		.replaceAll(/ REFERENCES \w+ \(\w+\)/g, '')
		.replaceAll(/json_extract\((\w+), '\$\.(\w+)'\)/g, "($1::json ->> '$2')")
		.replaceAll(/\bINTEGER\b/g, 'BIGINT')
		.replaceAll(/\bTEXT\b/g, 'TEXT COLLATE "C"');
}
