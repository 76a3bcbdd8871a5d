/** One row of one source is one record, for ever and on every device: importing it twice never doubles it. */
import { RecordId } from '#domain/ids.ts';

/** Where the rows come from; a number is unique within it. */
export interface Source {
	readonly realm: string;
	readonly community: string;
	readonly label: string;
}

/** UUIDv8 from SHA-256 of realm, community, source and number. */
export async function recordOfSource(source: Source, sourceNo: string): Promise<RecordId> {
	const text = JSON.stringify([source.realm, source.community, source.label, sourceNo]);
	const digest = new Uint8Array(
		await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
	);
	const hex = [...digest.slice(0, 16)]
		.map((byte, i) => versioned(byte, i).toString(16).padStart(2, '0'))
		.join('');
	return RecordId.parse(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
}

function versioned(byte: number, i: number): number {
	if (i === 6) return (byte & 0x0f) | 0x80;
	return i === 8 ? (byte & 0x3f) | 0x80 : byte;
}
