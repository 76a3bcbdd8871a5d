/** Words of the relay's page: how it is, for the administrator, who is no engineer. */
import { counted } from './counted.ts';
import type { Worded } from './messages.ts';
import type { operations as source } from './zh-cn-operations.ts';

export const operations: Worded<typeof source> = {
	title: 'Operations',
	lead: 'How the relay is. It is looked at again every half minute.',
	offlineTitle: 'The relay cannot be reached',
	offline: 'This needs a network. Connect and try again.',
	notYours: 'The district looks at the operations',
	notYoursNote: 'Only the organisation department and the administrator see them.',
	allWell: 'All is well',
	lookAt: (n) => `${counted(n, 'thing')} to look at`,
	serverSince: (moment, version) => `Running since ${moment}, version ${version}`,

	backup: {
		title: 'Backup',
		last: (moment) => `Last copy: ${moment}`,
		size: (size) => `Size ${size}`,
		never: 'No copy yet',
		neverNote:
			'If this machine breaks, nothing comes back without a copy. Make one now, and have one made every night.',
		late: (days) => `No copy for ${counted(days, 'day')}`,
		lateNote:
			'Two days without a copy need a look. Press "Back up now", then see whether the nightly copy has stopped.',
		gone: 'The copy lies on another disk; its size cannot be seen here.',
		sizeOn: (size, machine) => `Size ${size}, on the server "${machine}"`,
		elsewhere: (machine) =>
			`It lies on the server "${machine}" and cannot be had from here. Have it fetched from the folder of copies there.`,
		now: 'Back up now',
		running: 'Making the copy. You can leave this page, nobody is held up.',
		done: 'The copy is made',
		failed: 'The copy was not made',
		failedNote:
			'Mostly the disk is full or the folder cannot be written. Have the log of the relay looked at.',
		download: 'Download the copy',
		downloadNote:
			'The file holds the residents of the whole district and the keys of the relay, as much as all paper ledgers together. Keep it on an encrypted disk only, and never send it by WeChat or QQ.',
		onlyAdmin: 'Only the administrator downloads copies.'
	},
	replaced: {
		title: 'What the restored copy replaced',
		lies: (folder, day) =>
			`${folder} in the data folder of the relay; it goes by itself after ${day}.`,
		note: 'It may hold what was erased since. Once nobody needs it any more, have a technician remove it earlier.'
	},
	disk: {
		title: 'Disk',
		free: (size) => `${size} free`,
		share: (percent) => `${percent} free`,
		full: 'The disk is nearly full',
		fullNote:
			'Less than a tenth is free. Once it is full no record can be taken: make room or get a larger disk soon.',
		holds: (store, photos) => `Ledgers ${store}, photos, signatures and recordings ${photos}`
	},
	devices: {
		title: 'Devices',
		online: 'Online now',
		unit: 'devices',
		onlineNote:
			'Phones, tablets and computers connected to the relay. On a round without a network it is normal not to be.',
		lastDay: 'Seen within a day',
		lastDayNote: (all) => `${counted(all, 'device')} in use`,
		see: 'See devices'
	},
	fault: {
		title: 'Last fault',
		none: 'No fault',
		at: (moment, words) => `${moment}: ${words}`,
		codes: {
			'unclean-stop':
				'The relay stopped without warning, perhaps the power failed. It went on by itself; nothing that had its receipt was lost.',
			'request-failed': 'A request failed. The device tries again by itself.',
			'draft-not-written': 'A shared draft was not stored. Whoever wrote it can try again.',
			'entry-not-judged':
				'A record could not be judged. Please give the log of the relay to a technician.',
			'clock-failed': 'A deadline was not noted in time. It is tried again by itself.',
			'photos-not-swept':
				'Unused photos and recordings were not removed. It is tried again by itself.',
			'backup-failed':
				'A copy was not made. Mostly the folder cannot be written: have a technician look at it.',
			'backup-no-room':
				'No copy was made: the disk for copies has no room for it. Make room there or use a larger disk, then make a copy again.',
			'store-restored':
				'The ledgers were restored from a copy, or lack their last part. Devices give back what is missing once they connect: let everybody go online once.',
			'mark-not-kept': 'The disk did not write once. Please have the disk checked.',
			'news-not-heard':
				'What another relay stored was not taken in. It is tried again by itself; please give the log of the relay to a technician.',
			'store-away':
				'The database could not be reached and no records were taken. Devices hand in again by themselves once it is back; if it stays away, have a technician look at it.',
			'disk-full':
				'The disk is full and takes no records. Make room, and devices hand in again by themselves.'
		}
	},
	size: {
		kb: (n) => `${n} KB`,
		mb: (n) => `${n} MB`,
		gb: (n) => `${n} GB`
	}
};
