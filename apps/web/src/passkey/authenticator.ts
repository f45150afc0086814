import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import type { Schema } from '@viernes/api-client';
import { Problem, type ProblemCode } from '../api/problem.js';

const IP_ADDRESS = /^(?:\[.*\]|[\d.]+)$/;

/** Whether this page can create and use passkeys. Browsers exclude IP addresses, and plain HTTP except for localhost. */
export function canUsePasskeys(): boolean {
  return browserSupportsWebAuthn() && !IP_ADDRESS.test(location.hostname);
}

/** Prompts the user to create a passkey. @throws Problem PASSKEY_CANCELED, PASSKEY_EXISTS, PASSKEY_UNSUPPORTED */
export async function createPasskey(
  optionsJSON: Schema<'PasskeyCreationOptions'>,
): Promise<Schema<'NewPasskey'>['credential']> {
  const { id, response } = await startRegistration({ optionsJSON }).catch(throwProblem);
  const { clientDataJSON, attestationObject, transports = [] } = response;
  return { id, response: { clientDataJSON, attestationObject, transports } };
}

/** Prompts the user to select a passkey. @throws Problem PASSKEY_CANCELED, PASSKEY_UNSUPPORTED */
export async function signWithPasskey(
  optionsJSON: Schema<'PasskeyRequestOptions'>,
): Promise<Schema<'PasskeySignIn'>['credential']> {
  const { id, response } = await startAuthentication({ optionsJSON }).catch(throwProblem);
  const { clientDataJSON, authenticatorData, signature, userHandle = '' } = response;
  return { id, response: { clientDataJSON, authenticatorData, signature, userHandle } };
}

/**
 * Problems by the names of exceptions. Browsers use some of them for a timeout, too.
 *
 * @see https://www.w3.org/TR/webauthn-3/ section 5.1
 */
const CODES: Readonly<Record<string, ProblemCode>> = {
  AbortError: 'PASSKEY_CANCELED',
  NotAllowedError: 'PASSKEY_CANCELED',
  InvalidStateError: 'PASSKEY_EXISTS',
};

function throwProblem(cause: unknown): never {
  const name = cause instanceof Error ? cause.name : '';
  throw new Problem({ title: 'No passkey', status: 0, code: CODES[name] ?? 'PASSKEY_UNSUPPORTED' }, { cause });
}
