/** Installing the app: the browser's own offer, kept from the moment it comes until somebody asks for it. */
import { createSubscriber } from 'svelte/reactivity';

/** What Chromium hands to a page that may be installed; not in the standard library's types. */
interface InstallPrompt extends Event {
	prompt(): Promise<unknown>;
}

let offer: InstallPrompt | null = null;
const CHANGED = 'lxq-install';

const subscribe = createSubscriber((update) => {
	addEventListener(CHANGED, update);
	return () => removeEventListener(CHANGED, update);
});

/** Call once at the start: the offer comes long before anybody looks at the page that shows it. */
export function keepInstallOffer(): () => void {
	const keep = (event: Event) => {
		if (!isPrompt(event)) return;
		event.preventDefault();
		offer = event;
		dispatchEvent(new Event(CHANGED));
	};
	const forget = () => {
		offer = null;
		dispatchEvent(new Event(CHANGED));
	};
	addEventListener('beforeinstallprompt', keep);
	addEventListener('appinstalled', forget);
	return () => {
		removeEventListener('beforeinstallprompt', keep);
		removeEventListener('appinstalled', forget);
	};
}

export function canInstall(): boolean {
	subscribe();
	return offer !== null;
}

export async function install(): Promise<void> {
	await offer?.prompt();
	offer = null;
	dispatchEvent(new Event(CHANGED));
}

const DISMISSED = 'install.coach';

/** When the coach was last sent away; null where it never was, or the browser keeps nothing. */
export function coachDismissedAt(): number | null {
	subscribe();
	const held = Number(localStorage.getItem(DISMISSED) ?? Number.NaN);
	return Number.isNaN(held) ? null : held;
}

export function dismissCoach(at: number): void {
	localStorage.setItem(DISMISSED, String(at));
	dispatchEvent(new Event(CHANGED));
}

export function isInstalled(): boolean {
	return matchMedia('(display-mode: standalone)').matches;
}

function isPrompt(event: Event): event is InstallPrompt {
	return 'prompt' in event && typeof event.prompt === 'function';
}
