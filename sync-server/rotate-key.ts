/** `npm run rotate-key [-- --stolen]`: the relay's own key gives way to another one that it signs. */
import { parseArgs } from 'node:util';
import { asCommand } from './command.ts';
import { readConfig } from './config.ts';
import { rotateKey } from './keys.ts';
import { withFolder } from './store/data-folder.ts';

await asCommand(import.meta.url, async () => {
	const { values } = parseArgs({ options: { stolen: { type: 'boolean', default: false } } });
	const { dataDir } = readConfig(process.env);
	await withFolder(dataDir, 'rotate-key', () =>
		rotateKey(dataDir, { at: Date.now(), stolen: values.stolen })
	);
	console.log('The relay has another key. Start it: from then on it speaks with that one.');
	console.log(
		values.stolen
			? 'Slips and links given out before are worth nothing now: print new ones.'
			: 'Slips and links given out before stay good until they run out.'
	);
});
