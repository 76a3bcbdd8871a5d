/** The door to every word of the interface: Chinese is the source, other languages follow its type. */
import { zhCn } from './zh-cn.ts';

export type Messages = typeof zhCn;

export const m: Messages = zhCn;
