/** `npm run bench [-- relay|attack|sieges|app|screens|register|round|size]`: measures and prints JSON lines, each figure beside its comparison. */
import { cpus, totalmem } from 'node:os';
import { benchApp } from './app.ts';
import { benchAttack } from './attack.ts';
import { benchSieges } from './besiege.ts';
import { benchRegister } from './register.ts';
import { benchRelay, relayBenches } from './relay.ts';
import { benchRound } from './round.ts';
import { benchScreens } from './screens.ts';
import { benchSize } from './size.ts';

const benches: Readonly<Record<string, () => AsyncIterable<object>>> = {
	relay: benchRelay,
	attack: benchAttack,
	sieges: benchSieges,
	app: benchApp,
	screens: benchScreens,
	register: benchRegister,
	round: benchRound,
	size: benchSize
};

const asked = process.argv.slice(2);
const named = { ...benches, ...relayBenches };
const unknown = asked.filter((name) => named[name] === undefined);
if (unknown.length > 0) {
	console.error(
		`bench: no bench ${unknown.join(', ')}; there are ${Object.keys(named).join(', ')}`
	);
	process.exit(2);
}
print({
	bench: 'machine',
	node: process.version,
	cores: cpus().length,
	memoryGiB: Math.round(totalmem() / 2 ** 30)
});
for (const name of asked.length > 0 ? asked : Object.keys(benches))
	for await (const figure of named[name]?.() ?? []) print({ bench: name, ...figure });

function print(line: object): void {
	console.log(JSON.stringify(line));
}
