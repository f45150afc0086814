import { evaluateAudit } from './audit.ts';

describe('evaluateAudit', () => {
  const report = (severity: string) => ({ auditReportVersion: 2, vulnerabilities: { leftpad: { severity } } });

  it.each(['high', 'critical'])('fails for a vulnerability of severity %s', (severity) => {
    expect(() => evaluateAudit(report(severity))).toThrow(`leftpad (${severity})`);
  });

  it('passes for a lower severity', () => {
    expect(evaluateAudit(report('moderate'))).toContain('no vulnerability');
  });

  it('passes without a report only if the registry does not serve advisories', () => {
    expect(evaluateAudit({ statusCode: 405, message: 'Method Not Allowed' })).toContain('NOT CHECKED');
    expect(() => evaluateAudit({ statusCode: 503, message: 'Service Unavailable' })).toThrow('Service Unavailable');
    expect(() => evaluateAudit({})).toThrow('no report');
  });
});
