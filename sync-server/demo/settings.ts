/** What the demo district's officer has set: the campaign, a rule in force, and a deadline that waits for its day. */
import { addDays, dayOf, type Day } from '#domain/calendar.ts';
import { settingsRecord, type SettingsPatch } from '#domain/settings.ts';
import { DAY, HOUR } from '#domain/spans.ts';
import type { Told } from './demands.ts';
import { DISTRICT, type DemoPerson } from './people.ts';

/** On the day of the founding: name, year and phases of the campaign. */
export function tellCampaign(officer: DemoPerson, founding: number): Told[] {
	const begins = dayOf(founding);
	return [
		changed(officer, founding + 3 * HOUR, addDays(begins, 1), '活动方案已定', {
			campaignName: '党群连心桥 · 我为群众办实事',
			campaignYear: Number(begins.slice(0, 4)),
			phases: {
				publicity: { from: begins, to: addDays(begins, 20) },
				// 申报立项 has no date in the plan: the officers set it later.
				implementation: { from: addDays(begins, 21), to: addDays(begins, 150) },
				acceptance: { from: addDays(begins, 151) }
			}
		})
	];
}

export function tellSettings(
	officer: DemoPerson,
	{ from, until }: { readonly from: number; readonly until: number }
): Told[] {
	const inThirdWeek = from + 20 * DAY + 10 * HOUR;
	return [
		changed(officer, inThirdWeek, addDays(dayOf(from), 21), '老党员多，七天来不及加入', {
			slipDays: 10
		}),
		changed(
			officer,
			until - DAY - 3 * HOUR,
			addDays(dayOf(until), 7),
			'区接诉即办专班第 4 次例会',
			{
				deadlines: {
					complaint: {
						sign: { unit: 'officeHours', n: 2 },
						contact: { unit: 'hours', n: 24 },
						resolve: { unit: 'workingDays', n: 6 }
					}
				}
			}
		)
	];
}

function changed(
	officer: DemoPerson,
	at: number,
	from: Day,
	reason: string,
	values: SettingsPatch
): Told {
	return {
		at,
		receivedAt: at + 2_000,
		says: [
			{
				kind: 'settings.changed.v1',
				record: settingsRecord(),
				org: DISTRICT,
				by: officer.id,
				body: { from, values, reason }
			}
		]
	};
}
