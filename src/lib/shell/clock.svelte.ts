/** The screen's clock as a rune: colours and spans move on while a page stays open (F4). */
import { createSubscriber } from 'svelte/reactivity';

const EVERY = 20_000;

const subscribe = createSubscriber((update) => {
	const timer = setInterval(update, EVERY);
	document.addEventListener('visibilitychange', update);
	return () => {
		clearInterval(timer);
		document.removeEventListener('visibilitychange', update);
	};
});

/** Read in a component or a derived: it is read again every 20 seconds and when the page comes back. */
export function screenNow(app: { now(): number }): number {
	subscribe();
	return app.now();
}
