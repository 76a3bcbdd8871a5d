/** Numbers with their noun, as English wants them: 1 household, 2 households, 1,204 households. */

export function counted(n: number | string, one: string, many = `${one}s`): string {
	return `${n} ${String(n) === '1' ? one : many}`;
}
