/** The duty the person here acts under; the layout shows no page that needs one to a person without. */
import type { DutyOnWire } from '#domain/wire.ts';
import type { App } from '#lib/app.ts';

export function myDuty(app: Pick<App, 'me'>): DutyOnWire {
	const { duty } = app.me;
	if (duty === undefined) throw new Error('my-duty: a page for a person without a duty');
	return duty;
}
