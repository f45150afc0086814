import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { EdgeCredentials } from './edge/edge-client.js';

/** An invalid command line, setting, or input file: exit code 2. */
export class UsageError extends Error {}

const EDGE_URL = z.url({ protocol: /^https?$/ });
const text = z.string().min(1);

/** The account of an editor. */
const editor = { EDGE_URL, EDITOR_EMAIL: text, EDITOR_PASSWORD: text };

/** An API key, or the account of an editor. */
const editorOrKey = {
  EDGE_URL,
  VIERNES_API_KEY: text.optional(),
  EDITOR_EMAIL: text.optional(),
  EDITOR_PASSWORD: text.optional(),
};

/** An API key, or the account of an admin. */
const adminOrKey = {
  EDGE_URL,
  VIERNES_API_KEY: text.optional(),
  ADMIN_EMAIL: text.optional(),
  ADMIN_PASSWORD: text.optional(),
};

type CredentialSetting = keyof typeof editorOrKey | keyof typeof adminOrKey;

function withCredentials<Shape extends z.ZodRawShape>(
  shape: Shape,
  account: readonly [email: CredentialSetting, password: CredentialSetting],
) {
  const isSetOrKey = (name: CredentialSetting) => (settings: unknown) =>
    [name, 'VIERNES_API_KEY'].some((setting) => Object.hasOwn(settings as object, setting));
  // By default, zod checks this only if all settings are valid. With `when`, it reports all errors together.
  const toIssue = (name: CredentialSetting) => ({ path: [name], error: 'not set', when: () => true });
  const [email, password] = account;
  return z.object(shape).refine(isSetOrKey(email), toIssue(email)).refine(isSetOrKey(password), toIssue(password));
}

const withEditorOrKey = <Shape extends typeof editorOrKey>(shape: Shape) =>
  withCredentials(shape, ['EDITOR_EMAIL', 'EDITOR_PASSWORD']);

/** Returns the API key if it is set, so that it has precedence over the account that `npm start` stores. */
export function toCredentials(
  settings: Readonly<Partial<Record<CredentialSetting, string | undefined>>>,
): EdgeCredentials {
  const { VIERNES_API_KEY: apiKey, ADMIN_EMAIL, ADMIN_PASSWORD, EDITOR_EMAIL, EDITOR_PASSWORD } = settings;
  if (apiKey !== undefined) return { apiKey };
  return { email: ADMIN_EMAIL ?? EDITOR_EMAIL ?? '', password: ADMIN_PASSWORD ?? EDITOR_PASSWORD ?? '' };
}

const FFMPEG_PATH = z.string().min(1).default('ffmpeg');
const seconds = (fallback: number) => z.coerce.number().int().min(1).max(86_400).default(fallback);

export const DeadLetterSettings = withCredentials(adminOrKey, ['ADMIN_EMAIL', 'ADMIN_PASSWORD']);

export const SeedSettings = z.object({
  ...editor,
  FFMPEG_PATH,
  /** A writable folder for video files until they are uploaded. */
  SEED_DIR: z.string().min(1).default(join(tmpdir(), 'seed')),
  /** How long one request is retried. */
  WAIT_SECONDS: seconds(300),
});

export const ImportSettings = withEditorOrKey({
  ...editorOrKey,
  /** Contains the progress of interrupted imports. */
  IMPORT_STATE_DIR: z.string().min(1).default(join(tmpdir(), 'viernes-import')),
  WAIT_SECONDS: seconds(300),
});

export const ExportSettings = withEditorOrKey({ ...editorOrKey, WAIT_SECONDS: seconds(300) });

export const SmokeTestSettings = z.object({
  ...editor,
  FFMPEG_PATH,
  /** A video file to upload instead of a generated one. */
  SMOKE_TEST_VIDEO: z.string().min(1).optional(),
  /** For all steps together. */
  SMOKE_TEST_TIMEOUT_SECONDS: seconds(240),
});

/** @throws UsageError that lists all invalid settings, without their values */
export function readSettings<Settings extends z.ZodType>(schema: Settings, env: NodeJS.ProcessEnv): z.infer<Settings> {
  // An empty variable counts as unset, because charts render omitted values as empty strings.
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return `  ${name}: ${name in present ? message : 'not set'}`;
  });
  throw new UsageError(`Invalid settings:\n${errors.join('\n')}`);
}
