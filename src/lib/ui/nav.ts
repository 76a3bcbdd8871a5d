/** One entry of a dock or a side navigation. */
import type { LucideIcon } from '@lucide/svelte';

export interface NavItem {
	readonly href: string;
	readonly words: string;
	readonly icon: LucideIcon;
	readonly count?: number;
}
