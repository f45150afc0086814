import { missingText } from './missing.ts';

describe('what is missing', () => {
  it('is listed at once, each with its command and the reason', () => {
    const text = missingText([{ need: 'kafka', reason: 'python3 is not there' }, { need: 'ffmpeg' }], 'linux');
    expect(text).toContain('apt-get install default-jre-headless maven\n      (python3 is not there)');
    expect(text).toContain('apt-get install ffmpeg');
  });

  it('speaks of the system that it is on', () => {
    expect(missingText([{ need: 'valkey' }], 'darwin')).toContain('brew install valkey');
  });
});
