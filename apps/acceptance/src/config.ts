/** Where the platform under test is, and what the tests may use. */
export interface AcceptanceConfig {
  readonly edgeUrl: string;
  readonly editorEmail: string;
  readonly editorPassword: string;
  readonly browserPath: string;
  readonly ffmpegPath: string;
  /** The supervisor's control of the processes, needed by resilience/ only. */
  readonly controlUrl: string | undefined;
  /** Another edge of the same platform, which knows no public address of the store; needed by one-door/ only. */
  readonly oneDoorUrl: string | undefined;
  /** A real film of half a minute; without it one of the same shape is made. */
  readonly filmPath: string | undefined;
  /** A folder of more films to upload, each of its own shape. */
  readonly filmsDir: string | undefined;
}

/** @throws Error that names every missing variable at once */
export function loadConfig(env: NodeJS.ProcessEnv): AcceptanceConfig {
  const missing: string[] = [];
  const required = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') missing.push(name);
    return value ?? '';
  };
  const optional = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  const config = {
    edgeUrl: required('EDGE_URL'),
    editorEmail: required('EDITOR_EMAIL'),
    editorPassword: required('EDITOR_PASSWORD'),
    browserPath: required('BROWSER_PATH'),
    ffmpegPath: required('FFMPEG_PATH'),
    controlUrl: optional('VIERNES_CONTROL_URL'),
    oneDoorUrl: optional('VIERNES_EDGE_ONLY_URL'),
    filmPath: optional('FILM_PATH'),
    filmsDir: optional('FILMS_DIR'),
  };
  if (missing.length > 0) {
    throw new Error(
      `The acceptance suite needs a running platform; set ${missing.join(', ')}, or use npm test, which does`,
    );
  }
  return Object.freeze(config);
}

export const config = loadConfig(process.env);
