import { ANSWER_TIMEOUT_MS } from '../api/answer';
import type { ApiSettings } from '../api/request';
import { plainValue, shown } from '../errors/given';
import { OneCodexError } from '../errors/oneCodexError';
import { MAX_RETRIES } from '../http/retry';

/** How an upload deals with a network or a service that fails. */
export interface UploadSettings {
	/** Attempts after the first, for each request. */
	maxRetries: number;
	/** Milliseconds without a byte moved after which an attempt is given up. */
	idleTimeout: number;
	/** Whether the MD5 of what was sent is compared with what the storage has. */
	verifyIntegrity: boolean;
	/** How files go to S3: by one form, in parts, or as their size asks for. */
	transfer: Transfer;
	/** Bytes above which `auto` sends in parts. */
	multipartThreshold: number;
	/** Parts on their way at the same time. */
	partConcurrency: number;
}

const TRANSFERS = ['auto', 'post', 'multipart'] as const;
type Transfer = (typeof TRANSFERS)[number];

const MIB = 1024 * 1024;

export const MULTIPART_THRESHOLD_MIB = 64;
export const PART_CONCURRENCY = 4;

export const IDLE_TIMEOUT_SECONDS = ANSWER_TIMEOUT_MS / 1_000;

/** Timers of Node.js end at once where they should last for more than 24 days. */
const SECONDS_OF_A_DAY = 86_400;

/**
 * The settings that the options of an upload give.
 *
 * @throws OneCodexError (input)
 */
export function uploadSettings(options: unknown): UploadSettings {
	const {
		maxRetries = MAX_RETRIES,
		idleTimeout = IDLE_TIMEOUT_SECONDS,
		verifyIntegrity = true,
		transfer = 'auto',
		multipartThreshold = MULTIPART_THRESHOLD_MIB,
		partConcurrency = PART_CONCURRENCY,
	} = plainOptions(options);
	check(
		isWhole(maxRetries, 0),
		'Max Retries must be a whole number, 0 or more',
		RETRIES,
		maxRetries,
	);
	check(
		isSeconds(idleTimeout),
		'Idle Timeout must be a number of seconds from 1 to 86400',
		IDLE,
		idleTimeout,
	);
	check(
		typeof verifyIntegrity === 'boolean',
		'Verify Integrity must be true or false',
		VERIFY,
		verifyIntegrity,
	);
	check(isTransfer(transfer), 'Transfer must be auto, post or multipart', TRANSFER, transfer);
	check(
		isThreshold(multipartThreshold),
		'Multipart Threshold must be from 1 to 5120 MiB',
		THRESHOLD,
		multipartThreshold,
	);
	check(
		isWhole(partConcurrency, 1) && Number(partConcurrency) <= MOST_PARTS_AT_ONCE,
		`Part Concurrency must be a whole number from 1 to ${MOST_PARTS_AT_ONCE}`,
		CONCURRENCY,
		partConcurrency,
	);
	return {
		maxRetries: Number(maxRetries),
		idleTimeout: Number(idleTimeout) * 1_000,
		verifyIntegrity: Boolean(verifyIntegrity),
		transfer: transfer as Transfer,
		multipartThreshold: Number(multipartThreshold) * MIB,
		partConcurrency: Number(partConcurrency),
	};
}

/** For the requests to One Codex that belong to an upload. */
export function apiSettings(settings: UploadSettings, signal: AbortSignal): ApiSettings {
	const { maxRetries, idleTimeout } = settings;
	return { maxRetries, answerTimeout: idleTimeout, signal };
}

/** Whether a file of this size is sent in parts. */
export function goesInParts(size: number, settings: UploadSettings): boolean {
	if (settings.transfer === 'auto') return size > settings.multipartThreshold;
	return settings.transfer === 'multipart';
}

const MOST_PARTS_AT_ONCE = 32;

const RETRIES = 'It is how often a request is repeated that failed. The default is 5.';
const IDLE = 'An attempt in which no byte moves for so long is repeated. The default is 60.';
const VERIFY = 'It is on by default.';
const TRANSFER = 'The default is auto: by one form, or in parts where the file is large.';
const THRESHOLD = `Larger files go in parts. The default is ${MULTIPART_THRESHOLD_MIB}.`;
const CONCURRENCY = `It is how many parts go at the same time. The default is ${PART_CONCURRENCY}.`;

function check(isRight: boolean, message: string, description: string, value: unknown): void {
	if (!isRight) {
		throw new OneCodexError('input', `${message}, not ${shown(value)}`, { description });
	}
}

/** As they are meant, where an expression gave a number as text. */
function plainOptions(options: unknown): Record<string, unknown> {
	const entries = Object.entries((options ?? {}) as Record<string, unknown>);
	return Object.fromEntries(entries.map(([name, value]) => [name, plainValue(value)]));
}

function isWhole(value: unknown, least: number): boolean {
	return Number.isSafeInteger(value) && Number(value) >= least;
}

function isSeconds(value: unknown): boolean {
	return typeof value === 'number' && value >= 1 && value <= SECONDS_OF_A_DAY;
}

function isThreshold(value: unknown): boolean {
	return typeof value === 'number' && value >= 1 && value <= 5 * 1024;
}

function isTransfer(value: unknown): value is Transfer {
	return TRANSFERS.some((transfer) => transfer === value);
}
