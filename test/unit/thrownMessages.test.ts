import { documentedWords } from '../errorsPage';
import { thrownMessages } from './thrownMessages';

describe('the page of errors has what the code throws:', () => {
	const documented = documentedWords();
	it.each(thrownMessages())('%s', (message) => {
		expect(documented(message)).toBeDefined();
	});
});
