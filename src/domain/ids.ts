/** The identifiers of the domain, branded so that one is never passed for another. */
import { z } from 'zod';

/** Of a person or a device; most are UUIDs. A database keeps no NUL, and half a surrogate as another sign. */
const printable = z
	.string()
	.min(1)
	.max(64)
	.regex(/^[^\p{Cc}\p{Cs}]*$/u);

export const PersonId = printable.brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;

/** An installation of one person (D1); the relay's own device is `relay`. */
export const DeviceId = printable.brand<'DeviceId'>();
export type DeviceId = z.infer<typeof DeviceId>;

/** What entries speak about. An organisation's record id is its code; all others are UUIDs. */
export const RecordId = z
	.string()
	.regex(/^[0-9A-Za-z-]{1,64}$/)
	.brand<'RecordId'>();
export type RecordId = z.infer<typeof RecordId>;

/** The code of an organisation: 12-digit 统计用区划代码 where there is one. */
export const OrgId = z
	.string()
	.regex(/^[0-9A-Za-z-]{1,40}$/)
	.brand<'OrgId'>();
export type OrgId = z.infer<typeof OrgId>;

/** [E2] UUIDv7, lower case. */
export const EntryId = z
	.string()
	.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
	.brand<'EntryId'>();
export type EntryId = z.infer<typeof EntryId>;

/** Epoch milliseconds. */
export type Instant = number;

/** The organisation's record id: an organisation is the record named by its code. */
export function orgRecord(org: OrgId): RecordId {
	// An OrgId is written with the signs of a RecordId, and is shorter.
	return org as string as RecordId;
}
