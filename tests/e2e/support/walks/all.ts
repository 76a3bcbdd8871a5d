/** The three walks in the order in which a district lives them: its office, a secretary, a member. */
import type { Page } from '@playwright/test';
import { subdistricts } from '#relay/demo/names.ts';
import { becomes, sizes } from '../actors.ts';
import { firstNames } from '../real-district.ts';
import { spendsMorning, walkDistrict, walkStandingDistrict } from './district.ts';
import { seesAccepted, walkMember } from './member.ts';
import { MEMBER } from './people.ts';
import type { Place } from './place.ts';
import {
	acceptsDemand,
	goesOn,
	joinsAtTablet,
	preparesCommunity,
	receivesVisits
} from './secretary.ts';
import { heldBy, type HeldSlips } from './slips.ts';
import type { Stage } from './stage.ts';

/** From an empty relay: nothing but screens makes the district. */
export async function walkAll(stage: Stage, place: Place): Promise<void> {
	const { app } = stage;
	const secretary = firstNames.communitySecretary;
	const invited = await walkDistrict(stage, place);
	const page = await joinsAtTablet(stage, heldBy(invited, secretary));
	const slips = await preparesCommunity(stage, page, app.day(1));
	await app.goToNow();
	await walkRound(stage, page, slips);
	await goesOn(stage, page, { slips, secretary });
	await page.context().close();
}

/**
 * In the demo district, whose records reach up to now: its office and its secretary work tomorrow, the member the day
 * after. 建立本区 with its list of communities has no screen there: it is for an empty relay.
 */
export async function walkDemo({ walk, app, device }: Stage): Promise<void> {
	const stage: Stage = {
		walk,
		app,
		async device(kind) {
			const context = await device(kind);
			await app.date(context);
			return context;
		}
	};
	await app.goTo({ days: 1, hour: 15 });
	const tablet = await stage.device({ viewport: sizes.secretary });
	const page = await tablet.newPage();
	const { name: secretary } = await becomes(page, app.url, 'secretary');
	const office = await walkStandingDistrict(
		stage,
		subdistricts.map(({ name }) => name)
	);
	await app.goTo({ days: 1, hour: 16 });
	const slips = await preparesCommunity(stage, page, app.day(1));
	await app.goTo({ days: 2, hour: 8.5 });
	await spendsMorning(stage, office);
	await app.goTo({ days: 2, hour: 9 });
	await walkRound(stage, page, slips);
	await goesOn(stage, page, { slips, secretary });
	await tablet.close();
}

async function walkRound(stage: Stage, desk: Page, slips: HeldSlips): Promise<void> {
	const phone = await walkMember(stage, heldBy(slips, MEMBER.name));
	await receivesVisits(stage, desk);
	await acceptsDemand(stage, desk);
	await seesAccepted(stage, phone);
	await phone.context.close();
}
