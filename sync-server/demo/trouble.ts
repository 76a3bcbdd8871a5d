/** What went wrong at the demo's own desk: entries without effect (J3), and fields that two people wrote (E4). */
import type { RecordId } from '#domain/ids.ts';
import { DAY, HOUR, MINUTE } from '#domain/spans.ts';
import type { Utterance } from '../people/set-up-device.ts';
import { officeMinutesBefore } from './calendar.ts';
import { lifeOf, noteOf, raise, tell, tellRegistration, type Scene, type Told } from './demands.ts';
import { knownDoorOf } from './households.ts';
import type { DemoPerson } from './people.ts';
import { storyMatters, storyWords } from './story-texts.ts';

export function tellTrouble(scene: Scene): Told[] {
	const moment = officeMinutesBefore(scene.until, 300);
	return [
		...tellLateWithdrawal(moment, scene),
		...tellTwoPlaces(moment, scene),
		...tellTwoPhones(moment, scene)
	];
}

/** The member withdraws what the desk has taken up meanwhile. */
function tellLateWithdrawal(moment: number, scene: Scene): Told[] {
	const wu = knownDoorOf(scene.doors, 'wu');
	const by = wu.member ?? scene.desk.secretary;
	const at = moment - 26 * HOUR;
	const heater = raise({ ...storyMatters.heater, door: wu, by, channel: 'phone', at }, scene);
	const story = lifeOf(heater, scene, 'inHand');
	const withdraws = about(heater.record, by, 'demand.withdrawn.v1', storyWords.withdraws, 1, scene);
	return [tellRegistration(heater, scene), ...story, tell(endOf(story) + 20 * MINUTE, withdraws)];
}

/** Secretary and worker take up the same demand, and each writes where it is without having seen the other. */
function tellTwoPlaces(moment: number, scene: Scene): Told[] {
	const { secretary, handlers } = scene.desk;
	const [worker = secretary] = handlers;
	const asked = { door: null, by: secretary, channel: 'box' as const, at: moment - 3 * DAY };
	const bench = raise({ ...storyMatters.bench, ...asked }, scene);
	const story = lifeOf(bench, scene, 'inHand');
	const taken = story[0]?.says[0];
	if (taken === undefined) throw new Error('demo-trouble: nobody took it up');
	const again = { ...taken, by: secretary.id, unseen: 1 };
	const places = storyWords.twoPlaces.map((body, i) => {
		const writer = i === 0 ? worker : secretary;
		const corrects = about(bench.record, writer, 'demand.corrected.v1', body, i, scene);
		return tell(Math.max(moment, endOf(story)) + (5 + i * 9) * MINUTE, corrects);
	});
	return [
		tellRegistration(bench, scene),
		...story,
		tell(endOf(story) + 3 * MINUTE, again),
		...places,
		noteOf(bench, worker, moment + 70 * MINUTE, scene)
	];
}

/** The desk and the member correct a household's phone. */
function tellTwoPhones(moment: number, scene: Scene): Told[] {
	const zhao = knownDoorOf(scene.doors, 'zhao');
	const { secretary, handlers } = scene.desk;
	const [worker = secretary] = handlers;
	return storyWords.twoPhones.map((body, i) => {
		const writer = i === 0 ? worker : (zhao.member ?? secretary);
		const corrects = about(zhao.record, writer, 'household.corrected.v1', body, i, scene);
		return tell(moment + (30 + i * 50) * MINUTE, corrects);
	});
}

function about(
	record: RecordId,
	by: DemoPerson,
	kind: string,
	body: Utterance['body'],
	unseen: number,
	{ desk }: Scene
): Utterance {
	return { kind, record, org: desk.org, by: by.id, body, unseen };
}

function endOf(story: readonly Told[]): number {
	return Math.max(...story.map(({ at }) => at));
}
