/** The Chinese catalogue, put together from one file per area of work. */
import { common } from './zh-cn-common.ts';
import { desktop } from './zh-cn-desktop.ts';
import { homes } from './zh-cn-homes.ts';
import { importMessages } from './zh-cn-import.ts';
import { member } from './zh-cn-member.ts';
import { office } from './zh-cn-office.ts';
import { operations } from './zh-cn-operations.ts';
import { handing } from './zh-cn-handing.ts';
import { people } from './zh-cn-people.ts';
import { phone } from './zh-cn-phone.ts';
import { privacy } from './zh-cn-privacy.ts';
import { records } from './zh-cn-records.ts';
import { round } from './zh-cn-round.ts';
import { secretary } from './zh-cn-secretary.ts';
import { settings } from './zh-cn-settings.ts';
import { setup } from './zh-cn-setup.ts';
import { visit } from './zh-cn-visit.ts';

export const zhCn = {
	...common,
	member,
	secretary,
	desktop,
	setup,
	settings,
	office,
	operations,
	handing,
	people,
	homes,
	import: importMessages,
	records,
	round,
	visit,
	phone,
	privacy
} as const;
