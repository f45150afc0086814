/** How long a user has to sign in at the provider. */
export const AUTHORIZATION_TTL_MINUTES = 10;

/** A user of an OpenID provider, linked with the account that this user signs in to. */
export interface Identity {
  readonly id: string;
  readonly accountId: string;
  readonly issuer: string;
  /** Identifies the user at the provider, also after a change of the email. */
  readonly subject: string;
  /** The email at the provider, as of the latest sign-in, or of the link before the first one. Null if not verified. */
  readonly email: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** The verified claims of a provider about a user. */
export interface VerifiedIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** Undefined if the provider has not verified it, or if it is not a valid email for an account. */
  readonly verifiedEmail: string | undefined;
  /** The name of the first profile. Undefined if the provider states none. */
  readonly name: string | undefined;
}

/** The parameters with which the provider redirects the browser to the web app, and the secret of the browser's cookie. */
export interface ProviderResponse {
  readonly state: string;
  readonly code: string;
  /** Empty if the provider sends none. */
  readonly issuer: string;
  readonly browserSecret: string;
}
