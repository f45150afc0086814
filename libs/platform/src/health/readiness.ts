/** Returns true, or the reason why a dependency is not ready. */
export type ReadinessCheck = () => true | string;

export interface ReadinessReport {
  readonly isReady: boolean;
  /** The result of each check by name. */
  readonly checks: Readonly<Record<string, true | string>>;
}

/**
 * Reports whether this process accepts traffic. Checks return a known state immediately: a probe must not wait for a
 * database. Draining overrides all checks and is final.
 */
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();
  private isDraining = false;

  /** Returns the readiness of one of several applications in this process. Its checks are reported as `<name> <check>`. */
  forApplication(name: string): Readiness {
    const application = new Readiness();
    application.add = (check, run) => this.add(`${name} ${check}`, run);
    return application;
  }

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
    return { isReady: Object.values(checks).every((result) => result === true), checks };
  }
}
