// How the browser tests run: two workers, each with its Chromium; a test starts the relays that it needs.
import { defineConfig } from '@playwright/test';
import { browserArgs, findPageBrowser } from '../support/browser.mjs';

export default defineConfig({
	testDir: '.',
	testMatch: '**/*.test.ts',
	outputDir: '../../.out/e2e',
	// English is spoken by a whole process, so its test has one of its own.
	projects: [
		{ name: 'chinese', testIgnore: 'english.test.ts' },
		{ name: 'english', testMatch: 'english.test.ts' }
	],
	...(process.env.GATE === '1' ? { globalSetup: './demo-once.config.ts' } : {}),
	workers: 2,
	fullyParallel: true,
	forbidOnly: true,
	// A shared machine may stall for a while: there a test may fail once, and is then listed as flaky.
	retries: process.env.CI === 'true' ? 1 : 0,
	timeout: 120_000,
	expect: { timeout: 15_000 },
	reporter: [['list'], ['json', { outputFile: '../../.out/e2e.json' }]],
	use: {
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		screenshot: 'only-on-failure',
		// An installed app is a second to store on every device: the tests of it, and of being offline, allow it.
		serviceWorkers: 'block',
		// A trace slows every action: it is asked for when a failure is looked into.
		trace: process.env.LXQ_TRACE === '1' ? 'retain-on-failure' : 'off',
		launchOptions: { executablePath: findPageBrowser() ?? undefined, args: browserArgs }
	}
});
