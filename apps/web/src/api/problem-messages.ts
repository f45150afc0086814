import { limits, type Schema } from '@viernes/api-client';
import { Problem, type ProblemCode } from './problem.js';

/** Messages for users. The title of the problem is shown for codes without an entry. */
const MESSAGES: Partial<Readonly<Record<ProblemCode, string>>> = {
  NETWORK: 'We cannot reach Viernes. Check your connection and try again.',
  REQUEST_INVALID: 'Some fields are not valid. Correct them and try again.',
  CREDENTIALS_WRONG: 'This email and password do not match.',
  EMAIL_TAKEN: 'An account with this email already exists. Sign in instead.',
  SESSION_ENDED: 'Your session has ended. Sign in again.',
  UNAUTHENTICATED: 'Sign in first.',
  FORBIDDEN: 'This account is not allowed to do this.',
  RATE_LIMITED: 'Too many requests. Wait a moment and try again.',
  OVERLOADED: 'Viernes is very busy. Try again in a moment.',
  DEPENDENCY_UNAVAILABLE: 'Viernes is temporarily unavailable. Try again in a moment.',
  DEADLINE_EXCEEDED: 'The request took too long. Try again in a moment.',
  TITLE_NOT_FOUND: 'This title is not in the catalog.',
  TITLE_EXISTS: 'A title like this already exists.',
  TITLE_CHANGED: 'Another editor changed this title. Nothing was saved.',
  TITLE_NOT_A_SERIES: 'Only a series has seasons.',
  TITLE_HAS_EPISODES: 'A series has no video. Upload a video to one of its episodes.',
  TITLE_NOT_PLAYABLE: 'This title has no video yet.',
  STREAM_LIMIT_REACHED:
    'This account already plays on the maximum number of devices. Stop playback on one of them, or try again in a minute.',
  PLAYBACK_UNSUPPORTED:
    'This browser cannot play this video. Use a current version of Chrome, Edge, Firefox or Safari.',
  PART_REJECTED: 'A part of the file could not be stored. Continue the upload to send it again.',
  UPLOAD_TOO_LARGE: 'This file is too large.',
  UPLOAD_CLOSED: 'This upload is closed. Start it again.',
  UPLOAD_INCOMPLETE: 'Some parts are missing. Continue the upload to send them again.',
  UPLOAD_SIZE_MISMATCH: 'The uploaded size differs from the size of the file. Upload the file again.',
  UPLOAD_CHECKSUM_MISMATCH: 'The uploaded bytes differ from the file. Upload the file again.',
  UPLOAD_LIMIT_REACHED: 'Too many uploads are open. Finish or cancel one of them first.',
  SOURCE_UNREADABLE: 'This file is not a video that we can read.',
  SOURCE_LIMIT_EXCEEDED: 'This video is longer, larger or more complex than allowed.',
  TRANSCODE_FAILED: 'The video could not be processed. Try another version of the file.',
};

export function toMessage(error: unknown): string {
  if (!(error instanceof Problem)) return 'An unexpected error occurred. Try again.';
  return MESSAGES[error.code] ?? error.message;
}

/** Returns the message for the failure code of an asset. */
export function toFailureMessage(code: Schema<'Asset'>['failureCode']): string {
  return (code === null ? undefined : MESSAGES[code as ProblemCode]) ?? 'The video could not be processed.';
}

const { profileName, password } = limits.NewAccount;
const { name, synopsis, releaseYear } = limits.NewTitle;

/** Messages for invalid fields, by the path that the API reports. */
const FIELD_MESSAGES: Readonly<Record<string, string>> = {
  email: 'Enter a valid email address.',
  password: `Use ${password.minLength} to ${password.maxLength} characters.`,
  profileName: `Enter a name of up to ${profileName.maxLength} characters.`,
  name: `Enter a name of up to ${name.maxLength} characters.`,
  synopsis: `Use up to ${synopsis.maxLength} characters.`,
  releaseYear: `Enter a year from ${releaseYear.minimum} to ${releaseYear.maximum}.`,
  genres: 'Enter up to 10 genres, separated by commas.',
};

/** Returns one message per invalid field, by field name. An index in the path of a list is ignored. */
export function toFieldMessages(error: unknown): Readonly<Partial<Record<string, string>>> {
  if (!(error instanceof Problem)) return {};
  const fields = error.fieldErrors.map(({ path }) => path.split('.')[0] ?? path);
  return Object.fromEntries(fields.map((field) => [field, FIELD_MESSAGES[field] ?? 'This value is not valid.']));
}
