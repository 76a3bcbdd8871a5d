/** 封存: what the law wants kept and nobody works with any more (个人信息保护法 art. 47); the relay's clock says it. */
import { kind, type AnyKind, type Row } from './family.ts';
import { mayClock } from './may-clock.ts';
import { Nothing } from './shapes.ts';

/** `keeps` says what years count on from, where that moment is told by nothing but the last change. */
export function restricting<R extends Row>(keeps?: (row: R) => Partial<R>): AnyKind {
	return kind<R, Nothing>({
		body: Nothing,
		ends: true,
		may: (actor, _said, row) => mayClock(actor, row),
		apply(row, _said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			const { n, receivedAt, at } = stamp;
			return { ...row, ...keeps?.(row), n, updatedAt: receivedAt, restrictedAt: at };
		}
	});
}
