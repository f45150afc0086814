import type { Schema } from '@viernes/api-client';
import { readData } from '../api/problem.js';
import { renewSession } from '../session/accounts.js';
import { edge } from '../session/edge-client.js';
import { publicEdge } from '../session/refresh-session.js';
import { sessionStore } from '../session/session-store.js';

/** The key prefix of queries about the account. Changes of the account invalidate them. */
export const ACCOUNT_QUERIES = ['account'];

/** Verifies the email, and updates the session of this browser. @throws Problem LINK_EXPIRED and others */
export async function verifyEmail(token: string): Promise<true> {
  await publicEdge.POST('/v1/email-verifications', { body: { token } });
  await renewSession().catch(() => undefined);
  return true;
}

export async function requestEmailVerification(): Promise<void> {
  await edge.POST('/v1/account/email-verifications');
}

export async function requestPasswordReset(email: string): Promise<void> {
  await publicEdge.POST('/v1/password-resets', { body: { email } });
}

/** @throws Problem LINK_EXPIRED and others */
export async function resetPassword(token: string, newPassword: string): Promise<void> {
  await publicEdge.POST('/v1/password-resets/confirm', { body: { token, newPassword } });
}

/** @throws Problem PASSWORD_WRONG and others */
export async function changePassword(password: string, newPassword: string): Promise<void> {
  await edge.PUT('/v1/account/password', { body: { password, newPassword } });
}

/** @throws Problem PASSWORD_WRONG, EMAIL_TAKEN, and others */
export async function changeEmail(password: string, email: string): Promise<void> {
  await edge.PUT('/v1/account/email', { body: { password, email } });
}

/** @throws Problem PASSWORD_WRONG, PROFILE_LIMITED, and others */
export async function exportAccount(password: string): Promise<Schema<'AccountExport'>> {
  return readData(edge.POST('/v1/account/export', { body: { password } }));
}

/** Signs out in all tabs, too. @throws Problem PASSWORD_WRONG, LAST_ADMIN, and others */
export async function deleteAccount(password: string): Promise<void> {
  await edge.POST('/v1/account/deletion', { body: { password } });
  sessionStore.set({ status: 'signed-out', isDeleted: true });
}
