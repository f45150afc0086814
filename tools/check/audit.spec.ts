import { auditVerdict } from './audit.ts';

describe('what npm audit says', () => {
  const report = (severity: string) => ({ auditReportVersion: 2, vulnerabilities: { leftpad: { severity } } });

  it.each(['high', 'critical'])('stops for what is %s', (severity) => {
    expect(auditVerdict(report(severity))).toEqual({ kind: 'found', names: [`leftpad (${severity})`] });
  });

  it('goes on for less', () => {
    expect(auditVerdict(report('moderate'))).toEqual({ kind: 'clean' });
  });

  it('goes on without an answer only where the registry has no advisories at all', () => {
    expect(auditVerdict({ statusCode: 405, message: 'Method Not Allowed' }).kind).toBe('not offered');
    expect(() => auditVerdict({ statusCode: 503, message: 'Service Unavailable' })).toThrow('Service Unavailable');
    expect(() => auditVerdict({})).toThrow('no answer');
  });
});
