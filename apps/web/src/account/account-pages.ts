export { AccountDeletedPage } from './account-deleted-page.js';
export { AccountPage } from './account-page.js';
export { ApiKeysPage } from './api-keys-page.js';
export { ForgotPasswordPage } from './forgot-password-page.js';
export { ResetPasswordPage } from './reset-password-page.js';
export { VerifyEmailPage } from './verify-email-page.js';
