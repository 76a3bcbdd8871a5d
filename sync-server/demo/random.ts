/** A small seeded source of chance for the demo district: the same seed tells the same story. */

export interface Chance {
	/** From 0 up to, not including, 1. */
	next(): number;
	/** A whole number, both ends included. */
	int(from: number, to: number): number;
	is(share: number): boolean;
	pick<T>(from: readonly T[]): T;
	shuffled<T>(from: readonly T[]): T[];
	/** A UUIDv7 of a moment. */
	id(at: number): string;
	/** 128 random bits as base64url. */
	salt(): string;
	/** A stream of its own, so that one part of the story does not disturb another. */
	fork(name: string): Chance;
}

export function createChance(seed: string): Chance {
	const draw = sfc32(seed);

	function int(from: number, to: number): number {
		return from + Math.floor(draw() * (to - from + 1));
	}
	function pick<T>(from: readonly T[]): T {
		const picked = from[int(0, from.length - 1)];
		if (picked === undefined) throw new Error('demo-random: nothing to pick from');
		return picked;
	}
	/** Up to eight digits a draw. */
	function hex(digits: number): string {
		if (digits > 8) return hex(8) + hex(digits - 8);
		return int(0, 16 ** digits - 1)
			.toString(16)
			.padStart(digits, '0');
	}
	return {
		next: draw,
		int,
		pick,
		is: (share) => draw() < share,
		shuffled(from) {
			const left = [...from];
			return from.map(() => left.splice(int(0, left.length - 1), 1)).flat();
		},
		id(at) {
			const time = at.toString(16).padStart(12, '0');
			const variant = '89ab'.charAt(int(0, 3));
			return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
		},
		salt: () => Buffer.from(hex(32), 'hex').toString('base64url'),
		fork: (name) => createChance(`${seed}/${name}`)
	};
}

/** Chris Doty-Humphrey's small fast counter, seeded by FNV-1a over the name with four offsets. */
function sfc32(seed: string): () => number {
	let a = fnv(seed, 0x811c9dc5);
	let b = fnv(seed, 0x01000193);
	let c = fnv(seed, 0x9e3779b9);
	let counter = 1;
	function next(): number {
		const sum = (a + b + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + sum) | 0;
		return (sum >>> 0) / 0x1_0000_0000;
	}
	for (let i = 0; i < 12; i++) next();
	return next;
}

function fnv(text: string, offset: number): number {
	let hash = offset;
	for (let i = 0; i < text.length; i++) {
		hash ^= text.charCodeAt(i);
		hash = Math.imul(hash, 0x01000193);
	}
	return hash | 0;
}
