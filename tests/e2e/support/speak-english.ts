/** Whoever imports this first finds every word of the tests in English; it needs a worker of its own. */
import { en } from '#lib/i18n/en.ts';
import { speak } from '#lib/i18n/index.ts';

speak(en);
