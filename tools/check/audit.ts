import { execa } from 'execa';

/** What npm audit has to say, or why it has nothing. */
export type AuditVerdict =
  | { readonly kind: 'clean' }
  | { readonly kind: 'found'; readonly names: readonly string[] }
  | { readonly kind: 'not offered'; readonly statusCode: number };

interface AuditReport {
  readonly auditReportVersion?: number;
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
  readonly statusCode?: number;
  readonly message?: string;
}

// Why these, and what happens to the others: docs/adr/0013-container-images.md.
const STOPPING = ['high', 'critical'];
// What a registry answers that mirrors packages and knows no advisories.
const NO_SUCH_ENDPOINT = [404, 405, 501];

/** @throws Error when there was no answer: an audit that could not be asked for is not an audit that passed */
export function auditVerdict(report: AuditReport): AuditVerdict {
  if (report.auditReportVersion !== undefined) {
    const names = Object.entries(report.vulnerabilities ?? {})
      .filter(([, { severity }]) => STOPPING.includes(severity))
      .map(([name, { severity }]) => `${name} (${severity})`);
    if (names.length > 0) return { kind: 'found', names };
    return { kind: 'clean' };
  }
  const { statusCode, message } = report;
  if (statusCode !== undefined && NO_SUCH_ENDPOINT.includes(statusCode)) return { kind: 'not offered', statusCode };
  throw new Error(`npm audit got no answer: ${message ?? 'nothing was said why'}`);
}

// The page is bundled: what it is made of counts as a tool, and yet runs, in browsers.
const QUESTIONS = [['--omit=dev'], ['--workspace=@viernes/web']];

/** Asks the registry about all that runs in production. @throws Error for findings, and when it does not answer */
export async function audit(): Promise<void> {
  for (const question of QUESTIONS) {
    const args = ['audit', '--json', '--audit-level=high', ...question];
    const { stdout } = await execa('npm', args, { reject: false, stdin: 'ignore' });
    const verdict = auditVerdict(JSON.parse(stdout || '{}') as AuditReport);
    if (verdict.kind === 'found') {
      throw new Error(`known vulnerabilities: ${verdict.names.join(', ')}; npm audit ${question.join(' ')} tells more`);
    }
    const asked = `npm audit ${question.join(' ')}`;
    if (verdict.kind === 'clean') console.log(`${asked}: nothing high or critical`);
    else console.log(`${asked}: NOT ASKED, this registry knows no advisories (it answers ${verdict.statusCode})`);
  }
}
