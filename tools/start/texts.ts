import pc from 'picocolors';
import type { Editor } from '../platform/app-processes.ts';
import { describePorts } from '../settings.ts';

export const HELP = `npm start                 runs the whole platform on this machine; Ctrl-C stops it, data stays
npm start -- --logs       the same with all logs on the terminal (beside a running one: its logs)
npm start -- --no-seed    without films and titles at the first start
npm start -- --help       this text

Backing services are taken from the environment (POSTGRES_URL; KAFKA_BROKERS; S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID and
S3_SECRET_ACCESS_KEY; VALKEY_URL), else started by docker or podman, else natively. VIERNES_CONTAINERS=no skips containers.
FFMPEG_PATH and FFPROBE_PATH name other programs than those on the PATH; LOG_LEVEL=debug says more.

Ports, each an environment variable:
${describePorts()}

Data, logs and passwords are in .viernes; npm run reset drops them.`;

export function welcome(edgeUrl: string, { email, password }: Editor): string {
  return `
  ${pc.bold('Viernes is ready')}  ${pc.cyan(edgeUrl)}

  Demo account   ${email}
  Password       ${password}

  Three things to try
    1. Open the page, sign in, and play one of the films of the first row.
    2. Upload a film of your own and watch its renditions being made.
    3. curl '${edgeUrl}/v1/titles?query=star&pageSize=3'

  Logs: .viernes/logs, or npm start -- --logs      Stop: Ctrl-C
`;
}
