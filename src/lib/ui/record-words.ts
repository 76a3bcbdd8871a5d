/** A row's values in words, for the history of a record and for two versions side by side. */
import type { Change, HistoryLine } from '#domain/fold.ts';
import { RecordId } from '#domain/ids.ts';
import { gridChanges, gridName, gridTableWords, gridWords } from '#lib/homes/grid-words.ts';
import { maskedPhone } from '#lib/privacy/masked-phone.ts';
import { visitValueWords } from '#lib/visits/value-words.ts';
import { m } from '#lib/i18n/index.ts';
import type { HistoryEvent } from './History.svelte';
import { dayWords, fullDayWords, momentWords } from './format.ts';

/** What a value needs to be said: who is who, and which moment is now. */
export interface Speaking {
	readonly names: ReadonlyMap<string, string>;
	readonly now: number;
	/** What other records are called, where this device holds them. */
	readonly records?: ReadonlyMap<string, string>;
}

/** Before the first answer of who is who. */
export const noNames: ReadonlyMap<string, string> = new Map();

const PERSONS = new Set([
	'person',
	'visitor',
	'raisedBy',
	'createdBy',
	'assignee',
	'nextAssignee',
	'officeAssignee',
	'linkedMember',
	'nextMember',
	'lentTo',
	'successor',
	'reviewedBy',
	'returnedBy',
	'by'
]);
/** Fields of a history that name other records: a demand or a door that this one was merged into. */
const RECORDS = new Set(['mergedInto', 'splitInto', 'household']);
const SIGNATURES = new Set(['intervieweeSignature', 'visitorSignature']);
const PHONES = new Set(['phone', 'escalatedPhone', 'assignedPhone', 'nextPhone']);
const DAYS = new Set([
	'nextDueOn',
	'lentUntil',
	'nextMemberFrom',
	'nextAssigneeFrom',
	'consentedOn'
]);
const MOMENTS = /(At|^from|^to)$/;
/** Fields that say again what another line says, or only help a machine. */
const SILENT = new Set([
	'steps',
	'org',
	'createdAt',
	'receivedAt',
	'createdBy',
	'visitorIsField',
	'raiserIsField',
	'importId',
	'covered',
	'demands',
	'visit',
	'stateBefore',
	'leftAt',
	'acceptedAt',
	'handledAt',
	'office',
	'escalatedAt',
	'takenAt',
	'handedAt',
	'nextHandedBy',
	'postponedAt',
	'changedAt',
	'toldChanges',
	'late',
	'reviewedBy',
	'reviewedAt',
	'returnedBy',
	'returnedAt',
	'voidedReason'
]);

const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	state: m.records.stateWords,
	type: m.demandType,
	category: m.category,
	categories: m.serviceCategory,
	urgency: m.urgency,
	channel: m.channel,
	tier: m.careTier,
	groups: m.group,
	careTags: m.group,
	tenure: m.tenure,
	sex: m.sex,
	relationToHead: m.relation,
	relation: m.relation,
	residence: m.residence,
	politicalStatus: m.politicalStatus,
	health: m.health,
	disabilityKind: m.disabilityKind,
	disabilityGrade: m.disabilityGrade,
	employmentStatus: m.employment,
	schooling: m.schooling,
	insurance: m.insurance,
	consentedBy: m.consentBy,
	consentScope: m.consentScope,
	leftWhy: m.whyLeft,
	mode: m.visitMode,
	purpose: m.visit.purpose,
	declineCode: m.declineReason,
	postponedWhy: m.round.postponeReason,
	changedWhat: m.round.change.what,
	level: m.levels,
	role: m.roles,
	outcome: { ...m.outcome, ...m.visitOutcome }
};

const fieldNames: Readonly<Record<string, string>> = m.records.fieldWords;

/** A field's name; a field of a newer version keeps its code. */
export function fieldName(field: string): string {
	return fieldNames[field] ?? field;
}

