/** Drafts: saved within a second, survive a kill, are never written after they were said. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { draftSaver } from '#lib/drafts/draft-saver.ts';
import { draftStore, type DraftStore } from '#lib/drafts/draft-store.ts';
import { people } from '../../support/tell.ts';
import { makePhone, type Phone } from './phone.ts';

let phone: Phone;
let store: DraftStore;
beforeEach(async () => {
	phone = await makePhone({ person: people.member });
	store = draftStore(
		() => phone.device,
		() => 1000
	);
});
afterEach(async () => {
	vi.useRealTimers();
	await phone.close();
});

const identity = { key: 'visit:door-1', schemaVersion: 2, baseRev: 3 };
const saverOf = (written: unknown[], to: DraftStore = store) =>
	draftSaver(
		{ ...to, write: (draft) => (written.push(draft.value), to.write(draft)) },
		() => identity,
		() => undefined,
		() => undefined
	);

test('[O1] while someone types on and on, a draft is saved every second', async () => {
	vi.useFakeTimers();
	const written: unknown[] = [];
	const saver = saverOf(written, { ...store, write: async () => 0 });
	for (let tenth = 0; tenth < 30; tenth++) {
		saver.touch(`typed ${tenth}`);
		await vi.advanceTimersByTimeAsync(100);
	}
	await saver.flush();
	expect(written.length).toBeGreaterThanOrEqual(3);
	expect(written.at(-1)).toBe('typed 29');
});

test('[O1] a draft survives: its value, its schema and the state it was begun on', async () => {
	const saver = saverOf([]);
	saver.touch({ step: 3, title: '楼道灯' });
	await saver.flush();
	const again = await makePhone({ person: people.member, like: phone });
	expect(await again.device.drafts.get(identity.key)).toEqual({
		...identity,
		form: 'visit',
		value: { step: 3, title: '楼道灯' },
		savedAt: 1000
	});
	await again.close();
});

test('[O1] a save that fails is kept and written by the next', async () => {
	const written: unknown[] = [];
	let isFull = true;
	const failures: string[] = [];
	const saver = draftSaver(
		{
			...store,
			async write({ value }) {
				if (isFull) throw new DOMException('no room', 'QuotaExceededError');
				written.push(value);
				return 5;
			}
		},
		() => identity,
		() => undefined,
		(error) => failures.push(error.name)
	);
	saver.touch('typed');
	await saver.flush();
	expect(failures).toEqual(['QuotaExceededError']);
	isFull = false;
	await saver.flush();
	expect(written).toEqual(['typed']);
});

test('[O1] a save that fails is tried again, though nobody types any more', async () => {
	vi.useFakeTimers();
	let tries = 0;
	const failing = async () => {
		tries += 1;
		if (tries < 3) throw new DOMException('closed', 'InvalidStateError');
		return 5;
	};
	const saved: number[] = [];
	const to = { ...store, write: failing };
	const saver = draftSaver(
		to,
		() => identity,
		(at) => saved.push(at),
		() => undefined
	);
	saver.touch('typed');
	await vi.advanceTimersByTimeAsync(10_000);
	expect([tries, saved]).toEqual([3, [5]]);
	saver.stop();
});

test('[O1] what was typed last is said, and nothing is written after', async () => {
	const saver = saverOf([]);
	const takeOff = store.open({
		key: identity.key,
		isDirty: () => true,
		flush: saver.flush,
		rewrite: saver.flush,
		stop: saver.stop
	});
	saver.touch('typed last');
	expect(store.dirtyForms()).toBe(1);
	await store.settle(identity.key);
	expect((await store.read(identity.key))?.value).toBe('typed last');
	await store.remove(identity.key);
	saver.touch('typed after');
	store.end(identity.key);
	await saver.flush();
	expect(await store.read(identity.key)).toBeUndefined();
	expect(store.dirtyForms()).toBe(0);
	takeOff();
});
