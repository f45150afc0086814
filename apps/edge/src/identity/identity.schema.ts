import { uuid } from '@viernes/platform';
import { z } from 'zod';

export const signInProvider = z
  .object({ id: z.string(), name: z.string().describe('Shown to users') })
  .meta({ id: 'SignInProvider', examples: [{ id: 'example', name: 'Example' }] });

/** Accepts any text, because an unknown ID returns SIGN_IN_PROVIDER_NOT_FOUND. */
export const providerId = z.string().min(1).max(100);

export const authorization = z
  .object({
    url: z
      .string()
      .describe('A page of the provider, which the browser opens. It redirects to `/sign-in/callback` of the web app'),
  })
  .meta({
    id: 'ProviderAuthorization',
    examples: [{ url: 'https://id.example/authorize?client_id=viernes&response_type=code&state=Zm9v' }],
  });

export const signInCookieHeaders = {
  'Set-Cookie': 'The secret of this sign-in, `HttpOnly` and `SameSite=Strict`, valid for 10 minutes',
};

export const endedSignInCookieHeaders = { 'Set-Cookie': 'Deletes the secret of the sign-in' };

export const providerSessionHeaders = {
  'Set-Cookie': 'The cookies of the session, as in `createSession`. Also deletes the secret of the sign-in',
};

/** The parameters of the redirect. */
export const providerResponse = z
  .strictObject({
    state: z.string().min(1).max(200),
    code: z.string().min(1).max(4_096),
    iss: z.string().min(1).max(1_000).optional().describe('The issuer, if the provider sends it (RFC 9207)'),
  })
  .meta({
    id: 'ProviderResponse',
    examples: [{ state: 'bSmP7pq2yA0oVwTnGd3Xk9LhR5sCe1UjZfQi8NtYuM4', code: 'n0esc3NRze7LTCu7iYzS6a5acc3f0ogp4' }],
  });

export const identity = z
  .object({
    id: uuid,
    providerName: z.string(),
    email: z
      .string()
      .nullable()
      .describe('The email at the provider when the identity was linked or last used. Null if it is not verified'),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable().describe('The latest sign-in. Null if there is none'),
  })
  .meta({
    id: 'Identity',
    examples: [
      {
        id: '5c0e7d5a-93a4-4d0c-9a53-0f2d1b7c6e18',
        providerName: 'Example',
        email: 'ada@example.com',
        createdAt: '2026-06-01T19:00:00.000Z',
        lastUsedAt: '2026-06-05T20:15:00.000Z',
      },
    ],
  });
