import { execa } from 'execa';

interface AuditReport {
  readonly auditReportVersion?: number;
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
  readonly statusCode?: number;
  readonly message?: string;
}

// As in docs/adr/0013-container-images.md.
const FAILING_SEVERITIES = ['high', 'critical'];
/** The packages of the web app are development dependencies, but they run in browsers. */
const QUERIES = ['--omit=dev', '--workspace=@viernes/web'];

/**
 * Interprets the report of npm audit.
 *
 * @returns a text for the terminal
 * @throws Error for vulnerabilities of FAILING_SEVERITIES, and if the registry sent no report
 */
export function evaluateAudit(report: AuditReport): string {
  const { auditReportVersion, vulnerabilities = {}, statusCode, message = 'no reason given' } = report;
  if (auditReportVersion === undefined) {
    // A mirror of a registry, for example.
    if ([404, 405, 501].includes(statusCode ?? 0))
      return `NOT CHECKED: the registry does not serve advisories (status ${statusCode})`;
    throw new Error(`npm audit received no report: ${message}`);
  }
  const found = Object.entries(vulnerabilities).filter(([, { severity }]) => FAILING_SEVERITIES.includes(severity));
  if (found.length === 0) return 'no vulnerability of severity high or critical';
  throw new Error(`known vulnerabilities: ${found.map(([name, { severity }]) => `${name} (${severity})`).join(', ')}`);
}

/** Queries the registry for vulnerabilities of everything that runs in production. */
export async function audit(): Promise<void> {
  for (const query of QUERIES) {
    const command = ['audit', '--json', '--audit-level=high', query];
    const { stdout } = await execa('npm', command, { reject: false, stdin: 'ignore' });
    console.log(`npm audit ${query}: ${evaluateAudit(JSON.parse(stdout || '{}') as AuditReport)}`);
  }
}
