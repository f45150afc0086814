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

/** The first attempt to deliver an older mail is the last one. The link in the mail has expired by then. */
export const DELIVERY_DAYS = 2;
