/** Which form of the settings lies open. */
import type { DeadlineClass, SettingsChange } from '#domain/settings.ts';
import type { NumbersSection } from './numbers.ts';

export type Opened =
	| { readonly is: 'none' | 'campaign' | 'officeHours' | 'holidays' | 'categories' }
	| { readonly is: 'numbers'; readonly section: NumbersSection }
	| { readonly is: 'deadline'; readonly each: DeadlineClass }
	| { readonly is: 'revoke'; readonly change: SettingsChange };
