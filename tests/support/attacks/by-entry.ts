/** Attacks at the doors: forged, garbled, replayed and oversized hand-ins of a device that is enrolled. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import type { Signed } from '#domain/entry.ts';
import { signText, signWith, type Draft } from '../device.ts';
import { sendRaw } from '../raw-socket.ts';
import { REALM } from '../relay.ts';
import { accepted, demand, OTHER_COMMUNITY, people } from '../tell.ts';
import type { Attack, Ground } from './attack.ts';

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

export const byEntry: readonly Attack[] = [
	// Somebody else's words
	entries('a text signed by a key that is not enrolled', 'bad-signature', ({ device }) =>
		signWith(stranger, [demand(v7())], by(device.id))
	),
	entries("a text in another device's name", 'bad-signature', ({ device, victim }) =>
		signWith(device.privateKey, [demand(v7())], by(victim.id))
	),
	entries("a text in the relay's own name", 'bad-signature', ({ device }) =>
		signWith(device.privateKey, [demand(v7())], by('relay'))
	),
	entries('a text of no device', 'bad-signature', ({ device }) =>
		signWith(device.privateKey, [demand(v7())], by('nobody'))
	),
	entries('words for somebody else', 'not-allowed', ({ device }) =>
		device.commit({ ...accepted(v7()), onBehalfOf: people.secretary })
	),
	entries('deeds of a desk by a member', 'not-allowed', ({ device, own }) =>
		device.commit(accepted(JSON.parse(own[0]?.text ?? '').record))
	),
	entries('what the clock alone says', 'malformed', ({ device }) =>
		device.commit({ ...demand(v7()), kind: 'left' })
	),
	entries('an erasure that is not its to order', 'not-allowed', ({ device, theirs }) => {
		const { record } = JSON.parse(theirs[0]?.text ?? '');
		const body = { of: record, at: '990101001000', entries: [1], ground: 'requested' };
		return device.commit({ kind: 'erasure.ordered.v1', record: v7(), body });
	}),

	// Replayed
	entries('an accepted commit once more', 'accepted', ({ own }) => own),
	entries('a commit of another, carried once more', 'accepted', ({ theirs }) => theirs),
	entries('a malleated signature of what was accepted', 'accepted', ({ own }) =>
		own.map(({ text, sig }) => ({ text, sig: malleated(sig) }))
	),
	entries('the text of another under an own signature', 'accepted', ({ device, theirs }) =>
		theirs.map(({ text }) => ({ text, sig: signText(device.privateKey, text) }))
	),
	entries('into another realm', 'wrong-realm', ({ device }) =>
		signWith(device.privateKey, [demand(v7())], { ...by(device.id), realm: 'realm-elsewhere' })
	),
	entries('an accepted text as another kind', 'same-id-other-text', ({ own }) =>
		changed(own, (text) => text.replace('demand.registered', 'visit.recorded'))
	),
	entries('an accepted text for another ledger', 'same-id-other-text', ({ own }) =>
		changed(own, (text) => text.replace('990101001000', OTHER_COMMUNITY))
	),
	entries('a fresh text as another kind', 'bad-signature', ({ device }) =>
		changed(device.commit(demand(v7())), (text) =>
			text.replace('demand.registered', 'visit.recorded')
		)
	),
	entries('a fresh text for another ledger', 'bad-signature', ({ device }) =>
		changed(device.commit(demand(v7())), (text) => text.replace('990101001000', OTHER_COMMUNITY))
	),
	entries('signed for a community that is not its own', 'no-duty', ({ device }) =>
		device.commit({ ...demand(v7()), org: OTHER_COMMUNITY })
	),
	entries('the same id with another text', 'same-id-other-text', ({ device, own }) =>
		device.commit({ ...demand(v7()), id: JSON.parse(own[0]?.text ?? '').id })
	),

	// Garbled signatures
	entries('a signature of zeros', 'bad-signature', ({ device }) =>
		device.commit(demand(v7())).map(({ text }) => ({ text, sig: 'A'.repeat(86) }))
	),
	entries('a signature too short', 'bad-signature', ({ device }) =>
		device.commit(demand(v7())).map(({ text, sig }) => ({ text, sig: sig.slice(2) }))
	),
	entries('a signature above the order', 'bad-signature', ({ device }) =>
		device.commit(demand(v7())).map(({ text }) => ({ text, sig: '_'.repeat(85) + 'w' }))
	),

	// Texts that are not what they seem
	text('two keys of one name', 'malformed', (good) => good.replace('{"v":1', '{"v":1,"v":1')),
	text('two keys of one name, deep inside', 'malformed', (good) =>
		good.replace('"body":{', '"body":{"title":"a",')
	),
	text('two keys of one name, one of them escaped', 'malformed', (good) =>
		good.replace('"rev":0', '"rev":0,"\\u0072ev":1')
	),
	text('__proto__ beside the keys', 'malformed', (good) =>
		good.replace('{"v":1', '{"__proto__":{"person":"p-secretary"},"v":1')
	),
	text('__proto__ in the body', 'malformed', (good) =>
		good.replace('"body":{', '"body":{"__proto__":{"urgency":"critical"},')
	),
	text('constructor in the body', 'malformed', (good) =>
		good.replace('"body":{', '"body":{"constructor":{"prototype":{"x":1}},')
	),
	text('arrays nested 10,000 deep', 'malformed', (good) =>
		good.replace('"body":{', `"body":{"x":${'['.repeat(10_000)}${']'.repeat(10_000)},`)
	),
	text('arrays nested 100,000 deep', 'too-large', () => '['.repeat(100_000)),
	text('a lone surrogate', 'malformed', (good) => good.replace('楼道灯', '\\ud800')),
	text('a number without end', 'malformed', (good) => good.replace('"rev":0', '"rev":1e400')),
	text('a moment no calendar has', 'malformed', (good) =>
		good.replace(/"at":\d+/, '"at":8640000000000001')
	),
	text('a moment before all time', 'malformed', (good) => good.replace(/"at":\d+/, '"at":-1')),
	text('a key nobody knows', 'malformed', (good) => good.replace('{"v":1', '{"v":1,"admin":true')),
	text('no JSON', 'malformed', () => 'null and void'),
	text('an id in capitals that another has', 'malformed', (good) =>
		good.replace(/"id":"[^"]+"/, (id) => `"id":${id.slice(5).toUpperCase()}`)
	),

	// Commits in pieces
	entries('half a commit', 'commit-incomplete', ({ device }) =>
		device.commit(demand(v7()), demand(v7())).slice(0, 1)
	),
	entries('a commit out of order', 'commit-incomplete commit-incomplete', ({ device }) =>
		device.commit(demand(v7()), demand(v7())).toReversed()
	),
	entries('one entry twice in a commit', 'commit-refused commit-incomplete', ({ device }) => {
		const [first] = device.commit(demand(v7()), demand(v7()));
		return first ? [first, first] : [];
	}),
	entries('a good entry beside a forged one', 'commit-refused bad-signature', ({ device }) =>
		device
			.commit(demand(v7()), demand(v7()))
			.map(({ text, sig }, i) => ({ text, sig: i === 1 ? signText(stranger, text) : sig }))
	),

	// Requests that are none
	door('a body nested a million deep', '400 malformed', () => '['.repeat(1_000_000)),
	door('a clock without end', '400 malformed', () => '{"now":1e308,"commits":[[]]}'),
	door('commits that are no list', '400 malformed', () => '{"now":1,"commits":{"length":1}}'),
	door('a hundred and one entries', '413 too-big', ({ device }) =>
		JSON.stringify({
			now: 1,
			commits: Array.from({ length: 101 }, () => device.commit(demand(v7())))
		})
	),
	door('a body larger than a hand-in', '413 too-big', () => ' '.repeat(4 * 1024 * 1024 + 1)),
	door('a body that would inflate', '400 malformed', () => gzipSync(Buffer.alloc(3 << 20)), {
		'content-encoding': 'gzip'
	}),
	door('from a foreign page', '403 wrong-origin', () => '{}', { origin: 'https://evil.example' }),
	door('from a page of no origin', '403 wrong-origin', () => '{}', { origin: 'null' }),
	door('without a session', '401 no-session', () => '{}', { cookie: 'lxq=' }),
	door('with a session of a shape of its own', '401 no-session', () => '{}', {
		cookie: `lxq=../../${'x'.repeat(4_000)}`
	}),
	raw(
		'two lengths at once',
		400,
		'content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'
	),
	raw('a head without end', 431, `x: ${'y'.repeat(20_000)}\r\n\r\n`),
	{
		name: 'a thousand requests before the first is answered',
		expected: 'unanswered',
		async run({ port }) {
			const { text } = await sendRaw(
				port,
				'GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n'.repeat(1_000)
			);
			return text.split('HTTP/1.1 200').length > 100 ? 'answered' : 'unanswered';
		}
	},
	path('a ledger that is a path', '404', '/api/ledgers/../../keys.json'),
	path('a ledger that is an escaped path', '403', '/api/ledgers/..%2f..%2fkeys.json'),
	path('a file above the app', '404', '/..%2f..%2fkeys.json'),
	path('a photo that is a path', '404', '/api/media/..%2f..%2fkeys.json'),
	path('a ledger beyond all numbers', '400', '/api/ledgers/directory?after=1e99')
];

function by(device: string): { device: string; realm: string; at: number } {
	return { device, realm: REALM, at: Date.now() };
}

function entries(
	name: string,
	expected: string,
	commitOf: (ground: Ground) => readonly Signed[]
): Attack {
	return {
		name,
		expected,
		async run(ground) {
			const receipts = await ground.device.handIn(ground.url, [commitOf(ground)]);
			return receipts.map(({ verdict, reason }) => reason ?? verdict).join(' ');
		}
	};
}

/** A text that is bent and then signed by its own device. */
function text(name: string, expected: string, bend: (good: string) => string): Attack {
	return entries(name, expected, ({ device }) => {
		const [good] = device.commit(demand(v7()) satisfies Draft);
		return [signed(device.privateKey, bend(good?.text ?? ''))];
	});
}

