/** Where the gates are held while a district is founded. */
import { m } from '#lib/i18n/index.ts';
import { chooseList, giveNames, namePeople, onward } from './found-by-screen.ts';
import type { Stop } from './gate-stops.ts';
import { firstNames, placeLines, places } from './real-district.ts';

/** 建立本区 through its steps, on to the slips that are handed over. */
export function foundingStop(secret: string): Stop {
	const { district, subdistrict, community } = places;
	const file = {
		name: 'units.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(placeLines().join('\r\n'))
	};
	const first = { people: firstNames, subdistrict: subdistrict.name, community: community.name };
	return {
		route: '/setup',
		at: '/setup',
		then: [
			(page) => giveNames(page, { secret, name: district.name }),
			(page) => chooseList(page, file),
			onward,
			(page) => namePeople(page, first),
			onward,
			async (page) => {
				await page.getByRole('button', { name: m.setup.found.create, exact: true }).click();
				await page.getByRole('heading', { name: m.setup.found.done }).waitFor();
			}
		]
	};
}
