/** What one dependency says: true, or why it is not ready. */
export type ReadinessCheck = () => true | string;

export interface ReadinessReport {
  readonly isReady: boolean;
  /** Each check's answer by name. */
  readonly checks: Readonly<Record<string, true | string>>;
}

/**
 * Whether this process wants traffic. Checks answer at once from what they know (a probe must never wait for a database).
 * Draining wins over all of them and cannot be taken back.
 */
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();
  private isDraining = false;

  add(name: string, check: ReadinessCheck): void {
    this.checks.set(name, check);
  }

  drain(): void {
    this.isDraining = true;
  }

  report(): ReadinessReport {
    const checks: Record<string, true | string> = {};
    for (const [name, check] of this.checks) checks[name] = check();
    if (this.isDraining) checks['process'] = 'draining';
    return { isReady: Object.values(checks).every((answer) => answer === true), checks };
  }
}