function signed(key: KeyObject, words: string): Signed {
	return { text: words, sig: signText(key, words) };
}

function changed(commit: readonly Signed[], change: (text: string) => string): Signed[] {
	return commit.map(({ text: words, sig }) => ({ text: change(words), sig }));
}

function door(
	name: string,
	expected: string,
	bodyOf: (ground: Ground) => string | Uint8Array<ArrayBuffer>,
	headers: Record<string, string> = {}
): Attack {
	return {
		name,
		expected,
		async run(ground) {
			const { cookie } = ground.device;
			const response = await fetch(`${ground.url}/api/entries`, {
				method: 'POST',
				headers: { cookie, ...headers },
				body: bodyOf(ground)
			});
			const { code }: { code: string } = JSON.parse(await response.text());
			return `${response.status} ${code}`;
		}
	};
}

function raw(name: string, expected: number, more: string): Attack {
	return {
		name,
		expected: String(expected),
		async run({ port, device: { cookie } }) {
			const head = `POST /api/entries HTTP/1.1\r\nhost: a\r\ncookie: ${cookie}\r\n`;
			return String((await sendRaw(port, head + more)).status);
		}
	};
}

/** A path as it stands: `fetch` would tidy it up. */
function path(name: string, expected: string, asked: string): Attack {
	return {
		name,
		expected,
		run: ({ port, device: { cookie } }) =>
			new Promise((resolve, reject) => {
				const options = { host: '127.0.0.1', port, path: asked, headers: { cookie } };
				request(options, (response) => resolve(String(response.resume().statusCode)))
					.once('error', reject)
					.end();
			})
	};
}

/** (r, n − s): another signature that verifies for the same text and key. */
function malleated(sig: string): string {
	const bytes = Buffer.from(sig, 'base64url');
	const s = BigInt(`0x${bytes.subarray(32).toString('hex')}`);
	const twin = (ORDER - s).toString(16).padStart(64, '0');
	return Buffer.concat([bytes.subarray(0, 32), Buffer.from(twin, 'hex')]).toString('base64url');
}
