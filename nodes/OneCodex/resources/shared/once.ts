import { paced } from '../../api/request';
import { itemSender } from '../../api/routing';
import { requestError } from '../../errors/requestError';
import { mayBeDone, wasNotCarriedOut } from '../../http/retry';

/**
 * Sends what must not be done twice: again only where it surely had no effect. Where that is not
 * clear, the error says where to look.
 *
 * @param advice 'Look in One Codex for ...'
 */
export const onceSender = (advice: string) =>
	itemSender(async ({ context, settings, send }) => {
		try {
			return await paced(context, { ...settings, shouldRepeat: wasNotCarriedOut }, send);
		} catch (cause) {
			const error = requestError(cause);
			if (mayBeDone(error)) {
				error.facts.description = `It may have been done all the same. ${advice}`;
			}
			throw error;
		}
	});
