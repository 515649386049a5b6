/** A shorter one is no secret, and would tear words apart. */
const SHORTEST_SECRET = 6;

/**
 * The text of a server without the secrets that it was sent: one that repeats a key or a
 * signature in its message must not carry it into a saved execution.
 */
export function redact(text: string, secrets: string[]): string {
	return secrets
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}
