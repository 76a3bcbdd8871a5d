/** A browser that lost its databases, or set them back in time: it is noticed, said, and nothing is given twice. */
import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nextDraftNo } from '#lib/device/draft-number.ts';
import { makeActive, openInstallation, type Installation } from '#lib/device/installation.ts';
import { checkStorage } from '#lib/device/storage-check.ts';
import { openMarks, type Mark, type Marks } from '#lib/device/storage-mark.ts';
import { demand, people } from '../../support/tell.ts';
import { makePhone, type Phone } from './phone.ts';

let phone: Phone;
let installation: Installation;
let marks: Marks;
/** Forgets a cookie that is set to last no longer, as a browser does. */
const cookies = {
	kept: '',
	get cookie() {
		return this.kept;
	},
	set cookie(text: string) {
		this.kept = text.endsWith('max-age=0') ? '' : text;
	}
};

beforeEach(async () => {
	phone = await makePhone({ person: people.member });
	installation = openInstallation(`installation-${randomBytes(4).toString('hex')}`);
	const kept = new Map<string, string>();
	cookies.cookie = '';
	marks = openMarks({
		storage: {
			getItem: (key) => kept.get(key) ?? null,
			setItem: (key, value) => void kept.set(key, value),
			removeItem: (key) => void kept.delete(key)
		},
		cookies
	});
	await installation.persons.put({
		id: phone.prefix,
		person: people.member,
		device: phone.speaker.signer.device,
		realm: 'realm-of-tests',
		realmName: '兰桥区',
		demo: false,
		name: '王芳',
		duties: [],
		enrolledAt: 1
	});
	await makeActive(installation, phone.prefix);
	marks.put(mark({ said: 0 }));
});
afterEach(async () => {
	await phone.close();
	installation.close();
});

const mark = (over: Partial<Mark>): Mark => ({
	id: phone.prefix,
	device: phone.speaker.signer.device,
	name: '王芳',
	said: 0,
	numbered: 0,
	at: 1_000,
	...over
});
const here = () => installation.persons.toCollection().primaryKeys();
const said = async () => (await phone.device.state.get('said'))?.value;

test('what is as it was is no loss, and each commit counts on', async () => {
	await phone.says([demand('demand-1')]);
	const first = Number(await said());
	await phone.says([demand('demand-2')]);
	expect(await said()).toBe(first + 1);
	marks.put(mark({ said: first + 1 }));
	expect(await checkStorage(installation, marks)).toEqual([]);
	expect(await here()).toEqual([phone.prefix]);
});

test('a database that is gone is told by the name it was of, and its person is not here any more', async () => {
	await phone.close();
	await Dexie.delete(phone.prefix);
	const lost = { is: 'lost', id: phone.prefix, name: '王芳', at: 1_000 };
	expect(await checkStorage(installation, marks)).toEqual([lost]);
	expect(await here()).toEqual([]);
	// Looking made no empty database that would pass for the old one.
	expect(await Dexie.exists(phone.prefix)).toBe(false);
	expect(await checkStorage(installation, marks)).toEqual([lost]);
	marks.forget(phone.prefix);
	expect(await checkStorage(installation, marks)).toEqual([]);
});

test('a database without its key is lost, too', async () => {
	await phone.device.keys.clear();
	expect(await checkStorage(installation, marks)).toMatchObject([{ is: 'lost', name: '王芳' }]);
});

test('when only the list of who is here is gone, they are brought back', async () => {
	await installation.persons.clear();
	await installation.state.clear();
	const known = {
		person: people.member,
		name: '王芳',
		duties: [],
		realm: 'realm-of-tests',
		realmName: '兰桥区',
		demo: false
	};
	await phone.device.state.put({ key: 'me', value: known });
	expect(await checkStorage(installation, marks)).toEqual([]);
	const [back] = await installation.persons.toArray();
	expect(back).toMatchObject({
		id: phone.prefix,
		device: phone.speaker.signer.device,
		name: '王芳'
	});
	expect((await installation.state.get('active'))?.value).toBe(phone.prefix);
});

test('a database that went back in time is told, until that was seen', async () => {
	await phone.says([demand('demand-1')]);
	const before = Number(await said());
	marks.put(mark({ said: before + 3 }));
	const found = await checkStorage(installation, marks);
	expect(found).toEqual([{ is: 'set-back', id: phone.prefix, name: '王芳', at: 1_000 }]);
	expect(await here()).toEqual([phone.prefix]);
	marks.put(mark({ said: before }));
	expect(await checkStorage(installation, marks)).toEqual([]);
});

test('no draft number is given twice by a database that went back in time', async () => {
	const { count, no } = await nextDraftNo(phone.device, 0);
	expect(count).toBe(1);
	const after = await nextDraftNo(phone.device, 41);
	expect(after.count).toBe(42);
	expect(after.no).toBe(no.replace('0001', '0042'));
	expect((await nextDraftNo(phone.device, 41)).count).toBe(43);
});

test('where even the marks are gone, a cookie still says that somebody was here', async () => {
	await installation.persons.clear();
	expect(cookies.cookie).toMatch(/^lxq-here=1; path=\/; samesite=strict; max-age=\d{8}$/);
	const bare = openMarks({ storage: undefined, cookies: { cookie: 'a=b; lxq-here=1' } });
	expect(await checkStorage(installation, bare)).toEqual([{ is: 'lost', id: '' }]);
	const fresh = openMarks({ storage: undefined, cookies: { cookie: 'a=b' } });
	expect(await checkStorage(installation, fresh)).toEqual([]);
});

test('marks that cannot be read are no marks, and a storage that refuses stops nothing', () => {
	const garbled = openMarks({
		storage: { getItem: () => '{"no":', setItem: () => undefined, removeItem: () => undefined },
		cookies: undefined
	});
	expect(garbled.all()).toEqual([]);
	const refusing = openMarks({
		storage: {
			getItem: () => null,
			setItem() {
				throw new DOMException('full', 'QuotaExceededError');
			},
			removeItem: () => undefined
		},
		cookies: undefined
	});
	expect(() => refusing.put(mark({}))).not.toThrow();
});
