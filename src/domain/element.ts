/** The two halves of a ledger's element: what the relay says of an entry, and the entry as signed (L1, L2). */
import { z } from 'zod';
import { DeviceId, EntryId, OrgId, PersonId, RecordId } from './ids.ts';
import { Role } from './people.ts';

/** Stable codes of verdicts that are not plain acceptance; the catalogue says them in words. */
export const Reason = z.enum([
	'malformed',
	'too-large',
	'bad-signature',
	'wrong-realm',
	'unknown-kind',
	'same-id-other-text',
	'commit-incomplete',
	'commit-refused',
	'no-duty',
	'duty-ended',
	'not-allowed',
	'no-such-record',
	'no-such-reference',
	'other-organisation',
	'already-exists',
	'illegal-transition',
	'nothing-changed',
	'contradiction',
	'record-full',
	'device-revoked',
	/** What a device reads for a reason that it does not know yet (E5). */
	'newer-reason'
]);
export type Reason = z.infer<typeof Reason>;

/** What the author can do about a refusal. */
export const Action = z.enum([
	'edit-and-resend',
	'ask-the-desk',
	'hand-to-the-desk',
	'update-the-app',
	'try-later'
]);
export type Action = z.infer<typeof Action>;

/** [J7] What the relay determined when it judged; a fold reads this, never settings. */
export const Given = z.strictObject({
	/** 编号, continuous per community, class and quarter. */
	no: z.string().max(40).optional(),
	/** [L3] The quarter of the record's first entry, or `standing`. */
	period: z.string().max(8).optional(),
	/** [E3] receivedAt − the device's now, ms; present when beyond 10 minutes (时钟异常). */
	offset: z.int().optional(),
	signDueAt: z.int().optional(),
	contactDueAt: z.int().optional(),
	resolveDueAt: z.int().optional(),
	/** False when a year touched has no holiday table (节假日表未更新). */
	covered: z.boolean().optional(),
	/** The ordinal of the settings record whose values were used: what they were can be looked up. */
	settings: z.int().optional()
});
export type Given = z.infer<typeof Given>;

export const ActorShape = z.strictObject({
	person: PersonId,
	role: Role,
	org: OrgId,
	via: z.literal('setUp').optional(),
	behalfOf: z.strictObject({ person: PersonId, role: Role }).optional(),
	late: z.literal(true).optional()
});

/** The head of an entry's element. `seq` and `chain` differ between ledgers, all else is the same. */
export const Head = z.strictObject({
	seq: z.int().min(1),
	/** [L2] The ordinal of the entry in its record. */
	n: z.int().min(1),
	id: EntryId,
	kind: z.string(),
	record: RecordId,
	device: DeviceId,
	receivedAt: z.int(),
	verdict: z.enum(['accepted', 'noted']),
	reason: Reason.optional(),
	actor: ActorShape,
	given: Given,
	/** SHA-256 of the text, base64url. */
	textHash: z.string(),
	chain: z.string(),
	tag: z.string()
});
export type Head = z.infer<typeof Head>;

/** [A3] What may leave a community about a record: codes, dates and counts; never a person. */
export const FactBody = z.discriminatedUnion('family', [
	z.strictObject({
		family: z.literal('visit'),
		state: z.enum(['done', 'reviewed', 'returned', 'voided']),
		date: z.string(),
		outcome: z.enum(['met', 'notHome', 'declined']),
		mode: z.string(),
		demands: z.int(),
		/** Absent in facts of an older relay. */
		startedAt: z.int().optional(),
		/** Pseudonym of the household, to count households reached. */
		household: z.string().optional()
	}),
	z.strictObject({
		family: z.literal('demand'),
		state: z.enum([
			'registered',
			'accepted',
			'escalatedSub',
			'declined',
			'merged',
			'handled',
			'withdrawn',
			'voided'
		]),
		date: z.string(),
		type: z.string(),
		category: z.string().optional(),
		urgency: z.string(),
		channel: z.string(),
		signDueAt: z.int().optional(),
		resolveDueAt: z.int().optional(),
		acceptedAt: z.int().optional(),
		handledAt: z.int().optional(),
		outcome: z.string().optional(),
		/** 办理层级: where it is or was answered, if not at the community. */
		level: z.literal('subdistrict').optional()
	}),
	z.strictObject({
		family: z.literal('household'),
		state: z.enum(['active', 'gone']),
		tier: z.string(),
		/** When something of weight changed in a door of the highest tier. */
		changedAt: z.int().optional(),
		/** Pseudonym of the door this one was merged into. */
		household: z.string().optional()
	})
]);
export type FactBody = z.infer<typeof FactBody>;

/** [A3] A head-only element of a facts ledger. `record` is a pseudonym drawn by the relay. */
export const FactHead = z.strictObject({
	seq: z.int().min(1),
	n: z.int().min(1),
	record: z.string(),
	kind: z.literal('fact'),
	org: OrgId,
	receivedAt: z.int(),
	fact: FactBody,
	chain: z.string(),
	tag: z.string()
});
export type FactHead = z.infer<typeof FactHead>;

/**
 * A head-only element: the texts at these seqs are gone. [A5] `left`: the record has left this ledger; devices
 * drop what they hold of it, and should it come back, its whole history is told anew. [A4] `erased`: what is
 * left of the record is folded anew.
 */
export const GoneHead = z.strictObject({
	seq: z.int().min(1),
	/** The ordinal the record had reached. */
	n: z.int().min(1),
	record: RecordId,
	kind: z.enum(['left', 'erased']),
	receivedAt: z.int(),
	texts: z.array(z.int().min(1)),
	chain: z.string(),
	tag: z.string()
});
export type GoneHead = z.infer<typeof GoneHead>;

/** `[seq, text, sig]`, the second item of an entry's element. */
export const TextItem = z.tuple([z.int().min(1), z.string(), z.string()]);
export type TextItem = z.infer<typeof TextItem>;
