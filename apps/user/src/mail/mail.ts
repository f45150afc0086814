/** An email without its sender. */
export interface Mail {
  /** Identifies the mail in its `Message-ID`, so that mail servers can detect a repeated delivery. */
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The owner of an account. */
export interface Recipient {
  /** ID of the account. */
  readonly id: string;
  readonly email: string;
  /** A language tag. */
  readonly language: string;
}

/** Delivers mails. The settings select the adapter. */
export abstract class Mailer {
  /** @throws RecipientRejected if a retry cannot succeed, any other error if it can */
  abstract send(mail: Mail): Promise<void>;

  /** Closes open connections. */
  close(): void {}
}

/** The mail server does not accept the recipient, for example because the mailbox does not exist. */
export class RecipientRejected extends Error {}

/** A mail that is older is not delivered any more. The link in it has expired by then. */
export const DELIVERY_DAYS = 2;
