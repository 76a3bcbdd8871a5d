/** A member's whole day without a network, over ten kills of the browser, and its way home: as a browser test. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** Answers whether it came home whole; what it says goes where this says its own. */
export function walkWholeDay(): boolean {
	const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
	const asked = ['test', '--config', 'tests/e2e/playwright.config.ts', 'tests/e2e/day.test.ts'];
	const { status } = spawnSync(process.execPath, [cli, ...asked], {
		env: { ...process.env, LXQ_DAY: 'whole' },
		stdio: ['ignore', 'inherit', 'inherit']
	});
	return status === 0;
}
