/** A text as a QR symbol, ready to be drawn as one path. */
import { encode } from 'uqr';

export interface QrSymbol {
	/** Modules along one side, the quiet zone included. */
	readonly size: number;
	/** The dark modules as an SVG path, one unit a module. */
	readonly path: string;
}

/** The quiet zone that scanners need (ISO/IEC 18004). */
const QUIET = 4;

export function qrSymbol(text: string): QrSymbol {
	const { size, data } = encode(text, { ecc: 'M', border: QUIET });
	return { size, path: data.map(rowPath).join('') };
}

/** Neighbouring dark modules are drawn as one bar. */
function rowPath(row: readonly boolean[], y: number): string {
	const bars = row.flatMap((isDark, x) => {
		if (!isDark || row[x - 1] === true) return [];
		const end = row.indexOf(false, x);
		const width = (end < 0 ? row.length : end) - x;
		return [`M${x} ${y}h${width}v1h-${width}z`];
	});
	return bars.join('');
}
