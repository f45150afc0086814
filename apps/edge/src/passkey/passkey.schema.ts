import { uuid } from '@viernes/platform';
import { z } from 'zod';

// The JSON formats of WebAuthn: https://www.w3.org/TR/webauthn-3/ sections 5.1, 5.4 and 5.5.

/** Base64url without padding (RFC 4648 section 5), at least one byte. */
const bytes = z
  .string()
  .min(2)
  .regex(/^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/);
const credentialType = z.literal('public-key');
const userVerification = z.literal('required');
const timeout = z.int().describe('Milliseconds in which the user must confirm');
const challenge = bytes.describe('Valid once, for 5 minutes');

const CHALLENGE = '45VqluVOGqmReprL2FjEywXrUZej6KPwrFghrL4be-s';
const CREDENTIAL_ID = 'xkq0mXcJ3u2rZ0i1sVb4UA';
const CLIENT_DATA = 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0';
const AUTHENTICATOR_DATA = 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ';

export const creationOptions = z
  .object({
    challenge,
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: bytes, name: z.string(), displayName: z.string() }),
    pubKeyCredParams: z.array(z.object({ type: credentialType, alg: z.int() })),
    timeout,
    excludeCredentials: z
      .array(
        z.object({
          id: bytes,
          type: credentialType,
          transports: z.array(z.enum(['ble', 'hybrid', 'internal', 'nfc', 'usb'])),
        }),
      )
      .describe('The passkeys of the account. An authenticator that has one of them does not create another one'),
    authenticatorSelection: z.object({
      residentKey: z.literal('required'),
      requireResidentKey: z.boolean(),
      userVerification,
    }),
    attestation: z.literal('none'),
  })
  .meta({
    id: 'PasskeyCreationOptions',
    examples: [
      {
        challenge: CHALLENGE,
        rp: { id: 'viernes.example', name: 'Viernes' },
        user: { id: 'my8KU2ocTz6KVQ08HA9-IQ', name: 'ada@example.com', displayName: 'ada@example.com' },
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        timeout: 300_000,
        excludeCredentials: [{ id: CREDENTIAL_ID, type: 'public-key', transports: ['internal'] }],
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: 'required',
        },
        attestation: 'none',
      },
    ],
  });

export const requestOptions = z.object({ challenge, rpId: z.string(), timeout, userVerification }).meta({
  id: 'PasskeyRequestOptions',
  examples: [{ challenge: CHALLENGE, rpId: 'viernes.example', timeout: 300_000, userVerification: 'required' }],
});

const bodyBytes = bytes.max(16_384);
/** At most 1,023 bytes: section 4, Credential ID. */
const credentialId = bytes.max(1_364);
/** At most 64 bytes: section 4, User Handle. */
const userHandle = bytes.max(86);

/** Not strict, unlike other bodies, because browsers send further fields. They are ignored. */
export const registrationCredential = z.object({
  id: credentialId,
  response: z.object({
    clientDataJSON: bodyBytes,
    attestationObject: bodyBytes,
    transports: z.array(z.string().max(50)).max(10).optional(),
  }),
});

/** Not strict, like `registrationCredential`. */
export const signInCredential = z.object({
  id: credentialId,
  response: z.object({
    clientDataJSON: bodyBytes,
    authenticatorData: bodyBytes,
    signature: bodyBytes,
    userHandle,
  }),
});

export const CREATED_CREDENTIAL_EXAMPLE = {
  id: CREDENTIAL_ID,
  response: {
    clientDataJSON: CLIENT_DATA,
    attestationObject: 'o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVik',
    transports: ['internal'],
  },
};

export const SIGN_IN_CREDENTIAL_EXAMPLE = {
  id: CREDENTIAL_ID,
  response: {
    clientDataJSON: CLIENT_DATA,
    authenticatorData: AUTHENTICATOR_DATA,
    signature: 'MEUCIQDxkq0mXcJ3u2rZ0i1sVb4UA7pq2yA0oVwTnGd3Xk9LhQIg',
    userHandle: 'my8KU2ocTz6KVQ08HA9-IQ',
  },
};

export const passkey = z
  .object({
    id: uuid,
    name: z.string(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable().describe('The latest sign-in. Null if there is none'),
    isBackedUp: z.boolean().describe('Whether it is synchronized between devices'),
  })
  .meta({
    id: 'Passkey',
    examples: [
      {
        id: '5c0e7d5a-93a4-4d0c-9a53-0f2d1b7c6e18',
        name: 'Laptop',
        createdAt: '2026-06-01T19:00:00.000Z',
        lastUsedAt: '2026-06-05T20:15:00.000Z',
        isBackedUp: true,
      },
    ],
  });
