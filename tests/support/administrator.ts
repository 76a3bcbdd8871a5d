/** Who looks at 运行情况, joined as in earnest. */
import { v7 } from 'uuid';
import { expect } from 'vitest';
import type { PersonId } from '#domain/ids.ts';
import { Operations } from '#domain/operations.ts';
import { RELAY_DEVICE } from '#relay/keys.ts';
import { signWith } from './device.ts';
import { joinsAs, knock, type PeopledRelay } from './joining.ts';
import { REALM } from './relay.ts';
import { DAY, DISTRICT, people } from './tell.ts';

/** Answers the cookie of a new device. */
export async function joins(relay: PeopledRelay, person: PersonId): Promise<string> {
	return (await joinsAs(relay, person)).cookie;
}

/** The district's person also gets the administrator's duty. */
export async function makesAdmin(relay: PeopledRelay): Promise<void> {
	const at = relay.now();
	const assigned = {
		kind: 'duty.assigned.v1',
		record: v7(),
		org: DISTRICT,
		body: {
			person: people.district,
			displayName: '某管理员',
			role: 'admin',
			at: DISTRICT,
			from: at - DAY
		}
	};
	const { privateKey } = relay.keys.setUp;
	const commit = signWith(privateKey, [assigned], { device: RELAY_DEVICE, realm: REALM, at });
	const [receipt] = await relay.deliver.handInAt([commit], at);
	expect(receipt?.verdict).toBe('accepted');
}

export async function looks(url: string, cookie: string): Promise<Operations> {
	const { json, status } = await knock(url, '/api/operations', undefined, { cookie });
	expect(status).toBe(200);
	return Operations.parse(json);
}