/** One value in words; empty when there is none. */
export function valueWords(field: string, value: unknown, speaking: Speaking): string {
	const { names, now, records } = speaking;
	if (value === undefined || value === null || value === '') return '';
	const special = field === 'grids' ? gridTableWords(value, names) : visitValueWords(field, value);
	if (special !== null) return special;
	if (Array.isArray(value))
		return value.map((item) => valueWords(field, item, speaking)).join(m.records.separator);
	if (typeof value === 'boolean') return value ? m.records.yes : m.records.no;
	if (typeof value === 'number') return numberWords(field, value, now);
	if (typeof value !== 'string') return '';
	if (PERSONS.has(field)) return names.get(value) ?? m.records.someone;
	if (RECORDS.has(field)) return records?.get(value) ?? m.records.otherRecord;
	if (DAYS.has(field)) return dayWords(value);
	return tables[field]?.[value] ?? value;
}

function numberWords(field: string, value: number, now: number): string {
	if (field === 'raisedAt' || field === 'linkedFrom') return fullDayWords(value);
	if (MOMENTS.test(field)) return momentWords(value, now);
	return field === 'size' ? m.records.size(value) : String(value);
}

/** A record's history as the screen shows it; what only repeats itself is left out. */
export function historyEvents(
	lines: readonly HistoryLine[],
	speaking: Speaking
): readonly HistoryEvent[] {
	return lines.map((line) => ({
		id: line.entry,
		at: line.at,
		who: whoSaid(line, speaking),
		what: m.records.kindWords[line.kind] ?? m.records.unknownKind,
		changes: said(line)
			.filter(({ field }) => !SILENT.has(field))
			.flatMap((change) => changeWords(change, speaking))
			.filter(({ from, to }) => from !== to),
		...noteOf(line)
	}));
}

/** From what to what; of a table of grids only those that differ. */
export function changeWords(
	{ field, from, to }: HistoryLine['changes'][number],
	speaking: Speaking
): NonNullable<HistoryEvent['changes']> {
	if (field === 'grids')
		return gridChanges(from, to).map((grid) => ({
			field: gridName({ no: grid.no }),
			from: gridWords(grid.from, speaking.names),
			to: gridWords(grid.to, speaking.names)
		}));
	const isSignedAnew = SIGNATURES.has(field) && from !== undefined && to !== undefined;
	return [
		{
			field: fieldName(field),
			from: shownWords(field, from, speaking),
			to: isSignedAnew ? m.records.signedAnew : shownWords(field, to, speaking)
		}
	];
}

/** A number is masked in a history as it is above it. */
export function shownWords(field: string, value: unknown, speaking: Speaking): string {
	const words = valueWords(field, value, speaking);
	return PHONES.has(field) && words !== '' ? maskedPhone(words) : words;
}

/** The demands and doors that changes name, to be asked what they are called. */
export function recordsNamed(changes: readonly Change[]): readonly RecordId[] {
	return changes
		.filter(({ field }) => RECORDS.has(field))
		.flatMap(({ from, to }) => [from, to].flat())
		.flatMap((id) => (typeof id === 'string' ? [RecordId.parse(id)] : []));
}

/** [J4] The role is the one under which it was said, whatever the person does today. */
function whoSaid({ actor }: HistoryLine, { names }: Speaking): string {
	const name = names.get(actor.person);
	const { behalfOf } = actor;
	if (behalfOf !== undefined)
		return m.records.onBehalf(
			name ?? m.roles[actor.role],
			names.get(behalfOf.person) ?? m.roles[behalfOf.role]
		);
	return name === undefined ? m.roles[actor.role] : m.records.who(name, m.roles[actor.role]);
}

/** The first entry changes nothing from anything: the record itself shows it, corrections what it was. */
function said(line: HistoryLine): HistoryLine['changes'] {
	return line.n === 1 ? [] : line.changes;
}

function noteOf({ verdict, reason, actor }: HistoryLine): { note?: string } {
	if (verdict === 'pending') return { note: m.records.pending };
	if (reason !== undefined) return { note: m.records.noted(m.records.reasonWords[reason]) };
	return actor.late === undefined ? {} : { note: m.records.late };
}
