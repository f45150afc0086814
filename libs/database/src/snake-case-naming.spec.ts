import { SnakeCaseNaming } from './snake-case-naming.js';

describe('SnakeCaseNaming', () => {
  const naming = new SnakeCaseNaming();

  it('column names are in snake case', () => {
    expect(naming.columnName('leaseExpiresAt', undefined, [])).toBe('lease_expires_at');
    expect(naming.columnName('sha256', undefined, ['sourceFile'])).toBe('source_file_sha256');
    expect(naming.joinColumnName('title', 'id')).toBe('title_id');
  });

  it('table names omit the suffix Entity, and explicit names remain unchanged', () => {
    expect(naming.tableName('TranscodeJobEntity')).toBe('transcode_job');
    expect(naming.tableName('TitleEntity', 'titles')).toBe('titles');
    expect(naming.columnName('time', 'happened_at', [])).toBe('happened_at');
  });
});
