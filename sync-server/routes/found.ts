/** The routes of the first screen: what this realm is, and 建立本区. */
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { RealmAnswer } from '#domain/wire.ts';
import { isDemoBegun, isDemoMade } from '../demo/make.ts';
import {
	FoundAsk,
	foundDistrict,
	type FoundFailure,
	type FoundParts
} from '../founding/district.ts';
import { addressOf, slowDown, type App } from '../http/app.ts';
import { readAs } from '../http/bodies.ts';
import { problemOf } from '../http/problem.ts';
import type { Rates } from '../http/rates.ts';
import type { Limits } from '../limits.ts';
import { isEmptyStore } from '../people/set-up-device.ts';
import { originOf } from './enrol.ts';

export interface FoundRoutesParts extends FoundParts {
	readonly rates: Rates;
	readonly limits: Limits;
	readonly publicOrigin: string | null;
	readonly version: string;
}

export function foundRoutes(app: App, parts: FoundRoutesParts): void {
	const { store, rates, limits, publicOrigin, version } = parts;

	app.get('/api/realm', async (context) => {
		// While the demo is being made, the first screen still offers to make it: it joins in.
		const isBeingMade = await isDemoBegun(store);
		const answer: RealmAnswer = {
			realm: isBeingMade ? null : await store.meta('realm'),
			name: isBeingMade ? '' : ((await store.meta('realmName')) ?? ''),
			demo: await isDemoMade(store),
			epoch: store.epoch,
			version,
			foundable: isBeingMade || (await isEmptyStore(store))
		};
		return context.json(answer);
	});

	app.post('/api/found', async (context) => {
		const wait = await rates.opening(addressOf(context));
		if (wait > 0) return slowDown(context, wait);
		context.set('bodyBytes', limits.foundBodyBytes);
		const asked = await readAs(context, FoundAsk);
		if (!(await isEmptyStore(store))) return refuse('already-founded', '');
		const founded = await foundDistrict(parts, asked, originOf(context, publicOrigin));
		if (founded.ok) return context.json(founded.value);
		if (founded.code === 'secret-wrong') await rates.openingFailed(addressOf(context));
		return refuse(founded.code, founded.detail);

		function refuse(code: FoundFailure, detail: string): Response {
			const [status, title] = titles[code];
			return problemOf(context, status, code, title, detail === '' ? undefined : detail);
		}
	});
}

const titles = {
	'secret-wrong': [403, 'The secret is not the one the relay printed'],
	'already-founded': [409, 'A district stands here already'],
	'organisation-refused': [422, 'The organisations cannot stand like this'],
	'person-refused': [422, 'The first people cannot stand there']
} as const satisfies Record<FoundFailure, readonly [ContentfulStatusCode, string]>;
