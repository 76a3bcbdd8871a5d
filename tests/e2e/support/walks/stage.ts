/** What the walks need around them: the steps, the relay with its days, the place, and devices to hold. */
import type { BrowserContext } from '@playwright/test';
import type { DatedApp } from './dated-app.ts';
import type { Place } from './place.ts';
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
	readonly place: Place;
	readonly device: (kind: DeviceKind) => Promise<BrowserContext>;
}
