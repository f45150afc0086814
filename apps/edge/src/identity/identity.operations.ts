import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { SIGN_IN_LIMITS } from '../gateway/consume-limits.js';
import { currentPassword } from '../request/request-fields.js';
import { session } from '../session/session.schema.js';
import {
  authorization,
  endedSignInCookieHeaders,
  identity,
  providerId,
  providerResponse,
  providerSessionHeaders,
  signInCookieHeaders,
  signInProvider,
} from './identity.schema.js';

export const listSignInProviders = defineOperation({
  operationId: 'listSignInProviders',
  method: 'GET',
  path: '/v1/sign-in-providers',
  tag: 'sessions',
  summary: 'List the OpenID providers with which users can sign in',
  auth: 'none',
  success: {
    status: 200,
    description: 'The providers, none by default',
    schema: z.object({ providers: z.array(signInProvider) }).meta({ id: 'SignInProviderList' }),
  },
  errors: [],
});

export const startProviderSignIn = defineOperation({
  operationId: 'startProviderSignIn',
  method: 'POST',
  idempotency: { notStored: 'an unused sign-in expires' },
  path: '/v1/sessions/provider-authorizations',
  tag: 'sessions',
  summary: 'Start a sign-in with a provider; returns the URL for the browser (OpenID Connect, PKCE)',
  rateLimits: ['sign-in-ip'],
  auth: 'none',
  body: z.strictObject({ providerId }).meta({ id: 'ProviderSignInStart', examples: [{ providerId: 'example' }] }),
  success: { status: 201, description: 'The URL', schema: authorization, headers: signInCookieHeaders },
  errors: ['SIGN_IN_PROVIDER_NOT_FOUND', 'SIGN_IN_PROVIDER_UNAVAILABLE', 'CSRF_REJECTED'],
});

export const signInWithProvider = defineOperation({
  operationId: 'signInWithProvider',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/sessions/provider',
  tag: 'sessions',
  summary:
    'Sign in with the response of a provider, in the browser that started the sign-in; creates an account for a new user with a verified email',
  rateLimits: ['sign-in-ip'],
  auth: 'none',
  offersCookieSession: true,
  recordsClient: true,
  body: providerResponse,
  returnsCredentials: true,
  success: { status: 201, description: 'The session', schema: session, headers: providerSessionHeaders },
  errors: [
    'IDENTITY_REJECTED',
    'IDENTITY_EMAIL_UNVERIFIED',
    'IDENTITY_NOT_LINKED',
    'SIGN_IN_PROVIDER_NOT_FOUND',
    'SIGN_IN_PROVIDER_UNAVAILABLE',
    'CSRF_REJECTED',
  ],
});

export const listIdentities = defineOperation({
  operationId: 'listIdentities',
  method: 'GET',
  path: '/v1/account/identities',
  tag: 'accounts',
  summary: 'List the identities with which the owner of the account can sign in, oldest first',
  auth: 'required',
  scope: 'none',
  success: {
    status: 200,
    description: 'The identities',
    schema: z
      .object({
        identities: z.array(identity),
        hasPassword: z
          .boolean()
          .describe(
            'False if the account was created without a password, until the owner sets one with a link in a mail',
          ),
      })
      .meta({ id: 'IdentityList' }),
  },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED'],
});

export const startIdentityLink = defineOperation({
  operationId: 'startIdentityLink',
  method: 'POST',
  idempotency: { notStored: 'each request checks the password, and an unused sign-in expires' },
  path: '/v1/account/identity-authorizations',
  tag: 'accounts',
  summary: 'Start linking an identity of a provider to the account; returns the URL for the browser',
  rateLimits: SIGN_IN_LIMITS,
  auth: 'required',
  scope: 'none',
  recordsClient: true,
  body: z
    .strictObject({ providerId, password: currentPassword })
    .meta({ id: 'IdentityLinkStart', examples: [{ providerId: 'example', password: 'correct horse battery' }] }),
  success: { status: 201, description: 'The URL', schema: authorization, headers: signInCookieHeaders },
  errors: [
    'PROFILE_NOT_SELECTED',
    'PROFILE_LIMITED',
    'PASSWORD_WRONG',
    'EMAIL_UNVERIFIED',
    'SIGN_IN_PROVIDER_NOT_FOUND',
    'SIGN_IN_PROVIDER_UNAVAILABLE',
    'OVERLOADED',
  ],
});

export const addIdentity = defineOperation({
  operationId: 'addIdentity',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/account/identities',
  tag: 'accounts',
  summary: 'Link the identity in the response of a provider, at most one per provider; the owner receives a mail',
  rateLimits: ['sign-in-ip'],
  auth: 'required',
  scope: 'none',
  recordsClient: true,
  body: providerResponse,
  success: { status: 201, description: 'The identity', schema: identity, headers: endedSignInCookieHeaders },
  errors: [
    'PROFILE_NOT_SELECTED',
    'PROFILE_LIMITED',
    'IDENTITY_REJECTED',
    'IDENTITY_CONFLICT',
    'SIGN_IN_PROVIDER_NOT_FOUND',
    'SIGN_IN_PROVIDER_UNAVAILABLE',
  ],
});

export const removeIdentity = defineOperation({
  operationId: 'removeIdentity',
  method: 'DELETE',
  path: '/v1/account/identities/:id',
  tag: 'accounts',
  summary: 'Remove an identity; the owner receives a mail, and sessions continue',
  auth: 'required',
  scope: 'none',
  recordsClient: true,
  params: z.strictObject({ id: uuid }),
  success: { status: 204, description: 'The identity can no longer be used to sign in' },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'IDENTITY_NOT_FOUND'],
});

export const identityOperations = [
  listSignInProviders,
  startProviderSignIn,
  signInWithProvider,
  listIdentities,
  startIdentityLink,
  addIdentity,
  removeIdentity,
];
