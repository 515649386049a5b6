/** RFC 9110, 8.8.3. A weak one tells that two are as good as the same, not that each byte is. */
const ETAG = /^(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"$/;

/** What gateways that compress add to the ETag of what they got (Apache, Caddy, Jetty). */
const CODING = /(?:--?|[;:/])(?:gzip|x-gzip|br|zstd|deflate)$/i;

/** What names the object in an ETag, be it weak, without its quotes, or of a compressed copy. */
export function unquoted(etag: string): string {
	const text = etag.trim();
	return (ETAG.exec(text)?.[2] ?? text.replace(/^"|"$/g, '')).replace(CODING, '');
}

/**
 * The ETag for If-Match, which compares strongly (RFC 9110, 13.1.1): undefined for a weak one, for
 * one of a compressed copy, which the storage does not know, and for what is no ETag.
 */
export function strongEtag(etag: unknown): string | undefined {
	const [whole, weak, opaque] = ETAG.exec(typeof etag === 'string' ? etag.trim() : '') ?? [];
	return whole === undefined || weak || CODING.test(opaque) ? undefined : whole;
}

/** Whether two ETags, as far as they are known, are of the same object. */
export function isSameObject(one: string | undefined, other: string | undefined): boolean {
	return !one || !other || unquoted(one) === unquoted(other);
}
