import { SnakeCaseNaming } from './snake-case-naming.js';

describe('names in the database', () => {
  const naming = new SnakeCaseNaming();

  it('are snake case', () => {
    expect(naming.columnName('leaseExpiresAt', undefined, [])).toBe('lease_expires_at');
    expect(naming.columnName('sha256', undefined, ['sourceFile'])).toBe('source_file_sha256');
    expect(naming.joinColumnName('title', 'id')).toBe('title_id');
  });

  it('of tables leave out what only the code says, and are as given where they are given', () => {
    expect(naming.tableName('TranscodeJobEntity')).toBe('transcode_job');
    expect(naming.tableName('TitleEntity', 'titles')).toBe('titles');
    expect(naming.columnName('time', 'happened_at', [])).toBe('happened_at');
  });
});
