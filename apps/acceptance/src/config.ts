/** The platform under test and the programs that the tests use. */
export interface AcceptanceConfig {
  readonly edgeUrl: string;
  /** The URL of the edge for gRPC clients. */
  readonly grpcUrl: string | undefined;
  readonly editorEmail: string;
  readonly editorPassword: string;
  /** An admin account with the same password as the editor. */
  readonly adminEmail: string | undefined;
  readonly browserPath: string;
  readonly ffmpegPath: string;
  /** Control server of the process supervisor, for resilience/. */
  readonly controlUrl: string | undefined;
  /** Another edge of the same platform without a public S3 endpoint, for edge-only/ and resilience/watch-party. */
  readonly edgeOnlyUrl: string | undefined;
  /** The folder in which the platform stores the mails that it sends. */
  readonly mailDir: string | undefined;
  /** The server with the databases of the platform, for resilience/ and api/ownership. */
  readonly postgresUrl: string | undefined;
  /** The Python interpreter of the environment in which examples/python is installed, for examples/. */
  readonly examplePython: string | undefined;
  /** host:port of the catalog's gRPC server, for examples/. */
  readonly catalogAddress: string | undefined;
  /** Kafka bootstrap servers, for examples/. */
  readonly kafkaBrokers: string | undefined;
  /** A video file of 30 seconds. Without it, the suite generates one. */
  readonly filmPath: string | undefined;
  /** A folder of more video files to upload. */
  readonly filmsDir: string | undefined;
  /** The file netflix_titles.csv, for import-real-catalog. */
  readonly catalogPath: string | undefined;
}

/** @throws Error that names every missing variable */
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
    grpcUrl: optional('GRPC_URL'),
    editorEmail: required('EDITOR_EMAIL'),
    editorPassword: required('EDITOR_PASSWORD'),
    adminEmail: optional('ADMIN_EMAIL'),
    browserPath: required('BROWSER_PATH'),
    ffmpegPath: required('FFMPEG_PATH'),
    controlUrl: optional('VIERNES_CONTROL_URL'),
    edgeOnlyUrl: optional('VIERNES_EDGE_ONLY_URL'),
    mailDir: optional('VIERNES_MAIL_DIR'),
    postgresUrl: optional('POSTGRES_URL'),
    examplePython: optional('VIERNES_EXAMPLE_PYTHON'),
    catalogAddress: optional('CATALOG_ADDRESS'),
    kafkaBrokers: optional('KAFKA_BROKERS'),
    filmPath: optional('FILM_PATH'),
    filmsDir: optional('FILMS_DIR'),
    catalogPath: optional('CATALOG_PATH'),
  };
  if (missing.length > 0) {
    throw new Error(`The platform under test is unknown. Set ${missing.join(', ')}, or run npm test.`);
  }
  return Object.freeze(config);
}

export const config = loadConfig(process.env);
