import { isPage } from '../../nodes/OneCodex/http/page';

const headers = (type?: string) => (type === undefined ? {} : { 'content-type': type });

it.each([
	[undefined, '<!DOCTYPE html><title>Log in</title>'],
	[undefined, '\ufeff\n <html lang="en">'],
	['application/json', '<HTML><HEAD>'],
	['application/xml', '<?xml version="1.0"?>\n<!doctype HTML PUBLIC "-//W3C">'],
	['text/html', '<h1>It works</h1>'],
	['text/html; charset=utf-8', 'Please log in'],
	['Text/HTML', '<!-- portal --><meta http-equiv="refresh">'],
	['application/xhtml+xml', '<head/>'],
])('a page is told by type and beginning: %j, %j', (type, text) => {
	expect(isPage(headers(type), text)).toBe(true);
});

it.each([
	[undefined, ''],
	['text/html', ''],
	['text/html', ' \r\n'],
	['text/html', ' {"message": "<html>"}'],
	['text/html', '[]'],
	['text/html', '<?xml version="1.0"?><PostResponse><Key>k</Key></PostResponse>'],
	['text/html', '<InitiateMultipartUploadResult xmlns="x">'],
	['text/html', '<PostResponse>'],
	['text/html', '<Error><Code>SlowDown</Code></Error>'],
	['application/xml', '<htmlish/>'],
	['text/plain', 'Please log in'],
	['application/octet-stream', 'x <html>'],
])('what One Codex or S3 answers is none: %j, %j', (type, text) => {
	expect(isPage(headers(type), text)).toBe(false);
});
