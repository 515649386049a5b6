import { OneCodexError } from '../errors/oneCodexError';

/** RFC 9110 sets no number; S3 needs one or two while a bucket is young. */
const MOST_REDIRECTS = 5;

/** Where else to ask; may be relative. */
export interface Redirect {
	location: string;
}

/**
 * Asks at each place that the one before named, until one gives something else.
 *
 * @throws OneCodexError (service)
 */
export async function followRedirects<T extends object>(
	url: string,
	ask: (url: string) => Promise<T | Redirect>,
): Promise<T> {
	let place = url;
	for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
		const answer = await ask(place);
		if (!('location' in answer)) return answer;
		const { location } = answer;
		// What is no address goes on as it is: whoever asks there refuses it.
		place = URL.canParse(location, place) ? new URL(location, place).href : location;
	}
	throw new OneCodexError('service', 'The storage redirects without end', {
		description: 'Run it again a little later.',
	});
}
