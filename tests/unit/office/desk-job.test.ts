/** Long work of the desk: one thing at a time, and whoever asks for another meanwhile is told. */
import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import type { App } from '#lib/app.ts';
import { deskJobOf } from '#lib/homes/desk-job.svelte.ts';
import { beginLinking } from '#lib/homes/linking.ts';
import { m } from '#lib/i18n/index.ts';
import type { Ended } from '#lib/office/in-commits.ts';
import { people } from '../../support/tell.ts';

function desk(all: App['rows']['all'] = () => async () => []) {
	const rows = { all, many: () => async () => new Map() };
	// What a job asks of the app.
	const app = { state: 'here', me: { person: people.secretary }, rows } as unknown as App;
	return { app, job: deskJobOf(app) };
}

const linking = {
	doors: [RecordId.parse('door')],
	member: null,
	from: '2026-11-24',
	today: '2026-11-24'
};
const done = { is: 'done', said: 0 } as const;

test('包联 is refused in words while something else is under way, and can be begun afterwards', async () => {
	const { app, job } = desk();
	let end: (how: Ended<never>) => void = () => undefined;
	const start = () => new Promise<Ended<never>>((resolve) => (end = resolve));
	const other = job.begin({ label: '导入', total: 1, start });
	expect(beginLinking(app, linking)).toBe(m.homes.job.busy);
	expect(job.state).toMatchObject({ is: 'running', label: '导入' });
	end(done);
	expect(await other).toEqual(done);
	expect(beginLinking(app, linking)).toBeNull();
	await expect.poll(() => job.state).toMatchObject({ is: 'ended', how: done });
});

test('work that breaks off while it is read is told as failed, and leaves the desk free', async () => {
	const broken = desk(() => async () => {
		throw new Dexie.DatabaseClosedError('closed');
	});
	expect(beginLinking(broken.app, linking)).toBeNull();
	const { job } = broken;
	await expect
		.poll(() => job.state)
		.toMatchObject({ is: 'ended', how: { is: 'failed', reason: 'storage-broken' } });
	expect(beginLinking(broken.app, linking)).toBeNull();
});
