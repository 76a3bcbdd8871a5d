/** The door to every word of the interface: Chinese is the source, other languages follow its type. */
import type { Messages } from './messages.ts';
import { zhCn } from './zh-cn.ts';

export type { Messages } from './messages.ts';

/** What the screen says. It is settled once, before any page is loaded, so that constants may hold it. */
export let m: Messages = zhCn;

/** What paper, files and records say, which others read: Chinese, whatever the screen speaks. */
export const written: Messages = zhCn;

/** Whoever starts the page calls it, and nobody later. */
export function speak(messages: Messages): void {
	m = messages;
}
