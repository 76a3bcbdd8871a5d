/** Gives a file out of the app: through the share sheet where there is one, else as a download. */

export function textFile(name: string, text: string): File {
	// Share sheets take texts everywhere, unknown kinds nowhere.
	return new File([text], name, { type: 'text/plain' });
}

export function canShare(files: readonly File[]): boolean {
	return typeof navigator.canShare === 'function' && navigator.canShare({ files: [...files] });
}

/** `no` where the person thought better of it, or the share sheet failed: then it can still be saved. */
export async function share(files: readonly File[]): Promise<'shared' | 'no'> {
	try {
		await navigator.share({ files: [...files] });
		return 'shared';
	} catch (cause) {
		if (!(cause instanceof DOMException)) throw cause;
		return 'no';
	}
}

export function save(files: readonly File[]): void {
	for (const file of files) {
		const url = URL.createObjectURL(file);
		const link = document.createElement('a');
		link.href = url;
		link.download = file.name;
		link.click();
		// Some browsers begin to read it only after the click was over.
		setTimeout(() => URL.revokeObjectURL(url), 60_000);
	}
}
