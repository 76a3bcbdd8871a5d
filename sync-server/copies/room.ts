/** [R4] Whether a copy has room where it is to lie: one that fills a disk takes that from the records. */
import { statfs } from 'node:fs/promises';
import { NoRoomError } from '../command.ts';

/** As large as the store and its photos; so much stays free, as photos leave it. */
export async function refuseWithoutRoom(
	folder: string,
	bytes: number,
	freeBytes: number
): Promise<void> {
	const { bavail, bsize } = await statfs(folder);
	const room = bavail * bsize - freeBytes;
	if (bytes <= room) return;
	const [needs, has] = [bytes, Math.max(0, room)].map((each) => Math.ceil(each / 2 ** 20));
	throw new NoRoomError(`backup: a copy needs ${needs} MiB, and ${folder} has room for ${has}`);
}
