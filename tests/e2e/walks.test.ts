/** Long walks with a picture at every step: through a district that screens alone build, and through the demo. */
import { test, type TestInfo } from '@playwright/test';
import { inventedDivisions } from '../support/divisions.ts';
import { demoFolder } from './support/demo-app.ts';
import { walkAll, walkDemo } from './support/walks/all.ts';
import { startDatedApp } from './support/walks/dated-app.ts';
import { placeIn } from './support/walks/place.ts';
import { startWalk, type Walk } from './support/walks/walk.ts';

test.use({ serviceWorkers: 'allow' });

test.setTimeout(300_000);

test('the first days of a district: its office, a secretary, a member', async ({
	browser
}, info) => {
	const app = await startDatedApp();
	const device = browser.newContext.bind(browser);
	try {
		await walkAll({ walk: walkOf(info), app, device }, placeIn(inventedDivisions()));
	} finally {
		await app.end();
	}
});

test('in the demo district the office, the secretary and a member walk the same days', async ({
	browser
}, info) => {
	const app = await startDatedApp({ from: await demoFolder() });
	const device = browser.newContext.bind(browser);
	try {
		await walkDemo({ walk: walkOf(info), app, device });
	} finally {
		await app.end();
	}
});

function walkOf(info: TestInfo): Walk {
	const folder = info.outputPath('steps');
	return startWalk({ folder, tell: (name, run) => test.step(name, run) });
}
