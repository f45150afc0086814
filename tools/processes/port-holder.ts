import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

const LISTENING = '0A';

export interface PortHolder {
  readonly pid: number;
  readonly command: string;
}

/** Inodes of the sockets that listen on `port`, from the text of /proc/net/tcp or tcp6 (proc_net_tcp(5)). */
export function listeningInodes(table: string, port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === LISTENING && local?.endsWith(`:${wanted}`))
    .map((fields) => fields[9] ?? '');
}

/** Pid and command from `lsof -F pc`. */
export function holderFromLsof(output: string): PortHolder | undefined {
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  const command = /^c(.+)$/m.exec(output)?.[1];
  return pid === undefined ? undefined : { pid: Number(pid), command: command ?? '?' };
}

/** @returns undefined where the system does not tell: another user's process, or another network namespace's */
export function findPortHolder(port: number): PortHolder | undefined {
  try {
    if (process.platform === 'linux') return holderFromProc(port);
    return holderFromLsof(execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { encoding: 'utf8' }));
  } catch {
    return undefined;
  }
}

function holderFromProc(port: number): PortHolder | undefined {
  const links = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6']
      .flatMap((path) => listeningInodes(textOf(path), port))
      .map((inode) => `socket:[${inode}]`),
  );
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (openFilesOf(pid).some((file) => links.has(file))) {
      return { pid: Number(pid), command: textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() };
    }
  }
  return undefined;
}

function openFilesOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** @throws Error that names every taken port with its holder */
export async function expectPortsFree(ports: Readonly<Record<string, number>>): Promise<void> {
  const lines: string[] = [];
  for (const [name, port] of Object.entries(ports)) {
    if (await isPortFree(port)) continue;
    const holder = findPortHolder(port);
    const by = holder === undefined ? 'a process that this user may not see' : `pid ${holder.pid}: ${holder.command}`;
    lines.push(`Port ${port} is taken by ${by.slice(0, 300)}\n  end it, or choose another: ${name}=${port + 1000}`);
  }
  if (lines.length > 0) throw new Error(lines.join('\n'));
}
