/** An ETag without the quotes that it comes in (RFC 9110, 8.8.3). */
export const unquoted = (etag: string): string => etag.replace(/^"|"$/g, '');
