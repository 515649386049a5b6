const { readdirSync } = require('node:fs');
const { join } = require('node:path');

/** The versions of n8n that the tests run in, newest first: each has a folder with its lock file. */
module.exports = readdirSync(join(__dirname, 'versions')).sort((one, other) =>
	other.localeCompare(one, 'en', { numeric: true }),
);
