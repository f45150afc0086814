import { email, newPassword } from '../account/account.requests.js';

/** Accounts that are created at start if no account has their email. */
export const initialAccountEnv = {
  EDITOR_EMAIL: email.optional(),
  EDITOR_PASSWORD: newPassword.optional(),
  ADMIN_EMAIL: email.optional(),
  ADMIN_PASSWORD: newPassword.optional(),
};

export type InitialAccountConfig = Readonly<Partial<Record<keyof typeof initialAccountEnv, string | undefined>>>;

export interface InitialAccount {
  readonly role: 'editor' | 'admin';
  readonly email: string;
  readonly password: string;
}

export const INITIAL_ACCOUNTS = Symbol('INITIAL_ACCOUNTS');
