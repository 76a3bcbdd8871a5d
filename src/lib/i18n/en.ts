/**
 * The English catalogue, one file for each of the Chinese ones. Words are those of the code
 * (`src/domain/README.md`); where it has none: 签收 acknowledge, 上报 hand in, 在册 on the register,
 * 未遇 not home, 拒绝登记 refused, 责任人 responsible, 封存 restricted, 停用 stop (a device),
 * 上报办事处 hand up, 退回社区 hand back, 代班 standing in, 代录 write down, 走访单 round sheet, 邀请条 slip, 留言条 door note.
 */
import { common } from './en-common.ts';
import { desktop } from './en-desktop.ts';
import { homes } from './en-homes.ts';
import { importMessages } from './en-import.ts';
import { member } from './en-member.ts';
import type { Messages } from './messages.ts';
import { office } from './en-office.ts';
import { operations } from './en-operations.ts';
import { handing } from './en-handing.ts';
import { people } from './en-people.ts';
import { phone } from './en-phone.ts';
import { privacy } from './en-privacy.ts';
import { records } from './en-records.ts';
import { round } from './en-round.ts';
import { secretary } from './en-secretary.ts';
import { settings } from './en-settings.ts';
import { setup } from './en-setup.ts';
import { visit } from './en-visit.ts';

export const en: Messages = {
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
};
