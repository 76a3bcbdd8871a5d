/** The door and its head, as every form of a household asks for them, and what must be mended of them. */
import { plainDoor } from '#domain/door-parts.ts';
import type { FieldError } from '#lib/ui/field.ts';

const LONGEST = { estate: 40, building: 10, unit: 10, room: 10, head: 40 } as const;
type DoorField = keyof typeof LONGEST;

export type DoorForm = Record<DoorField, string>;

export interface DoorWords {
	readonly labels: Readonly<Record<DoorField, string>>;
	readonly estateMissing: string;
	readonly roomMissing: string;
	readonly tooLong: (field: string, most: number) => string;
}

export function doorErrors(form: DoorForm, words: DoorWords): readonly FieldError[] {
	const told = { ...plainDoor(form), head: form.head.trim() };
	const errors: FieldError[] = [];
	if (told.estate === '') errors.push({ field: 'estate', message: words.estateMissing });
	if (told.room === '') errors.push({ field: 'room', message: words.roomMissing });
	for (const field of ['estate', 'building', 'unit', 'room', 'head'] as const)
		if (told[field].length > LONGEST[field])
			errors.push({ field, message: words.tooLong(words.labels[field], LONGEST[field]) });
	return errors;
}
