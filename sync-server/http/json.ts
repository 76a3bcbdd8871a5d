/** Does any text in it hold a NUL, also as a name? As deep as the JSON is. */
export function holdsNul(json: unknown): boolean {
	if (typeof json === 'string') return json.includes('\0');
	if (typeof json !== 'object' || json === null) return false;
	return Object.entries(json).some(([name, value]) => name.includes('\0') || holdsNul(value));
}

/** Undefined for a text that is no JSON, which every schema refuses. */
export function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
