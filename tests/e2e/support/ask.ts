/** Asks a relay from outside a browser; a refusal fails the test with the relay's own words. */

export async function ask<T>(url: string, path: string): Promise<T> {
	return read(path, await fetch(`${url}${path}`));
}

export async function post<T>(url: string, path: string, body: object): Promise<T> {
	const answer = await fetch(`${url}${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body)
	});
	return read(path, answer);
}

async function read<T>(path: string, answer: Response): Promise<T> {
	const text = await answer.text();
	if (!answer.ok) throw new Error(`ask: ${path} was answered ${answer.status}: ${text}`);
	// A test states what it expects to be told; a wrong shape fails where it is looked at.
	return (text === '' ? null : JSON.parse(text)) as T;
}
