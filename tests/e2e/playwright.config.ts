// How the browser tests run: one worker, one Chromium; each test starts the relays that it needs.
import { defineConfig } from '@playwright/test';
import { browserArgs, findBrowser } from '../support/browser.mjs';

export default defineConfig({
	testDir: '.',
	testMatch: '**/*.test.ts',
	outputDir: '../../.out/e2e',
	workers: 1,
	fullyParallel: false,
	forbidOnly: true,
	timeout: 120_000,
	expect: { timeout: 15_000 },
	reporter: [['list'], ['json', { outputFile: '../../.out/e2e.json' }]],
	use: {
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		screenshot: 'only-on-failure',
		trace: 'retain-on-failure',
		launchOptions: { executablePath: findBrowser() ?? undefined, args: browserArgs }
	}
});
