/** A number on a screen that others may look at: 138****5678. */
export function maskedPhone(phone: string): string {
	const digits = phone.replace(/\D/g, '');
	if (digits.length < 7) return '****';
	return `${digits.slice(0, 3)}****${digits.slice(-(digits.length < 11 ? 2 : 4))}`;
}
