/** The routes of the demo district: make it, watch it being made, and take one of its identities. */
import { z } from 'zod';
import { PersonId } from '#domain/ids.ts';
import {
	isDemoBegun,
	isDemoMade,
	makeDemo,
	mayMakeDemo,
	type DemoParts,
	type DemoProgress
} from '../demo/make.ts';
import type { DemoKey } from '../demo/plan.ts';
import type { App } from '../http/app.ts';
import { readAs } from '../http/bodies.ts';
import { problem, problemOf } from '../http/problem.ts';
import type { Directory } from '../judging/directory.ts';
import { RELAY_PERSON } from '../keys.ts';
import { codeOf, type Log } from '../log.ts';
import type { Invitations } from '../people/invitations.ts';
import type { Store } from '../store/store.ts';

export interface DemoRoutesParts extends DemoParts {
	readonly directory: Directory;
	readonly invitations: Invitations;
	readonly log: Log;
}

const DemoPeople = z.strictObject({
	member: PersonId,
	secretary: PersonId,
	subdistrict: PersonId,
	district: PersonId
}) satisfies z.ZodType<Record<DemoKey, PersonId>>;
const Become = z.strictObject({ key: DemoPeople.keyof() });

/** Exists only in an empty store and in a demo realm: everywhere else they answer 404. */
export function demoRoutes(app: App, parts: DemoRoutesParts): void {
	const { store, directory, invitations, log, now } = parts;
	let progress: DemoProgress = { stage: 'organisations', done: 0, total: 1 };
	let making: Promise<void> | null = null;

	function make(): void {
		making ??= makeDemo(parts, {}, (step) => (progress = step))
			.catch((cause: unknown) => log.error(codeOf(cause), 'the demo could not be made'))
			.finally(() => (making = null));
	}

	// A relay that was stopped while it told the story tells it to its end.
	const resuming = isDemoBegun(store).then((isBegun) => isBegun && make());
	resuming.catch((cause: unknown) =>
		log.error(codeOf(cause), 'the demo could not be gone on with')
	);

	app.post('/api/demo/start', async (context) => {
		if (await isDemoMade(store)) return context.json({ started: false });
		if (!(await mayMakeDemo(store)))
			return problemOf(context, 409, 'already-founded', 'A district stands here already');
		make();
		return context.json({ started: true }, 202);
	});

	app.get('/api/demo/progress', async (context) => {
		// Asked of the store second: it may be made while the store answers.
		const isMaking = making !== null;
		if (await isDemoMade(store))
			return context.json({ ...progress, stage: 'done', done: progress.total });
		if (!isMaking) return problem(context, 'not-found');
		return context.json(progress);
	});

	app.get('/api/demo/people', async (context) => {
		const people = await peopleOf(store);
		if (people === null) return problem(context, 'not-found');
		return context.json(
			Object.entries(people).flatMap(([key, person]) => {
				const [duty] = directory.dutiesOnWire(person, now());
				if (duty === undefined) return [];
				const name = directory.nameOf(person);
				return [{ key, name, role: duty.role, orgName: duty.orgName }];
			})
		);
	});

	app.post('/api/demo/become', async (context) => {
		const people = await peopleOf(store);
		if (people === null) return problem(context, 'not-found');
		const asked = await readAs(context, Become);
		const person = people[asked.key];
		const { secret } = await invitations.issue({ person, by: RELAY_PERSON });
		return context.json({ secret });
	});
}

async function peopleOf(store: Store): Promise<Record<DemoKey, PersonId> | null> {
	const json = (await isDemoMade(store)) ? await store.meta('demoPeople') : null;
	return json === null ? null : DemoPeople.parse(JSON.parse(json));
}
