/** Three long walks through one district that is built by screens alone, a picture at every step. */
import { test } from '@playwright/test';
import { inventedDivisions } from '../support/divisions.ts';
import { walkAll } from './support/walks/all.ts';
import { startDatedApp } from './support/walks/dated-app.ts';
import { placeIn } from './support/walks/place.ts';
import { startWalk } from './support/walks/walk.ts';

test.setTimeout(180_000);

test('the first days of a district: its office, a secretary, a member', async ({
	browser
}, info) => {
	const walk = startWalk({
		folder: info.outputPath('steps'),
		tell: (name, run) => test.step(name, run)
	});
	const app = await startDatedApp();
	const place = placeIn(inventedDivisions());
	try {
		await walkAll({ walk, app, place, device: (kind) => browser.newContext(kind) });
	} finally {
		await app.end();
	}
});
