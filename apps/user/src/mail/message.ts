import type { SendMailOptions } from 'nodemailer';
import type { Mail } from './mail.js';

/** Returns a mail as a message of RFC 5322. */
export function toMessage({ id, recipient, subject, text, html }: Mail, from: string): SendMailOptions {
  return {
    from,
    to: recipient,
    subject,
    text,
    html,
    messageId: `<${id}@viernes>`,
    // Mail programs then send no automatic replies (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
