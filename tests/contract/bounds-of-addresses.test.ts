/** [R4] What an address may use: one that is written, or chosen, in another way counts as the same. */
import { IncomingMessage, Server } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createConnections } from '#relay/http/connections.ts';
import { askerOf, countedAddress, namedAddress } from '#relay/http/addresses.ts';
import { createRates } from '#relay/http/rates.ts';
import { defaultLimits } from '#relay/limits.ts';

test.each([
	['198.51.100.7', '198.51.100.7'],
	['::ffff:198.51.100.7', '198.51.100.7'],
	['::FFFF:c633:6407', '198.51.100.7'],
	['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
	['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
	['2001:db8::1', '2001:db8:0:0::/64'],
	['2001:db8:1:2::', '2001:db8:1:2::/64'],
	['fe80::1:2%eth0', 'fe80:0:0:0::/64'],
	['::1', '0:0:0:0::/64'],
	['64:ff9b::198.51.100.7', '198.51.100.7'],
	['no address', 'no address'],
	['', '']
])('[R4] %s counts as %s', (address, counted) => {
	expect(countedAddress(address)).toBe(counted);
});

test.each([
	['198.51.100.7:40112', '198.51.100.7'],
	[' 198.51.100.7 ', '198.51.100.7'],
	['[2001:db8::1]:40112', '2001:db8::1'],
	['[2001:db8::1]', '2001:db8::1'],
	['2001:db8::1', '2001:db8::1'],
	['::1', '::1'],
	['unknown:1', 'unknown:1'],
	['', '']
])('[R4] a proxy that writes “%s” names %s', (written, address) => {
	expect(namedAddress(written)).toBe(address);
});

test('[R4] a port that a proxy writes behind an address is no other address', () => {
	const asker = (written: string, peer = '10.0.0.1') => {
		const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: peer });
		const request = new IncomingMessage(socket);
		request.headers['x-forwarded-for'] = written;
		return askerOf(request, ['10.0.0.1', '10.0.0.2']);
	};
	expect(asker('198.51.100.7:40112')).toBe('198.51.100.7');
	expect(asker('198.51.100.7:40113, 10.0.0.2:443')).toBe('198.51.100.7');
	expect(asker('198.51.100.7:40113', '192.0.2.9')).toBe('192.0.2.9');
});

const neighbours = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::2', '2001:DB8:1:2:0:0:0:3'];
const other = '2001:db8:1:3::1';

test('[R4] who has many addresses of one network asks no more often than with one', async () => {
	const limits = { openRequestsPerMinute: 2, healthRequestsPerMinute: 2 };
	const rates = createRates({ ...defaultLimits, ...limits, failedOpeningsPer10Minutes: 2 });
	for (const asks of [rates.open, rates.health]) {
		const waits: boolean[] = [];
		for (const address of [...neighbours, other]) waits.push((await asks(address)) > 0);
		expect(waits).toEqual([false, false, true, false]);
	}
	for (const address of neighbours.slice(1)) await rates.openingFailed(address);
	const waits = [neighbours[0] ?? '', other].map(async (address) => rates.opening(address));
	expect((await Promise.all(waits)).map((wait) => wait > 0)).toEqual([true, false]);
});

function connect(server: Server, remoteAddress: string): Socket {
	const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress });
	server.emit('connection', socket);
	return socket;
}

test('[R4] who has many addresses of one network connects no more often; a proxy beside it does', () => {
	const proxy = '2001:db8:1:2::80';
	const limits = { ...defaultLimits, connectionsPerAddress: 2 };
	const connections = createConnections(limits, [proxy], createRates(limits));
	const server = new Server();
	connections.watch(server);
	const isTooMany = (address: string) => connections.isOneTooMany(connect(server, address));
	expect([proxy, proxy, proxy].map(isTooMany)).toEqual([false, false, false]);
	const [first, ...more] = neighbours.map((address) => connect(server, address));
	expect(more.map(connections.isOneTooMany)).toEqual([false, true]);
	expect(isTooMany(other)).toBe(false);
	for (const socket of [first, ...more]) socket?.destroy();
});
