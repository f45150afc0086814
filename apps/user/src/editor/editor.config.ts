import { email, newPassword } from '../account/account.requests.js';

export const editorEnv = {
  /** An account with the role editor, created at start if no account has this email. */
  EDITOR_EMAIL: email.optional(),
  EDITOR_PASSWORD: newPassword.optional(),
};

export interface EditorConfig {
  readonly EDITOR_EMAIL?: string | undefined;
  readonly EDITOR_PASSWORD?: string | undefined;
}

export const EDITOR_CONFIG = Symbol('EDITOR_CONFIG');
