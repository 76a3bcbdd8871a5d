/** A device whose browser keeps its storage on disk: it can be killed at any moment and opened again. */
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserArgs, findBrowser } from '../../support/browser.mjs';
import type { AppProcess } from '../../support/app-process.ts';

export interface DeviceOptions {
	readonly viewport: { readonly width: number; readonly height: number };
	readonly phone?: boolean;
	/** How many times slower its processor is than this machine's. */
	readonly slowdown?: number;
	/** What its browser is told beside what every browser here is told. */
	readonly args?: readonly string[];
}

export interface Device {
	/** Of the browser that runs now; another after `open`. */
	readonly context: BrowserContext;
	readonly page: Page;
	/** Ends the browser process as a crash or an empty battery would. */
	kill(): Promise<void>;
	/** Ends the browser as its user does; what is done to its folder meanwhile. */
	close(meanwhile: (folder: string) => void): Promise<void>;
	/** Starts the browser again on the same storage. */
	open(state?: { readonly offline?: boolean }): Promise<Page>;
	/** Ends the browser and forgets its storage. */
	end(): Promise<void>;
}

export async function startDevice(options: DeviceOptions): Promise<Device> {
	const folder = mkdtempSync(join(tmpdir(), 'lxq-device-'));
	let context = await launch(false);
	let page = await firstPage();

	function launch(offline: boolean): Promise<BrowserContext> {
		return chromium.launchPersistentContext(folder, {
			executablePath: findBrowser() ?? undefined,
			args: [...browserArgs, ...(options.args ?? [])],
			locale: 'zh-CN',
			timezoneId: 'Asia/Shanghai',
			viewport: options.viewport,
			offline,
			...(options.phone ? { hasTouch: true, isMobile: true } : {})
		});
	}

	async function firstPage(): Promise<Page> {
		const first = context.pages()[0] ?? (await context.newPage());
		if (options.slowdown !== undefined) {
			const session = await context.newCDPSession(first);
			await session.send('Emulation.setCPUThrottlingRate', { rate: options.slowdown });
		}
		return first;
	}

	return {
		get context() {
			return context;
		},
		get page() {
			return page;
		},
		async kill() {
			const closed = new Promise((resolve) => context.once('close', resolve));
			process.kill(browserProcess(folder), 'SIGKILL');
			await closed;
		},
		async close(meanwhile) {
			await context.close();
			meanwhile(folder);
		},
		async open({ offline = false } = {}) {
			context = await launch(offline);
			page = await firstPage();
			return page;
		},
		async end() {
			await context.close();
			rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
		}
	};
}

/** No network at all: neither this device's, nor a relay at the other end of it. */
export async function goOffline(context: BrowserContext, app: AppProcess): Promise<void> {
	await context.setOffline(true);
	await app.stop();
}

export async function goOnline(context: BrowserContext, app: AppProcess): Promise<void> {
	await app.start();
	await context.setOffline(false);
}

/** The browser notes itself in its folder as `<machine>-<process>`. */
function browserProcess(folder: string): number {
	const note = readlinkSync(join(folder, 'SingletonLock'));
	return Number(note.slice(note.lastIndexOf('-') + 1));
}
