import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { onlyXmlBodies, withoutIdempotencyKeys, withoutXmlBodies, type OpenApiDocument } from './filter-document.js';
import { installSchemathesis, PythonMissingError } from './schemathesis.js';
import type { ApiFuzzSettings } from './settings.js';

const CONFIG = join(import.meta.dirname, '..', 'schemathesis.toml');

/** Tested with a separate session, because they can end it: Schemathesis reuses IDs of earlier responses. */
const SESSION_ENDING = ['endSession', 'endSessionById'];

/** Excluded, because the catalog would send requests to the hosts of generated URLs. */
const EXCLUDED = ['createWebhook', 'patchWebhook'];

const TIMEOUT_MS = 1_200_000;

type Json = Record<string, unknown>;

/**
 * Tests a running platform against its OpenAPI document with generated requests (Schemathesis). Its rate limits must be
 * raised. The README lists the checks.
 *
 * Without Python it does not run, except in CI, where that is an error.
 *
 * @returns whether all checks passed
 * @throws PythonMissingError in CI
 */
export async function runApiFuzz({ edgeUrl, editor, adminEmail, isCi, cacheDir }: ApiFuzzSettings): Promise<boolean> {
  const python = await installSchemathesis(cacheDir).catch((error: unknown) => {
    if (!(error instanceof PythonMissingError) || isCi) throw error;
    console.warn(`The API fuzz test DID NOT RUN. ${error.message}`);
  });
  if (python === undefined) return true;
  const folder = await mkdtemp(join(tmpdir(), 'viernes-api-fuzz-'));
  const schemathesis = async (
    env: Readonly<Record<string, string>>,
    document: OpenApiDocument,
    ...options: string[]
  ): Promise<boolean> => {
    const file = join(folder, `openapi-${randomUUID()}.json`);
    await writeFile(file, JSON.stringify(document));
    const command = ['-m', 'schemathesis.cli', '--config-file', CONFIG, '--no-color', 'run', file, '--url', edgeUrl];
    const args = [...command, ...options];
    const { exitCode, all } = await execa(python, args, {
      cwd: folder,
      stdin: 'ignore',
      all: true,
      env,
      reject: false,
      timeout: TIMEOUT_MS,
    });
    // Prints the output of a run as one block, because two runs are concurrent.
    console.log(all);
    return exitCode === 0;
  };
  try {
    const session = await signIn(edgeUrl, editor);
    const admin = adminEmail ? await signIn(edgeUrl, { ...editor, email: adminEmail }) : session;
    const fixtures = {
      ...(await createFixtures(edgeUrl, session)),
      ...(await createHousehold(edgeUrl)),
      ADMIN_TOKEN: admin.accessToken,
    };
    const endedSession = await signIn(edgeUrl, editor);
    const openApi = (await request(edgeUrl, '/v1/openapi.json', {})) as unknown as OpenApiDocument;
    const document = withoutIdempotencyKeys(openApi);
    const json = withoutXmlBodies(document);
    const exclusions = [...SESSION_ENDING, ...EXCLUDED].flatMap((id) => ['--exclude-operation-id', id]);
    const testTitles = async (): Promise<boolean> => {
      const hasPassed = await schemathesis(fixtures, json, '--include-tag', 'titles');
      // Only valid bodies: Schemathesis expects that the text `null` is rejected, because it is null in JSON. Only titles:
      // Schemathesis removes characters that XML cannot contain, and passwords are too short without them.
      const options = ['--mode', 'positive', '--phases', 'fuzzing', '--include-tag', 'titles'];
      return (await schemathesis(fixtures, onlyXmlBodies(document), ...options)) && hasPassed;
    };
    const testOthers = async (): Promise<boolean> => {
      const hasPassed = await schemathesis(fixtures, json, '--exclude-tag', 'titles', ...exclusions);
      const endedFixtures = { ...fixtures, API_TOKEN: endedSession.accessToken };
      const ending = SESSION_ENDING.flatMap((id) => ['--include-operation-id', id]);
      return (await schemathesis(endedFixtures, json, ...ending)) && hasPassed;
    };
    // Two processes, because Schemathesis uses more CPU time than the platform, and only one core.
    return (await Promise.all([testTitles(), testOthers()])).every(Boolean);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface FuzzSession {
  readonly accessToken: string;
  readonly profileId: string;
}

async function signIn(edgeUrl: string, credentials: ApiFuzzSettings['editor']): Promise<FuzzSession> {
  const session = await request(edgeUrl, '/v1/sessions', { body: { ...credentials } });
  const [profile] = session['profiles'] as { readonly id: string }[];
  return { accessToken: String(session['accessToken']), profileId: profile?.id ?? randomUUID() };
}

/** Creates an account whose profiles the test changes. Other tests rely on the profiles of the editor. */
async function createHousehold(edgeUrl: string): Promise<Record<string, string>> {
  const credentials = { email: `api-fuzz-${randomUUID()}@example.com`, password: randomUUID() };
  await request(edgeUrl, '/v1/accounts', { body: { ...credentials, profileName: 'Ana' } });
  const { accessToken, profileId } = await signIn(edgeUrl, credentials);
  const other = await request(edgeUrl, '/v1/profiles', { token: accessToken, body: { name: 'Other' } });
  return { HOUSEHOLD_TOKEN: accessToken, HOUSEHOLD_PROFILE_ID: profileId, OTHER_PROFILE_ID: String(other['id']) };
}

/** Creates a title with a person, a series, and an upload, and plays a title if the platform has a playable one. */
async function createFixtures(
  edgeUrl: string,
  { accessToken, profileId }: FuzzSession,
): Promise<Record<string, string>> {
  const send = (path: string, body?: Json): Promise<Json> => request(edgeUrl, path, { token: accessToken, body });
  const title = await send('/v1/titles', {
    kind: 'film',
    name: 'API fuzz test',
    credits: [{ name: 'API fuzz test', role: 'director' }],
  });
  const [credit] = title['credits'] as { readonly personId: string }[];
  const series = await send('/v1/titles', { kind: 'series', name: 'API fuzz test' });
  await send(`/v1/titles/${String(series['id'])}/seasons`, { number: 1, episodes: [{ number: 1, name: 'One' }] });
  const file = { fileName: 'api-fuzz.mp4', sizeBytes: 20_000_000, sha256: 'ab'.repeat(32) };
  const upload = await send('/v1/uploads', { titleId: title['id'], ...file });
  const fixtures = {
    API_TOKEN: accessToken,
    PROFILE_ID: profileId,
    TITLE_ID: String(title['id']),
    SERIES_ID: String(series['id']),
    PERSON_ID: credit?.personId ?? randomUUID(),
    UPLOAD_ID: String(upload['id']),
    // Its deliveries go to the edge, which rejects them.
    WEBHOOK_ID: await createWebhook(edgeUrl, accessToken),
    ASSET_ID: randomUUID(),
    PLAYBACK_ID: randomUUID(),
    PLAYBACK_TOKEN: 'token',
    RENDITION_ID: randomUUID(),
  };
  const { titles } = await send('/v1/titles?playable=true&pageSize=1');
  const [playable] = titles as { readonly id: string; readonly assetId: string }[];
  if (!playable) return fixtures;
  const playback = await send('/v1/playback', { titleId: playable.id, profileId });
  const { renditions } = await send(`/v1/assets/${playable.assetId}`);
  const [rendition] = renditions as { readonly id: string }[];
  return {
    ...fixtures,
    ASSET_ID: playable.assetId,
    PLAYBACK_ID: String(playback['id']),
    PLAYBACK_TOKEN: new URL(String(playback['playlistUrl']), edgeUrl).searchParams.get('token') ?? '',
    RENDITION_ID: rendition?.id ?? fixtures.RENDITION_ID,
  };
}

/** Returns a random ID if the platform does not send webhooks, or only to public addresses. */
async function createWebhook(edgeUrl: string, token: string): Promise<string> {
  const body = { url: `${edgeUrl}/api-fuzz`, eventTypes: ['asset.failed'] };
  const { webhook } = await request(edgeUrl, '/v1/webhooks', { token, body }).catch((): Json => ({}));
  return (webhook as { readonly id: string } | undefined)?.id ?? randomUUID();
}

async function request(
  edgeUrl: string,
  path: string,
  { token, body }: { readonly token?: string; readonly body?: Json | undefined },
): Promise<Json> {
  const response = await fetch(edgeUrl + path, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} returned ${response.status}: ${text}`);
  return JSON.parse(text) as Json;
}
