import { secureUrl } from '../../nodes/OneCodex/http/secureUrl';

describe('a secure URL', () => {
	it.each([
		'https://app.onecodex.com',
		'https://10.0.0.1:8443/x',
		'http://localhost:5678',
		'http://LOCALHOST',
		'http://api.localhost',
		'http://127.0.0.1',
		'http://127.9.8.7:1',
		'http://127.100.200.255',
		'http://[::1]:80',
		' https://app.onecodex.com ',
	])('is %j', (url) => {
		expect(secureUrl(url, 'It').protocol).toMatch(/^https?:$/);
	});

	it.each([
		'http://app.onecodex.com',
		'http://localhost.example.com',
		'http://evil-localhost',
		'http://128.0.0.1',
		'http://127.0.0.1.example.com',
		'http://10.0.0.1',
		'http://[::2]',
		'ftp://localhost',
		'file:///etc/passwd',
		'app.onecodex.com',
		'',
		undefined,
		42,
	])('is not %j', (url) => {
		expect(() => secureUrl(url, 'It')).toThrow(
			expect.objectContaining({
				kind: 'input',
				message: expect.stringMatching(/^It (is not a URL|must start with https:\/\/)/),
				description: expect.stringMatching(/https:\/\/|localhost/),
			}),
		);
	});

	// In the place of a scheme may stand a user name, or a key.
	it.each([
		['ws://localhost', 'It must start with https://, not ws://'],
		['sftp://x', 'It must start with https://, not sftp://'],
		['xftp://x', 'It must start with https://'],
		['ftps://x', 'It must start with https://'],
		['w://x', 'It must start with https://'],
	])('is not %j, and the scheme is told where it is one', (url, message) => {
		expect(() => secureUrl(url, 'It')).toThrow(new Error(message));
	});
});
