/** The states a record can show: each a word, a shape and a colour, never a colour alone. */
import OctagonAlert from '@lucide/svelte/icons/octagon-alert';
import Circle from '@lucide/svelte/icons/circle';
import ArrowUp from '@lucide/svelte/icons/circle-arrow-up';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import CircleDot from '@lucide/svelte/icons/circle-dot';
import CircleSlash from '@lucide/svelte/icons/circle-slash';
import CircleUser from '@lucide/svelte/icons/circle-user-round';
import Check from '@lucide/svelte/icons/check';
import Clock from '@lucide/svelte/icons/clock';
import ListPlus from '@lucide/svelte/icons/list-plus';
import Split from '@lucide/svelte/icons/split';
import Triangle from '@lucide/svelte/icons/triangle-alert';
import WifiOff from '@lucide/svelte/icons/wifi-off';
import type { LucideIcon } from '@lucide/svelte';

export type Tone = 'grey' | 'blue' | 'amber' | 'error' | 'green' | 'plain' | 'dashed';

export const statusLook = {
	notStarted: { icon: Circle, tone: 'grey' },
	inProgress: { icon: CircleDot, tone: 'blue' },
	dueSoon: { icon: Triangle, tone: 'amber' },
	overdue: { icon: OctagonAlert, tone: 'error' },
	done: { icon: CircleCheck, tone: 'green' },
	onDevice: { icon: Clock, tone: 'amber' },
	sent: { icon: Check, tone: 'plain' },
	offline: { icon: WifiOff, tone: 'grey' },
	waitingList: { icon: CircleDashed, tone: 'dashed' },
	escalated: { icon: ArrowUp, tone: 'blue' },
	listed: { icon: ListPlus, tone: 'blue' },
	late: { icon: Triangle, tone: 'amber' },
	presence: { icon: CircleUser, tone: 'blue' },
	versions: { icon: Split, tone: 'amber' },
	closed: { icon: CircleSlash, tone: 'grey' }
} satisfies Record<string, { icon: LucideIcon; tone: Tone }>;

export type StatusIs = keyof typeof statusLook;

export interface Status {
	readonly is: StatusIs;
	readonly words: string;
}
