/** The file of a bundle: who can open it, and what is refused before anything of it is believed. */
import { expect, test } from 'vitest';
import { OrgId, RecordId } from '#domain/ids.ts';
import { BUNDLE_BYTES, readBundleFile, writeBundleFile } from '#lib/bundle/bundle-file.ts';
import { makeSealingKeys } from '#lib/bundle/sealing.ts';
import { COMMUNITY } from '../../support/tell.ts';

const content = ['第一行', '第二行'].join('\n');
const about = { note: '请用社区的平板打开', realm: 'realm-of-tests', org: OrgId.parse(COMMUNITY) };

async function receiver(record: string) {
	const { privateKey, publicKey } = await makeSealingKeys();
	return { record: RecordId.parse(record), privateKey, publicKey };
}

async function sealed() {
	const tablets = [await receiver('tablet-1'), await receiver('tablet-2')] as const;
	const text = await writeBundleFile(content, about, tablets);
	return { tablets, text };
}

async function problemOf(text: string) {
	const read = await readBundleFile(new Blob([text]));
	return read.ok ? null : read.problem;
}

test('[O5] every device of the desk opens it, and no other', async () => {
	const { tablets, text } = await sealed();
	const read = await readBundleFile(new Blob([text]));
	if (!read.ok) throw new Error(read.problem);
	for (const tablet of tablets) expect(await read.file.open(tablet)).toBe(content);
	expect(await read.file.open(await receiver('tablet-3'))).toBeNull();
	const pretender = { ...(await receiver('x')), record: tablets[0].record };
	expect(await read.file.open(pretender)).toBeNull();
	expect(text).not.toContain('第一行');
	expect(text.split('\n')[0]).toContain(about.note);
});

test('[O5] one that is cut short, re-ordered or changed is refused', async () => {
	const { text } = await sealed();
	const [head = '', body = '', hash = ''] = text.split('\n');
	expect(await problemOf(text)).toBeNull();
	for (const share of [0.3, 0.7, 0.99])
		expect(await problemOf(text.slice(0, Math.floor(text.length * share)))).toMatch(/damaged|not/);
	expect(await problemOf([body, head, hash].join('\n'))).toBe('not-a-bundle');
	expect(await problemOf([head, hash, body].join('\n'))).toBe('damaged');
	expect(await problemOf(text.replace(body.slice(9, 12), 'AAA'))).toBe('damaged');
	expect(await problemOf(text + text)).toBe('damaged');
	expect(await problemOf(text.replace('"v":1', '"v":2'))).toBe('newer-version');
	expect(await problemOf('户主,电话\n')).toBe('not-a-bundle');
	expect(await problemOf('')).toBe('not-a-bundle');
});

test('[O5] what the first line says cannot be changed, its hash made anew or not', async () => {
	const { tablets, text } = await sealed();
	const [head = '', body = ''] = text.split('\n');
	const changed = head.replace(COMMUNITY, '990101002000');
	const digest = await crypto.subtle.digest(
		'SHA-256',
		new TextEncoder().encode(`${changed}\n${body}`)
	);
	const hash = Buffer.from(digest).toString('base64url');
	const read = await readBundleFile(new Blob([`${changed}\n${body}\n${hash}\n`]));
	if (!read.ok) throw new Error(read.problem);
	expect(await read.file.open(tablets[0])).toBeNull();
});

test('[O5] a file too large is refused unread', async () => {
	const huge = { size: 100 * 1024 * 1024, text: () => Promise.reject(new Error('it was read')) };
	expect(await readBundleFile(huge)).toEqual({ ok: false, problem: 'too-large' });
	expect(BUNDLE_BYTES).toBeLessThan(huge.size);
});
