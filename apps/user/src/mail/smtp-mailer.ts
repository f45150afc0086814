import { createTransport } from 'nodemailer';
import { Mailer, RecipientRejected, type Mail } from './mail.js';
import { toMessage } from './message.js';

const TIMEOUT_MS = 15_000;
const MAX_CONNECTIONS = 2;

/** Sends mails over SMTP (RFC 5321). */
export class SmtpMailer extends Mailer {
  private readonly transport;

  /**
   * @param url `smtp://user:password@host:587` with STARTTLS, or `smtps://...:465`. Mails contain links that reset
   *   passwords, so a server without TLS requires `?requireTLS=false`.
   */
  constructor(
    url: string,
    private readonly from: string,
  ) {
    super();
    const requireTLS = new URL(url).searchParams.get('requireTLS') !== 'false';
    this.transport = createTransport({
      url,
      pool: true,
      requireTLS,
      maxConnections: MAX_CONNECTIONS,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
  }

  async send(mail: Mail): Promise<void> {
    try {
      await this.transport.sendMail(toMessage(mail, this.from));
    } catch (error) {
      throw isRejection(error) ? new RecipientRejected('recipient rejected', { cause: error }) : error;
    }
  }

  override close(): void {
    this.transport.close();
  }
}

/** A permanent rejection of the recipient (RFC 5321, section 4.2.1). A retry can resolve other errors. */
function isRejection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { command, responseCode } = error as { command?: string; responseCode?: number };
  return command === 'RCPT TO' && responseCode !== undefined && responseCode >= 500;
}
