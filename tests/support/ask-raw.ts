/** Asks a port for something over HTTP as it is, however wrong: no client puts it right on its way. */
import { request, type Agent } from 'node:http';

export interface Knock {
	readonly method: string;
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string | Uint8Array;
}

export interface Answer {
	readonly status: number;
	readonly type: string;
	readonly body: string;
}

export function askRaw(port: number, agent: Agent, knock: Knock): Promise<Answer> {
	const { method, body } = knock;
	const path = knock.path.replace(/[^!-~]/gu, (each) => encodeURIComponent(each.toWellFormed()));
	const headers = Object.fromEntries(
		Object.entries(knock.headers).map(([name, value]) => [name, value.replace(/[^ -~]/gu, '?')])
	);
	const length = body === undefined ? 0 : Buffer.byteLength(body);
	return new Promise((resolve, reject) => {
		const asked = request(
			{
				host: '127.0.0.1',
				port,
				agent,
				method,
				path,
				headers: { ...headers, 'content-length': length }
			},
			(response) => {
				const parts: Buffer[] = [];
				response.on('data', (part: Buffer) => parts.push(part));
				response.on('error', reject);
				response.on('end', () =>
					resolve({
						status: response.statusCode ?? 0,
						type: response.headers['content-type'] ?? '',
						body: Buffer.concat(parts).toString('utf8')
					})
				);
			}
		);
		asked.once('error', (cause) => {
			// The relay may close a connection that rested just when it is used again.
			if (asked.reusedSocket) askRaw(port, agent, knock).then(resolve, reject);
			else reject(cause);
		});
		asked.end(body);
	});
}
