import { randomBytes } from 'node:crypto';

/** One Codex's ids: 16 lower-case hex digits. */
export const newId = (): string => randomBytes(8).toString('hex');
