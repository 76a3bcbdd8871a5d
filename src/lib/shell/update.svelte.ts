/// <reference types="vite-plugin-pwa/vanillajs" />
/** The service worker's registration, and an update that never reloads over a dirty form. */
import { registerSW } from 'virtual:pwa-register';
import type { App } from '#lib/app.ts';

export type UpdateState = 'none' | 'ready' | 'waits-for-form';

export interface Update {
	readonly state: UpdateState;
	/** Saves the open forms, then switches to the new version; a dirty form only delays it. */
	apply(): Promise<void>;
}

/** Registers once per page. Another tab's update asks this one to reload: only when nothing is dirty. */
export function watchUpdates(app: Pick<App, 'dirtyForms' | 'flushForms'>): Update {
	let state: UpdateState = $state('none');
	let replaced = false;
	const skipWaiting = registerSW({
		immediate: true,
		onNeedRefresh() {
			if (state === 'none') state = 'ready';
		},
		onNeedReload: wasReplaced
	});
	// The registration tells only pages that were under a service worker when they were opened.
	if ('serviceWorker' in navigator)
		navigator.serviceWorker.addEventListener('controllerchange', () => {
			if (state !== 'none') wasReplaced();
		});
	function wasReplaced(): void {
		replaced = true;
		reloadWhenClean();
	}
	function reloadWhenClean(): void {
		if (app.dirtyForms() > 0) {
			state = 'waits-for-form';
			return;
		}
		location.reload();
	}
	return {
		get state() {
			return state;
		},
		async apply() {
			await app.flushForms();
			if (app.dirtyForms() > 0) {
				state = 'waits-for-form';
				return;
			}
			if (replaced) location.reload();
			else await skipWaiting(true);
		}
	};
}
