/** Takes a person off this installation with everything that is stored for them; the relay goes on knowing the device. */
import { Dexie } from 'dexie';
import type { Installation } from './installation.ts';
import type { Marks } from './storage-mark.ts';
import { isNothing, leftHere } from './waiting-here.ts';

/** Answers whether they are gone: whoever is active stays, and so does who has something here alone. */
export async function removePerson(
	{ installation, marks }: { readonly installation: Installation; readonly marks: Marks },
	id: string
): Promise<boolean> {
	const active = await installation.state.get('active');
	if (active?.value === id) return false;
	const left = (await leftHere([{ id }])).get(id);
	if (left === undefined || !isNothing(left.alone)) return false;
	// Its mark first: what goes on purpose is no loss, also where this is cut short.
	marks.forget(id);
	for (const name of await Dexie.getDatabaseNames())
		if (name === id || name.startsWith(`${id}-`)) await Dexie.delete(name);
	await installation.persons.delete(id);
	return true;
}
