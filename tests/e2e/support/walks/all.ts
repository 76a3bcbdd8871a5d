/** The three walks in the order in which a district lives them: its office, a secretary, a member. */
import { firstNames } from '../real-district.ts';
import { walkDistrict } from './district.ts';
import { seesAccepted, walkMember } from './member.ts';
import { MEMBER } from './people.ts';
import {
	acceptsDemand,
	goesOn,
	joinsAtTablet,
	preparesCommunity,
	receivesVisits
} from './secretary.ts';
import { heldBy } from './slips.ts';
import type { Stage } from './stage.ts';

export async function walkAll(stage: Stage): Promise<void> {
	const invited = await walkDistrict(stage);
	const page = await joinsAtTablet(stage, heldBy(invited, firstNames.communitySecretary));
	const slips = await preparesCommunity(stage, page);

	await stage.app.goToNow();
	const phone = await walkMember(stage, heldBy(slips, MEMBER.name));
	await receivesVisits(stage, page);
	await acceptsDemand(stage, page);
	await seesAccepted(stage, phone);
	await goesOn(stage, page, slips);
	await phone.context.close();
	await page.context().close();
}
