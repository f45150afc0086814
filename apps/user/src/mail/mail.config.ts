import { z } from 'zod';

export const mailEnv = {
  /** `log` writes mails, with their links, to the log: only for development. */
  MAIL_TRANSPORT: z.enum(['log', 'file', 'smtp']).default('log'),
  /** The sender. */
  MAIL_FROM: z.string().min(3).max(300).default('Viernes <no-reply@viernes.example>'),
  /** Folder of the files that the transport `file` writes. */
  MAIL_DIR: z.string().min(1).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** URL of the web app, to which the links in mails and the sign-in providers lead, and for which passkeys are valid. */
  WEB_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8400'),
};

export type MailConfig = Readonly<z.infer<z.ZodObject<typeof mailEnv>>>;

export const MAIL_CONFIG = Symbol('MAIL_CONFIG');

/** The setting that a transport requires. */
export const TRANSPORT_SETTINGS = { file: 'MAIL_DIR', smtp: 'SMTP_URL' } as const;
