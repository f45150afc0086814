/** The action that the recipient of a link can take without a password. */
export type LinkPurpose = 'emailVerification' | 'passwordReset';

/** How long a link is valid, in hours. The mails state it. */
export const VALID_HOURS: Readonly<Record<LinkPurpose, number>> = { emailVerification: 24, passwordReset: 1 };

/** Pages of the web app. The token follows as a fragment, which browsers do not send, so that no log contains it. */
export const LINK_PATHS: Readonly<Record<LinkPurpose, string>> = {
  emailVerification: '/verify-email',
  passwordReset: '/reset-password',
};

/** Links per account and purpose in an hour. Protects the mailbox of the owner. */
export const MAX_LINKS_PER_HOUR = 3;

/** A used link. */
export interface RedeemedLink {
  readonly accountId: string;
  /** The address that received the link. */
  readonly email: string;
}
