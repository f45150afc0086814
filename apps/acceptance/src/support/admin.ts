import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { Editor } from './editor.js';
import { apiClient, call, requireBody } from './http.js';
import { uniqueEmail } from './unique.js';
import { Viewer } from './viewer.js';

/** Creates an account with the role of admins, and a profile in this language. @returns its email */
export async function createAdmin(language: string): Promise<string> {
  const email = uniqueEmail();
  const profile = { profileName: 'Ana', language: language as Schema<'NewAccount'>['language'] };
  const body = { email, password: Viewer.password, ...profile };
  requireBody(await call(apiClient().POST('/v1/accounts', { body })), 201);
  const { session } = await Viewer.signIn(email);
  const admin = await Editor.signIn(config.edgeUrl, config.adminEmail);
  const params = { path: { id: session.account.id } };
  requireBody(
    await call(apiClient(admin.token).PUT('/v1/accounts/{id}/role', { params, body: { role: 'admin' } })),
    200,
  );
  return email;
}
