export interface Attachment {
	filename: string;
	contentType: string;
	content: Buffer;
	/** How the name is written where it is not ASCII: as newer or as older mail programs do. */
	nameAs?: 'rfc2231' | 'rfc2047';
}

const boundary = '=_next_part';

function disposition({ filename, nameAs }: Attachment): string {
	if (nameAs === 'rfc2231') return `attachment; filename*=utf-8''${encodeURIComponent(filename)}`;
	if (nameAs === undefined) return `attachment; filename="${filename}"`;
	return `attachment; filename="=?utf-8?B?${Buffer.from(filename).toString('base64')}?="`;
}

const part = (attachment: Attachment): string[] => [
	`--${boundary}`,
	`Content-Type: ${attachment.contentType}`,
	`Content-Disposition: ${disposition(attachment)}`,
	'Content-Transfer-Encoding: base64',
	'',
	attachment.content.toString('base64').replace(/.{76}/g, '$&\r\n'),
];

/** An e-mail as it goes over the wire. */
export function message(subject: string, attachments: Attachment[] = []): string {
	return [
		'From: Sequencer <sequencer@example.com>',
		'To: Lab <lab@example.com>',
		`Subject: ${subject}`,
		`Date: ${new Date().toUTCString()}`,
		'MIME-Version: 1.0',
		`Content-Type: multipart/mixed; boundary="${boundary}"`,
		'',
		`--${boundary}`,
		'Content-Type: text/plain; charset=utf-8',
		'',
		'The run has ended.',
		...attachments.flatMap(part),
		`--${boundary}--`,
		'',
	].join('\r\n');
}
