module.exports = {
	...require('./dist/nodes/OneCodex/OneCodex.node.js'),
	...require('./dist/nodes/OneCodexTrigger/OneCodexTrigger.node.js'),
	...require('./dist/credentials/OneCodexApi.credentials.js'),
};
