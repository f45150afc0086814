import pc from 'picocolors';
import { describePorts } from '../settings.ts';

export const HELP = `npm start                 runs the platform on this machine. Ctrl-C stops it and keeps the data
npm start -- --logs       also prints all logs. If the platform is already running, prints only its logs
npm start -- --monolith   runs the edge and the services in one process, without gRPC between them
npm start -- --no-seed    does not load demo data on the first start
npm start -- --install-system-packages
                          as root on Debian or Ubuntu: installs missing packages with apt-get
npm start -- --help       prints this text

Backing services come from the environment (POSTGRES_URL; KAFKA_BROKERS; S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, and
S3_SECRET_ACCESS_KEY; VALKEY_URL), from docker or podman, or run natively. VIERNES_CONTAINERS=no disables containers.
DATABASE_REPLICA_URL names a read replica of the database viernes_catalog.
FFMPEG_PATH and FFPROBE_PATH replace the programs on PATH. LOG_LEVEL=debug logs more.
TRANSCODER_PATH names another transcoder, such as that of examples/go.

Ports, each an environment variable:
${describePorts()}

.viernes contains data, logs, and passwords. npm run reset deletes it.`;

/** Returns the URL to open in a browser: passkeys work only at a domain, not at an IP address. */
export const toPageUrl = (edgeUrl: string): string => edgeUrl.replace('//127.0.0.1:', '//localhost:');

/** The text after a successful start. */
export function welcomeText(edgeUrl: string, editor: { readonly email: string; readonly password: string }): string {
  return `
  ${pc.bold('Viernes is ready')}  ${pc.cyan(toPageUrl(edgeUrl))}

  Demo account   ${editor.email}
  Password       ${editor.password}

  Next steps
    1. Open the page, sign in, and play a title of the first row.
    2. Upload a video file and watch the progress of its renditions.
    3. curl '${edgeUrl}/v1/titles?query=star&pageSize=3'

  Logs: .viernes/logs, or npm start -- --logs      Stop: Ctrl-C
`;
}
