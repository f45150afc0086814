import { getSystemErrorMessage } from 'node:util';
import { UsageError } from './settings.js';

/** @param file the path, or a description that contains it */
export function toReadError(file: string, error: unknown): UsageError {
  const reason =
    codeOf(error) === 'ENOENT' ? 'does not exist. Check the path.' : `cannot be read: ${toSystemReason(error)}.`;
  return new UsageError(`${file} ${reason}`, { cause: error });
}

/** @param file the path, or a description that contains it */
export function toWriteError(file: string, error: unknown): UsageError {
  const reason = codeOf(error) === 'ENOENT' ? 'its folder does not exist' : toSystemReason(error);
  return new UsageError(`${file} cannot be written: ${reason}. Check the path.`, { cause: error });
}

/** Omits the error code and the system call of a Node.js message: `EACCES: permission denied, open 'films.csv'`. */
function toSystemReason(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  if (codeOf(error) === 'EISDIR') return 'it is a folder';
  return errno === undefined ? message : getSystemErrorMessage(errno);
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
