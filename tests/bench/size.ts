/** Bytes of JavaScript a browser loads for the first screen, gzipped; workers counted apart. */
import { chromium } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { browserArgs, findBrowser } from '../support/browser.mjs';
import { spawnApp } from '../support/app-process.ts';

/** Strings that only these libraries hold, looked for in what the page itself loaded. */
const heavy = {
	yjs: 'Y.Doc',
	excel: 'xl/worksheets',
	charts: 'echarts'
};

export async function* benchSize(): AsyncIterable<object> {
	const app = await spawnApp();
	const browser = await chromium.launch({
		executablePath: findBrowser() ?? undefined,
		args: browserArgs
	});
	try {
		const page = await browser.newPage({ serviceWorkers: 'block' });
		const scripts: { url: string; body: Buffer }[] = [];
		const reading: Promise<void>[] = [];
		page.on('response', (response) => {
			if (response.request().resourceType() !== 'script') return;
			reading.push(
				response.body().then((body) => void scripts.push({ url: response.url(), body }))
			);
		});
		await page.goto(app.url, { waitUntil: 'networkidle' });
		await Promise.all(reading);
		const own = scripts.filter(({ url }) => !/worker/i.test(url));
		const whole = Buffer.concat(own.map(({ body }) => body)).toString();
		yield {
			figure: 'first-route-js',
			route: '/welcome',
			files: own.length,
			gzipKB: kilobytes(own.reduce((sum, { body }) => sum + gzipSync(body).length, 0)),
			rawKB: kilobytes(own.reduce((sum, { body }) => sum + body.length, 0)),
			aimGzipKB: 110,
			holds: Object.entries(heavy)
				.filter(([, mark]) => whole.includes(mark))
				.map(([name]) => name)
		};
	} finally {
		await browser.close();
		await app.end('SIGTERM');
	}
}

function kilobytes(bytes: number): number {
	return Math.round(bytes / 102.4) / 10;
}
