import { z } from 'zod';
import { email, linkToken, newPassword, password } from '../account/account.requests.js';

export const RequestPasswordResetRequest = z.object({ email });

export type RequestPasswordResetRequest = z.infer<typeof RequestPasswordResetRequest>;

export const ResetPasswordRequest = z.object({ token: linkToken, newPassword });

export type ResetPasswordRequest = z.infer<typeof ResetPasswordRequest>;

export const ChangePasswordRequest = z.object({ password, newPassword });

export type ChangePasswordRequest = z.infer<typeof ChangePasswordRequest>;
