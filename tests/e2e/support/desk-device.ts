/** One more device of the demo secretary, without a browser: what another desk says while the test looks on. */
import { Enrolled, RealmAnswer } from '#domain/wire.ts';
import { signWith, type Draft } from '../../support/device.ts';
import { cookieOf, makePhone } from '../../support/joining.ts';
import { ask, post } from './ask.ts';

export interface DeskDevice {
	says(draft: Draft): Promise<void>;
	/** Face to face; answers the link. */
	invites(person: string): Promise<string>;
	/** Takes the right to speak from a lost device. */
	revokes(device: string): Promise<void>;
}

export async function deskDevice(url: string): Promise<DeskDevice> {
	const { realm } = RealmAnswer.parse(await ask(url, '/api/realm'));
	const { secret } = await post<{ secret: string }>(url, '/api/demo/become', { key: 'secretary' });
	const phone = makePhone();
	const answer = await phone.enrol(url, { secret }, { realm: realm ?? '' });
	const { device, duties } = Enrolled.parse(answer.json);
	const headers = { cookie: cookieOf(answer), 'content-type': 'application/json' };
	const knock = async (path: string, body: object) => {
		const answered = await fetch(url + path, {
			method: 'POST',
			headers,
			body: JSON.stringify(body)
		});
		const text = await answered.text();
		if (!answered.ok || text.includes('"refused"')) throw new Error(`desk-device: ${text}`);
		return text;
	};
	return {
		async says(draft) {
			const at = Date.now();
			const org = duties[0]?.org ?? '';
			const by = { device, realm: realm ?? '', at };
			const commits = [signWith(phone.privateKey, [{ org, ...draft }], by)];
			await knock('/api/entries', { now: at, commits });
		},
		async invites(person) {
			const { link }: { link: string } = JSON.parse(
				await knock('/api/invitations', { person, as: 'face' })
			);
			return link;
		},
		async revokes(lost) {
			await knock('/api/devices/revoke', { device: lost });
		}
	};
}
