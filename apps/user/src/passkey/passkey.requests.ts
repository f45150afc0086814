import { textLine } from '@viernes/platform';
import { z } from 'zod';
import { password } from '../account/account.requests.js';
import { parseJsonText } from '../json-text.js';
import { TRANSPORTS } from './passkey.js';

/** Far longer than credentials with RSA or post-quantum keys. Limits the work of decoding. */
const MAX_JSON_LENGTH = 32_768;

const passkeyId = z.string().max(100);
const name = textLine(1, 50);
const bytes = z.base64url().min(1);

function json<Schema extends z.ZodType>(schema: Schema) {
  return z.string().max(MAX_JSON_LENGTH).transform(parseJsonText).pipe(schema);
}

/** The fields of RegistrationResponseJSON that the service reads. */
const registrationCredential = z.object({
  id: bytes,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z
      .array(z.string())
      .default([])
      .transform((transports) => TRANSPORTS.filter((transport) => transports.includes(transport))),
  }),
});
export type RegistrationCredential = z.infer<typeof registrationCredential>;

/** The fields of AuthenticationResponseJSON that the service reads. */
const signInCredential = z.object({
  id: bytes,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes,
  }),
});
export type SignInCredential = z.infer<typeof signInCredential>;

export const StartPasskeyRegistrationRequest = z.object({ password });
export type StartPasskeyRegistrationRequest = z.infer<typeof StartPasskeyRegistrationRequest>;

export const FinishPasskeyRegistrationRequest = z.object({ name, credentialJson: json(registrationCredential) });
export type FinishPasskeyRegistrationRequest = z.infer<typeof FinishPasskeyRegistrationRequest>;

export const RenamePasskeyRequest = z.object({ passkeyId, name });
export type RenamePasskeyRequest = z.infer<typeof RenamePasskeyRequest>;

export const RemovePasskeyRequest = z.object({ passkeyId });
export type RemovePasskeyRequest = z.infer<typeof RemovePasskeyRequest>;

export const FinishPasskeySignInRequest = z.object({ credentialJson: json(signInCredential) });
export type FinishPasskeySignInRequest = z.infer<typeof FinishPasskeySignInRequest>;
