/** What a language has to say: the shape of the Chinese catalogue, in other words. */
import type { zhCn } from './zh-cn.ts';

/** The same keys and the same questions, whatever the answers are called. */
export type Worded<T> = T extends string
	? string
	: T extends (...asked: infer Asked) => infer Answer
		? (...asked: Asked) => Worded<Answer>
		: { readonly [Key in keyof T]: Worded<T[Key]> };

export type Messages = Worded<typeof zhCn>;
