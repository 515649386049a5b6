import { followRedirects } from '../../nodes/OneCodex/http/redirects';

/** Asks from `/0` on; each place names the next of these, and the last one answers. */
async function asked(...locations: string[]): Promise<string[]> {
	const places: string[] = [];
	await followRedirects('https://s3.example/0', async (url) => {
		places.push(url);
		const location = locations.shift();
		return await Promise.resolve(location === undefined ? { done: true } : { location });
	});
	return places;
}

it('each place may name the next, relative to itself', async () => {
	expect(await asked()).toEqual(['https://s3.example/0']);
	expect(await asked('/1', 'https://other.example/2', '3')).toEqual([
		'https://s3.example/0',
		'https://s3.example/1',
		'https://other.example/2',
		'https://other.example/3',
	]);
});

it('what is no address goes on as it is, for whoever asks there to refuse', async () => {
	expect(await asked('https://[')).toEqual(['https://s3.example/0', 'https://[']);
});

it('five are followed, and no more', async () => {
	expect(await asked('1', '2', '3', '4', '5')).toHaveLength(6);
	await expect(asked('1', '2', '3', '4', '5', '6')).rejects.toMatchObject({
		kind: 'service',
		message: 'The storage redirects without end',
		description: expect.any(String),
	});
});
