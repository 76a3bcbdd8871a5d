/** What the walks need around them: the steps, the relay with its days, and devices to hold. */
import type { BrowserContext } from '@playwright/test';
import type { DatedApp } from './dated-app.ts';
import type { Walk } from './walk.ts';

export interface DeviceKind {
	readonly viewport: { readonly width: number; readonly height: number };
	readonly userAgent?: string;
	readonly hasTouch?: boolean;
	readonly isMobile?: boolean;
}

export interface Stage {
	readonly walk: Walk;
	readonly app: DatedApp;
	readonly device: (kind: DeviceKind) => Promise<BrowserContext>;
}
