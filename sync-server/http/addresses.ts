/** [R4] Whose address a request or a connection counts for, and what of it is counted. */
import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6, type Socket } from 'node:net';

/** What stands before an IPv4 address that an IPv6 one carries: of a socket for both, and of a translator. */
const CARRIERS: readonly string[] = ['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0'];

/** [R4] The peer of the connection; a header that claims another is believed of a trusted proxy alone. */
export function askerOf({ socket, headers }: IncomingMessage, trusted: readonly string[]): string {
	const peer = peerOf(socket);
	const named = [headers['x-forwarded-for'] ?? []].flat().join().split(',').map(namedAddress);
	// A proxy adds whom it heard at the end; what stands before is the asker's own claim.
	const last = named.reverse().find((address) => !trusted.includes(address));
	return trusted.includes(peer) && last !== undefined && last !== '' ? last : peer;
}

/** The other end of a connection. */
export function peerOf({ remoteAddress }: Socket): string {
	return remoteAddress?.replace(/^::ffff:/, '') ?? '';
}

/** An IPv4 address whole; of an IPv6 one the /64 that a household or a machine has to itself, and may change in at will. */
export function countedAddress(address: string): string {
	const [bare = ''] = address.split('%');
	if (!isIPv6(bare)) return address;
	const groups = groupsOf(bare);
	if (CARRIERS.includes(groups.slice(0, 6).join(':'))) return carriedIn(groups.slice(6));
	return `${groups.slice(0, 4).join(':')}::/64`;
}

/** What a proxy names, without the port that some write behind it, and the brackets that stand around an IPv6 address then. */
export function namedAddress(text: string): string {
	const trimmed = text.trim();
	const [, inBrackets, beforePort] = /^(?:\[([^\]]*)\](?::\d+)?|([^:]*):\d+)$/.exec(trimmed) ?? [];
	const address = inBrackets ?? beforePort ?? '';
	return isIPv4(address) || isIPv6(address) ? address : trimmed;
}

/** All eight, however it is written. */
function groupsOf(address: string): readonly string[] {
	// As a host it is written in one way alone.
	const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
	const [before, after] = [partsOf(head), partsOf(tail)];
	const zeros = Array<string>(8 - before.length - after.length).fill('0');
	return [...before, ...zeros, ...after];
}

function partsOf(half: string): readonly string[] {
	return half === '' ? [] : half.split(':');
}

function carriedIn(groups: readonly string[]): string {
	const numbers = groups.map((group) => parseInt(group, 16));
	return numbers.flatMap((two) => [two >> 8, two & 0xff]).join('.');
}
