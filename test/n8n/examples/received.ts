import { spreadsheetPackage } from '../differences';
import { packageOfN8n } from '../installation';

interface MailParser {
	simpleParser(message: string): Promise<{
		subject?: string;
		text?: string;
		html: string | false;
		attachments: Array<{ filename?: string; content: Buffer }>;
	}>;
}

interface Spreadsheets {
	read(bytes: Buffer): { SheetNames: string[]; Sheets: Record<string, unknown> };
	utils: { sheet_to_json(sheet: unknown): Array<Record<string, unknown>> };
}

export interface ReceivedMail {
	subject: string;
	text: string;
	/** '' of a message without any. */
	html: string;
	attachments: Array<{ filename?: string; content: Buffer }>;
}

/** An e-mail as its reader has it. */
export async function received(message: string): Promise<ReceivedMail> {
	const { simpleParser } = packageOfN8n('mailparser') as MailParser;
	const { subject = '', text = '', html, attachments } = await simpleParser(message);
	return { subject, text, html: html || '', attachments };
}

/** The rows of a spreadsheet's only sheet, by the names in its first row. */
export function rowsOf(spreadsheet: Buffer): Array<Record<string, unknown>> {
	const { read, utils } = packageOfN8n(spreadsheetPackage) as Spreadsheets;
	const { SheetNames, Sheets } = read(spreadsheet);
	return utils.sheet_to_json(Sheets[SheetNames[0]]);
}
