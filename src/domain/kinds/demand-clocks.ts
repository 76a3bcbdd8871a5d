/** The clocks of a demand: 签收, 首次联系 and 办结 due, fixed when judged (J7). */
import { dueAt } from '../calendar.ts';
import type { Given } from '../element.ts';
import type { Moment } from '../family.ts';
import {
	deadlineClass,
	holidayTable,
	type Category,
	type DemandType,
	type SettingsInForce,
	type Urgency
} from '../settings.ts';

/** The due moments that were given; a row takes only those. */
export function clocksOf(
	given: Given
): Pick<Given, 'signDueAt' | 'contactDueAt' | 'resolveDueAt' | 'covered'> {
	const { signDueAt, contactDueAt, resolveDueAt, covered } = given;
	return {
		...(signDueAt === undefined ? {} : { signDueAt }),
		...(contactDueAt === undefined ? {} : { contactDueAt }),
		...(resolveDueAt === undefined ? {} : { resolveDueAt }),
		...(covered === undefined ? {} : { covered })
	};
}

/** 签收 and 首次联系 run from receipt; 办结 from registration, or from receipt when 时钟异常. */
export function registrationClocks(
	type: DemandType,
	urgency: Urgency,
	category: Category | undefined,
	moment: Moment,
	settings: SettingsInForce
): Given {
	const row = settings.deadlines[deadlineClass(type, urgency, category)];
	const table = holidayTable(settings);
	const { officeHours } = settings;
	const sign = dueAt(moment.receivedAt, row.sign, officeHours, table);
	const contact = row.contact && dueAt(moment.receivedAt, row.contact, officeHours, table);
	const resolve = dueAt(
		moment.clockOff ? moment.receivedAt : moment.at,
		row.resolve,
		officeHours,
		table
	);
	return {
		signDueAt: sign.at,
		...(contact === undefined ? {} : { contactDueAt: contact.at }),
		resolveDueAt: resolve.at,
		covered: sign.covered && (contact?.covered ?? true) && resolve.covered,
		...(settings.ordinal === undefined ? {} : { settings: settings.ordinal })
	};
}
